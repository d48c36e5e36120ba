import type { CacheKind, CachePart, PlanItem } from "../../bridge/wire";

/** What goes of one part of the caches of a kind. */
export type PlanGroup = {
  kind: CacheKind;
  part: CachePart;
  bytes: number;
  files: number;
  items: readonly PlanItem[];
};
export type PlanLine =
  | { is: "group"; group: PlanGroup }
  | { is: "item"; item: PlanItem }
  /** A group of one, such as a part of a whole cache. */
  | { is: "single"; item: PlanItem };

/** The entries by kind and part, the largest group first, and within each the largest entry. */
export function groupsOf(items: readonly PlanItem[]): PlanGroup[] {
  const found = new Map<string, { kind: CacheKind; part: CachePart; items: PlanItem[] }>();
  for (const item of items) {
    const key = `${item.kind}/${item.part}`;
    const before = found.get(key);
    if (before) before.items.push(item);
    else found.set(key, { kind: item.kind, part: item.part, items: [item] });
  }
  const groups = [...found.values()].map((group): PlanGroup => ({
    ...group,
    bytes: group.items.reduce((sum, { size }) => sum + size.bytes, 0),
    files: group.items.reduce((sum, { size }) => sum + size.files, 0),
    items: group.items.toSorted((a, b) => b.size.bytes - a.size.bytes),
  }));
  return groups.sort((a, b) => b.bytes - a.bytes);
}

/** One line for each group and for each of its entries; one for both where there is but one. */
export function linesOf(groups: readonly PlanGroup[]): PlanLine[] {
  return groups.flatMap((group): PlanLine[] => {
    const [item] = group.items;
    if (group.items.length === 1 && item) return [{ is: "single", item }];
    return [{ is: "group", group }, ...group.items.map((one): PlanLine => ({ is: "item", item: one }))];
  });
}

/** Parts that a button calls by their own name; of the others it names the cache. */
const NAMED = ["trees", "clones", "toolchains", "leftovers", "tests", "fuzz"] as const;
type Named = (typeof NAMED)[number];

/** What the button names: a part of a cache, one kind of cache, or neither. */
export function objectOf(groups: readonly PlanGroup[]): CacheKind | Named | null {
  const [first] = groups;
  if (!first || groups.some(({ kind }) => kind !== first.kind)) return null;
  const part = groups.length === 1 ? NAMED.find((name) => name === first.part) : undefined;
  return part ?? first.kind;
}
