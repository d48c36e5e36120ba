import type { Cache, CacheKind, CachedVersion, CachePart } from "../../bridge/wire";
import { TOOLCHAIN, type ModuleGroup } from "./rows";

/** A part of all caches, of those with one of a kind together. */
export type PartBlock = {
  kind: CacheKind;
  part: CachePart;
  bytes: number;
  /** Versions, repositories or entries. */
  count: number;
};

/** A part whose versions are known one by one. */
const DRILLED = ["trees", "downloads", "toolchains"] as const;
export type DrillPart = (typeof DRILLED)[number];

/** What the map shows one level down: a module, a version, or whatever is too small to be drawn. */
export type Block = { id: string; name: string | null; bytes: number; count: number };

/** More would be slivers, and so would be what is less than this part of all. */
const MOST = 40;
const LEAST = 0.004;

export const canDrill = (part: CachePart): part is DrillPart => DRILLED.some((one) => one === part);

/** The parts of all caches, the largest first. */
export function partBlocks(caches: readonly Cache[]): PartBlock[] {
  const found = new Map<string, PartBlock>();
  for (const { kind, parts } of caches) {
    for (const { part, size, count } of parts) {
      const key = `${kind}/${part}`;
      const before = found.get(key) ?? { kind, part, bytes: 0, count: 0 };
      found.set(key, { ...before, bytes: before.bytes + size.bytes, count: before.count + count });
    }
  }
  return [...found.values()].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

function bytesOf(version: CachedVersion, part: DrillPart): number {
  if (version.module === TOOLCHAIN) return part === "toolchains" ? version.size.bytes : 0;
  if (part === "toolchains") return 0;
  return (part === "trees" ? version.tree : version.download)?.bytes ?? 0;
}

/** The modules of a part, the largest first; the small ones together at the end. */
export function moduleBlocks(groups: readonly ModuleGroup[], part: DrillPart): Block[] {
  const all = groups.map(({ module, versions }): Block => {
    const there = versions.filter((version) => bytesOf(version, part) > 0);
    const bytes = there.reduce((sum, version) => sum + bytesOf(version, part), 0);
    return { id: module, name: module, bytes, count: there.length };
  });
  return largest(all);
}

/** The versions of a module in a part, the largest first. */
export function versionBlocks(group: ModuleGroup, part: DrillPart): Block[] {
  const all = group.versions.map((version): Block => {
    return { id: version.id, name: version.version, bytes: bytesOf(version, part), count: 1 };
  });
  return largest(all);
}

function largest(all: readonly Block[]): Block[] {
  const sorted = all.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
  const total = sorted.reduce((sum, block) => sum + block.bytes, 0);
  const shown = sorted.filter(({ bytes }, index) => index < MOST && bytes >= total * LEAST);
  const rest = sorted.slice(shown.length);
  if (rest.length === 0) return shown;
  const bytes = rest.reduce((sum, block) => sum + block.bytes, 0);
  return [...shown, { id: "", name: null, bytes, count: rest.length }];
}
