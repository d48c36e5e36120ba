import type {
  Cache,
  CachedVersion,
  CachePart,
  CachePlan,
  Cost,
  Inventory,
  Offer,
  PlanCaches,
  PlanItem,
  Tier,
} from "../wire";
import { nothing, sizeOf, together, TOOLCHAIN, type CacheWorld } from "./cacheWorld";

export const free: Cost = {
  extract: 0,
  download: 0,
  download_bytes: 0,
  clone: 0,
  rebuild: false,
  lost: false,
};
const DAY = 86_400_000;
const DAYS = [30, 90, 180, 365];
const KEEP = [1, 2, 3];
const AGES = [30, 14, 7, 1];

const partOf = (world: CacheWorld, part: CachePart) =>
  world.caches.flatMap((cache) =>
    cache.parts.filter((one) => one.part === part).map((one) => ({ cache, ...one })),
  );

/** The versions that a tier means. */
function versionsOf(world: CacheWorld, tier: Tier): CachedVersion[] {
  const isToolchain = ({ module }: CachedVersion) => module === TOOLCHAIN;
  if (tier.tier === "toolchains") return world.versions.filter(isToolchain);
  const versions = world.versions.filter((version) => !isToolchain(version));
  if (tier.tier === "unused")
    return world.projects.length === 0 ? [] : versions.filter(({ used_by }) => used_by.length === 0);
  if (tier.tier === "stale") {
    const since = Date.now() - tier.days * DAY;
    return versions.filter(({ used, used_by }) => {
      return used_by.length === 0 && used !== null && Date.parse(used) < since;
    });
  }
  if (tier.tier === "older") {
    const seen = new Map<string, number>();
    return versions.filter(({ module, used_by }) => {
      const before = seen.get(module) ?? 0;
      seen.set(module, before + 1);
      return before >= tier.keep && used_by.length === 0;
    });
  }
  return tier.tier === "modules" ? versions : [];
}

/** A version goes as its tree and its download. */
function itemsOfVersion({ cache, module, version, tree, download }: CachedVersion): PlanItem[] {
  const toolchain = module === TOOLCHAIN;
  const item = { cache, kind: "modules" as const, name: `${module}@${version}` };
  return [
    ...(tree
      ? [{ ...item, part: toolchain ? ("toolchains" as const) : ("trees" as const), size: tree }]
      : []),
    ...(download
      ? [{ ...item, part: toolchain ? ("toolchains" as const) : ("downloads" as const), size: download }]
      : []),
  ];
}

function entry(cache: Cache, part: CachePart, size = nothing): PlanItem {
  return { cache: cache.id, kind: cache.kind, part, name: part, size };
}

/** Whole caches go part by part, under their own name; the inputs of fuzzing stay. */
function whole(world: CacheWorld, wanted: (kind: Cache["kind"]) => boolean): PlanItem[] {
  return world.caches
    .filter(({ kind }) => wanted(kind))
    .flatMap((cache) =>
      cache.parts
        .filter(({ part }) => part !== "fuzz")
        .map(({ part, size }) => ({ ...entry(cache, part, size), name: cache.path })),
    );
}

/** The entries that a tier frees. */
export function itemsOf(world: CacheWorld, tier: Tier): PlanItem[] {
  const parts = (part: CachePart) => partOf(world, part).map(({ cache, size }) => entry(cache, part, size));
  switch (tier.tier) {
    case "trees":
      return world.versions.flatMap(itemsOfVersion).filter(({ part }) => part === "trees");
    case "clones":
    case "leftovers":
    case "tests":
    case "fuzz":
      return parts(tier.tier);
    case "tools":
      return whole(world, (kind) => kind !== "modules" && kind !== "build");
    case "builds":
      if (tier.days === 0) return whole(world, (kind) => kind === "build");
      return world.caches.flatMap((cache) =>
        cache.ages.filter(({ days }) => days === tier.days).map(({ size }) => entry(cache, "results", size)),
      );
    case "toolchains":
    case "unused":
    case "stale":
    case "older":
      return versionsOf(world, tier).flatMap(itemsOfVersion);
    case "modules":
      return whole(world, (kind) => kind === "modules");
    case "limit":
      return limited(world, tier.bytes);
  }
}

/** The safest first, as far as it takes. */
function limited(world: CacheWorld, bytes: number): PlanItem[] {
  let over = together(world.caches.map(({ size }) => size)).bytes - bytes;
  const order: Tier[] = [
    { tier: "leftovers" },
    { tier: "trees" },
    { tier: "clones" },
    { tier: "builds", days: 0 },
  ];
  return order
    .flatMap((tier) => itemsOf(world, tier).toSorted((a, b) => b.size.bytes - a.size.bytes))
    .filter(({ size }) => {
      if (over <= 0) return false;
      over -= size.bytes;
      return true;
    });
}

