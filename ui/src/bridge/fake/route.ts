import type { Reply } from "../bridge";
import type { Commands, Route, RouteAnswer, Step } from "../wire";
import { environmentOf, mask } from "./environment";
import { mirrorsOf } from "./mirrors";
import type { World } from "./world";

type Names = "route_read" | "route_match";
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

/** The first pattern that covers a path; `*` alone is understood of what patterns can have. */
function covering(patterns: string, path: string): string | null {
  const elements = path.split("/");
  const covers = (pattern: string) =>
    pattern !== "" &&
    pattern.split("/").every((glob, at) => {
      const words = glob.split("*").map((word) => word.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
      return new RegExp(`^${words.join("[^/]*")}$`).test(elements[at] ?? "");
    });
  return patterns.split(",").find(covers) ?? null;
}

function routeOf(world: World, target: string, line: number | null = null): RouteAnswer {
  const [module = "", version = null] = target.trim().split("@");
  if (!/^[^/]*\.[^/]*(\/|$)/.test(module)) {
    const params = { module };
    return { module, line, failure: { code: "path_invalid", params, message: "no path of a module" } };
  }
  const { variables } = environmentOf(world.scenario);
  const value = (name: string) => {
    const found = variables.find((one) => one.name === name);
    return mask(found?.shadowed?.value ?? found?.value ?? "");
  };
  const known = mirrorsOf(world);
  const pattern = covering(value("GOPRIVATE"), module);
  const parts = [...value("GOPROXY").matchAll(/([^,|]+)([,|]?)/g)];
  const listed = parts.map(([, raw = "", separator], at): Step => {
    const from = raw.trim();
    return {
      from,
      next: at + 1 === parts.length ? null : separator === "|" ? "on-any-error" : "on-missing",
      mirror: known.find(({ url }) => url.replace(/\/$/, "") === from.replace(/\/$/, ""))?.id ?? null,
    };
  });
  const off = pattern === null && listed[0]?.from === "off";
  const steps: Step[] = pattern !== null ? [{ from: "direct", next: null, mirror: null }] : off ? [] : listed;
  const direct = steps.some(({ from }) => from === "direct")
    ? { rule: "public:git|hg", vcs: ["git", "hg"], insecure: null }
    : null;
  const excluded = pattern === null ? null : { by: "GOPRIVATE", pattern };
  const database = value("GOSUMDB").split(" ")[0] ?? "";
  const answer: Route = {
    module,
    version,
    private: excluded,
    steps,
    direct,
    checksum: excluded
      ? { verified: false, reason: { code: "excluded", params: excluded }, database: null, sources: [] }
      : {
          verified: true,
          reason: { code: "database", params: {} },
          database,
          sources: [`https://${database}`],
        },
    leaks: [],
    error: off ? { code: "proxy_off", params: {} } : null,
  };
  return answer;
}

/** What the core says of the ways of modules. */
export function routeHandlers(world: World): Handlers {
  return {
    route_read: ({ targets, project }) => {
      const named = targets.flatMap((text) => {
        const lines = text.trim().split("\n");
        return lines.flatMap((line, at) => {
          const words = line.split(/[\s,]+/).filter((word) => word !== "");
          return words.map((word) => routeOf(world, word, lines.length > 1 ? at + 1 : null));
        });
      });
      const required = project === null ? [] : ["github.com/pkg/errors", "git.corp.example/team/lib"];
      return [...named, ...required.map((target) => routeOf(world, target))];
    },
    route_match: ({ patterns, target }) => {
      const pattern = covering(patterns, target);
      return { match: pattern !== null, pattern };
    },
  };
}
