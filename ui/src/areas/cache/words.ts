import type { CacheKind, CachePart, Size } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";

/** What a part of a cache is called; what a tool keeps has no name of its own. */
export function partName(kind: CacheKind, part: CachePart): string {
  return part === "tool" ? i18n.told.cacheKind(kind) : i18n.told.cachePart(part);
}

/** How many versions, repositories or entries. */
export function countName(part: CachePart, count: number): string {
  const t = i18n.t.cache.counts;
  const text = i18n.format.number(count);
  if (part === "trees" || part === "downloads") return t.versions(text, count);
  if (part === "clones") return t.clones(text, count);
  return part === "toolchains" ? t.toolchains(text, count) : t.entries(text, count);
}

/** Bytes and files. */
export function sizeName(size: Size): string {
  const files = i18n.t.cache.counts.files(i18n.format.number(size.files), size.files);
  return `${i18n.format.bytes(size.bytes)} · ${files}`;
}
