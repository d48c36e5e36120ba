import type { CachedVersion, UsingProject } from "../../bridge/wire";

/** The module that Go's own versions are kept as (`cmd/go/internal/gover`, `IsToolchain`). */
export const TOOLCHAIN = "golang.org/toolchain";

/** A module with those of its versions that are looked for. */
export type ModuleGroup = {
  module: string;
  versions: readonly CachedVersion[];
  bytes: number;
  files: number;
  /** When the newest was made, in milliseconds since 1970; 0 when that is unknown. */
  published: number;
  /** When one of them was last read, by the disk's access times; 0 when that is unknown. */
  used: number;
  /** Which projects use one of them. */
  usedBy: readonly number[];
};

export const SORT_KEYS = ["module", "versions", "bytes", "files", "published", "used", "projects"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type Sort = { by: SortKey; descending: boolean };

/** Which versions are looked for. */
export type Wanted = "all" | "unused" | "used";

/** A line of the table. */
export type Row =
  | { is: "module"; id: string; group: ModuleGroup; open: boolean }
  | { is: "version"; id: string; group: ModuleGroup; version: CachedVersion };

const time = (at: string | null) => (at === null ? 0 : Date.parse(at) || 0);

function grouped(module: string, versions: readonly CachedVersion[]): ModuleGroup {
  const usedBy = new Set<number>();
  let [bytes, files, published, used] = [0, 0, 0, 0];
  for (const version of versions) {
    bytes += version.size.bytes;
    files += version.size.files;
    published = Math.max(published, time(version.published));
    used = Math.max(used, time(version.used));
    for (const project of version.used_by) usedBy.add(project);
  }
  return { module, versions, bytes, files, published, used, usedBy: [...usedBy] };
}

/** The versions by their modules, in the order in which they come. */
export function modulesOf(versions: readonly CachedVersion[]): ModuleGroup[] {
  const found = new Map<string, CachedVersion[]>();
  for (const version of versions) {
    const before = found.get(version.module);
    if (before) before.push(version);
    else found.set(version.module, [version]);
  }
  return [...found].map(([module, all]) => grouped(module, all));
}

/** The groups that hold every word, in a module's path, a version or a project's name. */
export function matching(
  groups: readonly ModuleGroup[],
  query: string,
  wanted: Wanted,
  projects: readonly UsingProject[],
): ModuleGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && wanted === "all") return [...groups];
  const names = projects.map(({ name }) => name.toLowerCase());
  return groups.flatMap((group) => {
    // projects do not list Go's own versions, so that nothing says whether one is used
    if (wanted !== "all" && group.module === TOOLCHAIN) return [];
    const path = group.module.toLowerCase();
    const open = words.filter((word) => !path.includes(word));
    const versions = group.versions.filter((version) => {
      if (wanted !== "all" && (wanted === "unused") !== (version.used_by.length === 0)) return false;
      const name = version.version.toLowerCase();
      return open.every(
        (word) => name.includes(word) || version.used_by.some((project) => names[project]?.includes(word)),
      );
    });
    if (versions.length === 0) return [];
    return [versions.length === group.versions.length ? group : grouped(group.module, versions)];
  });
}

const measures: Record<Exclude<SortKey, "module">, (group: ModuleGroup) => number> = {
  versions: ({ versions }) => versions.length,
  bytes: ({ bytes }) => bytes,
  files: ({ files }) => files,
  published: ({ published }) => published,
  used: ({ used }) => used,
  projects: ({ usedBy }) => usedBy.length,
};

/** The groups in the order that is asked for; what is equal stays by path. */
export function sorted(groups: readonly ModuleGroup[], { by, descending }: Sort): ModuleGroup[] {
  const way = descending ? -1 : 1;
  const path = (a: ModuleGroup, b: ModuleGroup) => (a.module < b.module ? -1 : a.module > b.module ? 1 : 0);
  if (by === "module") return groups.toSorted((a, b) => way * path(a, b));
  const measure = measures[by];
  return groups.toSorted((a, b) => way * (measure(a) - measure(b)) || path(a, b));
}

/** The lines of the table: every module, and below an open one its versions. */
export function rowsOf(groups: readonly ModuleGroup[], opened: ReadonlySet<string>): Row[] {
  return groups.flatMap((group): Row[] => {
    const open = opened.has(group.module);
    const row: Row = { is: "module", id: group.module, group, open };
    if (!open) return [row];
    return [
      row,
      ...group.versions.map((version): Row => ({ is: "version", id: version.id, group, version })),
    ];
  });
}

/** The versions that a line stands for. */
export function versionsOf(row: Row): readonly CachedVersion[] {
  return row.is === "module" ? row.group.versions : [row.version];
}