export function costOf(world: CacheWorld, tier: Tier): Cost {
  const items = itemsOf(world, tier);
  if (tier.tier === "trees" || tier.tier === "limit") return { ...free, extract: items.length };
  if (tier.tier === "builds" || tier.tier === "tests" || tier.tier === "tools")
    return { ...free, rebuild: true };
  if (tier.tier === "fuzz") return { ...free, lost: true };
  if (tier.tier === "clones") return { ...free, clone: items.length };
  const gone = versionsOf(world, tier);
  const download_bytes = together(gone.map(({ download }) => download ?? nothing)).bytes;
  return { ...free, download: gone.length, download_bytes };
}

function offer(world: CacheWorld, tier: Tier): Offer {
  const items = itemsOf(world, tier);
  return {
    tier,
    size: together(items.map(({ size }) => size)),
    count: items.length,
    cost: costOf(world, tier),
  };
}

/** What the core would offer: cache/offer.rs. */
export function offersOf(world: CacheWorld): Offer[] {
  const tiers: Tier[] = [
    { tier: "leftovers" },
    { tier: "trees" },
    { tier: "clones" },
    { tier: "unused" },
    ...KEEP.map((keep): Tier => ({ tier: "older", keep })),
    ...DAYS.map((days): Tier => ({ tier: "stale", days })),
    { tier: "toolchains" },
    ...AGES.map((days): Tier => ({ tier: "builds", days })),
    { tier: "builds", days: 0 },
    { tier: "tests" },
    { tier: "fuzz" },
    { tier: "tools" },
    { tier: "modules" },
  ];
  return tiers.map((tier) => offer(world, tier));
}

export function inventoryOf(
  world: CacheWorld,
  elapsed: number,
  exact: boolean,
  cancelled: boolean,
): Inventory {
  const size = together(world.caches.map((cache) => cache.size));
  return {
    caches: world.caches,
    versions: world.versions,
    projects: world.projects,
    disks: world.disks,
    offers: offersOf(world),
    size: { ...size, estimated: !exact },
    cancelled,
    elapsed_ms: elapsed,
    at: new Date().toISOString(),
  };
}

/** What is planned, without what was asked for twice. */
export function planOf(world: CacheWorld, id: string, { tiers, versions }: PlanCaches): CachePlan {
  const named = new Set(versions);
  const all = [
    ...tiers.flatMap((tier) => itemsOf(world, tier)),
    ...world.versions.filter((version) => named.has(version.id)).flatMap(itemsOfVersion),
  ];
  const items = [...new Map(all.map((item) => [`${item.cache}/${item.part}/${item.name}`, item])).values()];
  const costs = tiers.map((tier) => costOf(world, tier));
  const rows = world.versions.filter((version) => named.has(version.id));
  const undoable = tiers.some(
    (tier) => tier.tier === "modules" || tier.tier === "tools" || (tier.tier === "builds" && tier.days === 0),
  );
  return {
    id,
    items: items.toSorted((a, b) => b.size.bytes - a.size.bytes),
    size: together(items.map(({ size }) => size)),
    cost: {
      extract: undoable ? 0 : costs.reduce((sum, { extract }) => sum + extract, 0),
      download: costs.reduce((sum, { download }) => sum + download, rows.length),
      download_bytes: costs.reduce(
        (sum, cost) => sum + cost.download_bytes,
        together(rows.map(({ download }) => download ?? nothing)).bytes,
      ),
      clone: costs.reduce((sum, { clone }) => sum + clone, 0),
      rebuild: costs.some(({ rebuild }) => rebuild),
      lost: costs.some(({ lost }) => lost),
    },
    undoable,
    running: world.running,
    kept: world.kept,
    offline: undoable && world.offline,
    chain_seen: world.chainSeen,
  };
}

/** What is left of the caches when these entries are gone. */
export function without(world: CacheWorld, items: readonly PlanItem[]): void {
  const gone = new Set(items.map(({ part, name }) => `${part}/${name}`));
  const paths = new Set(items.map(({ name }) => name));
  const emptied = new Set(world.caches.filter(({ path }) => paths.has(path)).map(({ id }) => id));
  world.versions = world.versions.flatMap((version): CachedVersion[] => {
    const name = `${version.module}@${version.version}`;
    if (emptied.has(version.cache) || gone.has(`downloads/${name}`)) return [];
    if (!gone.has(`trees/${name}`)) return [version];
    return [{ ...version, tree: null, state: "packed", size: version.download ?? nothing }];
  });
  world.caches = world.caches.map((cache) => {
    const parts = cache.parts.flatMap((part) => {
      if (part.part === "trees" || part.part === "downloads") {
        const sizes = world.versions.flatMap(
          (version) => (part.part === "trees" ? version.tree : version.download) ?? [],
        );
        return sizes.length === 0 ? [] : [{ part: part.part, size: together(sizes), count: sizes.length }];
      }
      const taken = items.filter((item) => item.cache === cache.id && item.part === part.part);
      const bytes = part.size.bytes - together(taken.map(({ size }) => size)).bytes;
      return bytes <= 0 ? [] : [{ ...part, size: taken.length > 0 ? sizeOf(bytes) : part.size }];
    });
    const aged = items.some((item) => item.cache === cache.id && item.part === "results");
    return { ...cache, parts, ages: aged ? [] : cache.ages, size: together(parts.map(({ size }) => size)) };
  });
}
