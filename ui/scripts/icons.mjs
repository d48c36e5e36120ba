// Writes src/parts/icons.ts: the few Lucide icons the window draws, every shape turned into a path.
// Markup strings would need {@html}, which the window's policy refuses.
import { readFileSync, writeFileSync } from "node:fs";

const names = [
  "activity",
  "arrow-down",
  "arrow-right",
  "arrow-up",
  "ban",
  "bookmark",
  "building",
  "check",
  "chevron-down",
  "chevron-left",
  "chevron-right",
  "chevrons-up-down",
  "circle-check",
  "circle-dot",
  "circle-x",
  "clipboard-paste",
  "cloud-off",
  "contrast",
  "copy",
  "corner-down-left",
  "download",
  "ellipsis",
  "eye",
  "eye-off",
  "file-text",
  "flask-conical",
  "folder-open",
  "gauge",
  "globe",
  "grip-vertical",
  "hard-drive",
  "hourglass",
  "house",
  "info",
  "keyboard",
  "languages",
  "layers",
  "link",
  "loader-circle",
  "lock",
  "minus",
  "monitor",
  "moon",
  "network",
  "octagon-alert",
  "package",
  "pencil",
  "plus",
  "refresh-cw",
  "rotate-ccw-clock",
  "route",
  "search",
  "settings",
  "shield-alert",
  "shield-check",
  "sliders-horizontal",
  "sparkles",
  "square",
  "square-function",
  "sun",
  "terminal",
  "timer",
  "trash",
  "triangle-alert",
  "undo-2",
  "upload",
  "wrench",
  "x",
];

const shapes = {
  path: ({ d }) => d,
  line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`,
  polyline: ({ points }) => `M${points}`,
  polygon: ({ points }) => `M${points}Z`,
  circle: ({ cx, cy, r }) => ellipse(+cx, +cy, +r, +r),
  ellipse: ({ cx, cy, rx, ry }) => ellipse(+cx, +cy, +rx, +ry),
  rect: ({ x, y, width, height, rx = "0" }) => {
    const [left, top, w, h, r] = [x, y, width, height, rx].map(Number);
    const corner = (dx, dy) => (r === 0 ? "" : `a${r} ${r} 0 0 1 ${dx} ${dy}`);
    return (
      `M${left + r} ${top}h${w - 2 * r}${corner(r, r)}v${h - 2 * r}${corner(-r, r)}` +
      `h${2 * r - w}${corner(-r, -r)}v${2 * r - h}${corner(r, -r)}z`
    );
  },
};

function ellipse(cx, cy, rx, ry) {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
}

const source = new URL("../node_modules/lucide-static/icon-nodes.json", import.meta.url);
const nodes = JSON.parse(readFileSync(source, "utf8"));
const lines = names.map((name) => {
  const paths = nodes[name].map(([tag, attributes]) => JSON.stringify(shapes[tag](attributes)));
  const key = /^[a-z]+$/.test(name) ? name : JSON.stringify(name);
  return `  ${key}: [${paths.join(", ")}],`;
});
const text = `// Written by \`npm run icons\` from lucide-static (ISC licence); add a name in scripts/icons.mjs.
// prettier-ignore
export const icons = {
${lines.join("\n")}
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof icons;
`;
const target = new URL("../src/parts/icons.ts", import.meta.url);
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) throw new Error("src/parts/icons.ts is stale: npm run icons");
} else {
  writeFileSync(target, text);
}
