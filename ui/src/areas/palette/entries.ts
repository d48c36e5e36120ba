import type { Theme, Variable } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { IconName } from "../../parts/icons";
import { PAGES } from "../../state/navigation.svelte";
import { plain } from "../../text/segment";
import { visible } from "../../text/visible";
import { nameOf as mirrorName } from "../mirrors/standing";
import { iconOf, nameOf, summaryOf } from "../profiles/standing";
import type { Shortcuts } from "../shell/shortcuts.svelte";

export type Entry = {
  id: string;
  kind: "page" | "mirror" | "profile" | "variable" | "action";
  icon: IconName;
  title: string;
  /** What it means or holds, in grey beside the title. */
  note: string;
  run: () => void;
};

const MOST = 40;
// before anything is typed, the profiles leave room for the rest
const FEW = 6;

const themes: readonly { theme: Theme; icon: IconName }[] = [
  { theme: "system", icon: "monitor" },
  { theme: "light", icon: "sun" },
  { theme: "dark", icon: "moon" },
  { theme: "contrast", icon: "contrast" },
];

/** Everything that can be found, in the order in which it is offered. */
export function entries(shortcuts: Shortcuts): Entry[] {
  const { desk } = shortcuts;
  const { t } = i18n;
  const pages = PAGES.map((page): Entry => ({
    id: `page-${page}`,
    kind: "page",
    icon: "arrow-right",
    title: t.shell.pages[page],
    note: "",
    run: () => desk.navigation.go(page),
  }));
  const variables =
    desk.snapshot?.environment.variables.map((variable) => variableEntry(variable, shortcuts)) ?? [];
  const mirrors = mirrorEntries(shortcuts);
  return [...pages, ...profileEntries(shortcuts), ...actions(shortcuts), ...variables, ...mirrors];
}

function profileEntries({ desk, profiles }: Shortcuts): Entry[] {
  const known = desk.snapshot?.profiles;
  const previous = known?.previous ?? null;
  const back: Entry[] =
    previous === null
      ? []
      : [
          {
            id: "profile-previous",
            kind: "profile",
            icon: "undo-2",
            title: previous.title
              ? i18n.t.profiles.back.to(nameOf(previous.title))
              : i18n.t.profiles.back.custom,
            note: "",
            run: () => profiles.back(previous),
          },
        ];
  const others = profiles.list.filter(({ id }) => id !== known?.active);
  return [
    ...back,
    ...others.map((profile): Entry => ({
      id: `profile-${profile.id}`,
      kind: "profile",
      icon: iconOf(profile.title),
      title: i18n.t.palette.switchTo(nameOf(profile.title)),
      note: summaryOf(profile),
      run: () => profiles.use(profile),
    })),
  ];
}

function mirrorEntries({ mirrors }: Shortcuts): Entry[] {
  return mirrors.testable.map((mirror): Entry => ({
    id: `mirror-${mirror.id}`,
    kind: "mirror",
    icon: "network",
    title: mirrorName(mirror),
    note: visible(mirror.url),
    run: () => mirrors.show(mirror.id),
  }));
}

function variableEntry({ name }: Variable, { desk }: Shortcuts): Entry {
  return {
    id: `variable-${name}`,
    kind: "variable",
    icon: "sliders-horizontal",
    title: name,
    note: plain(i18n.told.variable(name)),
    run: () => desk.navigation.go("environment", name),
  };
}

function actions(shortcuts: Shortcuts): Entry[] {
  const { desk } = shortcuts;
  const t = i18n.t.palette;
  const action = (id: string, icon: IconName, title: string, run: () => void): Entry => ({
    id: `action-${id}`,
    kind: "action",
    icon,
    title,
    note: "",
    run,
  });
  const other = i18n.lang === "en" ? "zh" : "en";
  return [
    action("refresh", "refresh-cw", t.refresh, () => void desk.recheck()),
    action("undo", "undo-2", t.undo, () => shortcuts.undo()),
    action(
      "language",
      "languages",
      other === "zh" ? t.toChinese : t.toEnglish,
      () => void desk.change({ language: other }),
    ),
    ...themes
      .filter(({ theme }) => theme !== desk.appearance.theme)
      .map(({ theme, icon }) => action(theme, icon, t.themes[theme], () => void desk.change({ theme }))),
    action("mirrors", "gauge", t.testMirrors, () => desk.navigation.go("mirrors")),
    action("caches", "hard-drive", t.scanCaches, () => {
      desk.navigation.go("cache");
      void shortcuts.caches.look();
    }),
    action("import", "download", t.importProfile, () => shortcuts.profiles.open({ is: "import" })),
    action("go", "package", t.chooseGo, () => desk.navigation.go("settings")),
    action("log", "folder-open", t.openLog, () => void desk.open("state_folder")),
    action("shortcuts", "keyboard", t.shortcuts, () => (shortcuts.list = true)),
  ];
}

function offered(all: readonly Entry[]): Entry[] {
  let profiles = 0;
  return all.filter(({ kind }) => {
    if (kind === "profile") profiles += 1;
    return kind !== "variable" && kind !== "mirror" && (kind !== "profile" || profiles <= FEW);
  });
}

/** The entries that hold every word of `query`, those whose title begins with it first. */
export function matching(all: readonly Entry[], query: string): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return offered(all);
  const rank = ({ title, note }: Entry) => {
    const [head, rest] = [title.toLowerCase(), note.toLowerCase()];
    if (!words.every((word) => head.includes(word) || rest.includes(word))) return 0;
    return head.startsWith(first) ? 3 : head.includes(first) ? 2 : 1;
  };
  return all
    .map((entry) => ({ entry, rank: rank(entry) }))
    .filter((found) => found.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST)
    .map((found) => found.entry);
}
