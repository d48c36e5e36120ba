import type { CallName, Reply } from "../bridge";
import { Refusal } from "../failure";
import type {
  CachePlan,
  CacheVerifyEvent,
  CleanCaches,
  CleanEvent,
  CleanReport,
  Commands,
  Inventory,
  Removed,
  ScanCaches,
  ScanEvent,
  VerifyCaches,
  VerifyReport,
} from "../wire";
import { inventoryOf, planOf, without } from "./cachePlans";
import { nothing, together, type CacheWorld } from "./cacheWorld";
import type { Clock } from "./clock";
import type { World } from "./world";

type Names = Extract<CallName, `cache_${string}`>;
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };
type Stop = Promise<"cancelled">;

const STEPS = 8;

const removedOf = (world: CacheWorld, { items }: CachePlan): Removed[] => {
  const paths = new Map(world.caches.map(({ id, path }) => [id, path]));
  return items.map(({ cache, kind, part, name, size }) => ({
    kind,
    part,
    path: `${paths.get(cache) ?? cache}/${name}`,
    bytes: size.bytes,
    files: size.files,
  }));
};

/** What the core does with caches, on those of an example. */
export function cacheHandlers(world: World): Handlers {
  const { caches } = world.scenario;
  const keep = (plan: CachePlan) => {
    world.cachePlans.set(plan.id, plan);
    return plan;
  };
  return {
    cache_list: () => caches.caches,
    cache_plan: (wish) => keep(planOf(caches, world.id("c"), wish)),
    cache_repair: (versions) => keep(planOf(caches, world.id("c"), { tiers: [], versions, caches: [] })),
    cache_asides: () => caches.asides,
    cache_restore: (id) => {
      const aside = caches.asides.find((one) => one.id === id);
      const before = world.cachesBefore.get(id);
      if (!aside) throw new Refusal({ code: "nothing_aside", params: {}, message: "nothing to put back" });
      if (before) Object.assign(caches, before);
      caches.asides = caches.asides.filter((one) => one.id !== id);
      return { removed: aside.removed, kept: [] };
    },
  };
}

/** Waits for a moment of the run; whether it was stopped. */
const stopped = async (clock: Clock, at: number, stop: Stop) =>
  (await Promise.race([stop, clock.until(at)])) === "cancelled";

export async function scanCaches(
  { scenario }: World,
  { exact }: ScanCaches,
  tell: (event: ScanEvent) => void,
  clock: Clock,
  stop: Stop,
): Promise<Inventory> {
  const { caches } = scenario;
  if (caches.refused) throw new Refusal(caches.refused);
  tell({
    event: "started",
    caches: caches.caches.map((cache) => ({ ...cache, parts: [], size: nothing })),
  });
  let [now, ended] = [0, false];
  for (const { id, parts } of caches.caches) {
    for (let step = 1; step <= STEPS && !ended; step += 1) {
      now += exact ? 200 : 12;
      ended = await stopped(clock, now, stop);
      const counted = parts.map((part) => ({
        ...part,
        size: { ...part.size, bytes: Math.round((part.size.bytes * step) / STEPS) },
      }));
      const size = together(counted.map((part) => part.size));
      tell({ event: "counted", cache: id, parts: counted, size, done: step === STEPS });
    }
  }
  if (!ended) {
    tell({ event: "relating", projects: caches.projects.length });
    ended = await stopped(clock, now + 20, stop);
  }
  return inventoryOf(caches, now + 20, exact, ended);
}

/** Plays a deletion, entry by entry. */
async function remove(
  removed: readonly Removed[],
  tell: (event: CleanEvent) => void,
  clock: Clock,
  stop: Stop,
): Promise<number> {
  const files = removed.reduce((sum, one) => sum + one.files, 0);
  const bytes = removed.reduce((sum, one) => sum + one.bytes, 0);
  tell({ event: "started", size: { ...nothing, files, bytes } });
  for (let step = 1; step <= STEPS; step += 1) {
    if (await stopped(clock, step * 250, stop)) return (step - 1) / STEPS;
    const at = removed[Math.floor(((removed.length - 1) * step) / STEPS)];
    const part = step / STEPS;
    tell({
      event: "removing",
      files: Math.round(files * part),
      bytes: Math.round(bytes * part),
      name: at?.path ?? "",
    });
  }
  return 1;
}

export async function cleanCaches(
  world: World,
  { plan: id, beside_running }: CleanCaches,
  tell: (event: CleanEvent) => void,
  clock: Clock,
  stop: Stop,
): Promise<CleanReport> {
  const { caches } = world.scenario;
  const plan = world.cachePlans.get(id);
  if (!plan) throw new Refusal({ code: "cache_plan_unknown", params: {}, message: "no such plan" });
  if (plan.running.length > 0 && !beside_running) {
    const params = { count: plan.running.length };
    throw new Refusal({ code: "go_is_running", params, message: "go is running" });
  }
  world.cachePlans.delete(id);
  const removed = removedOf(caches, plan);
  if (plan.undoable) {
    const aside = world.id("aside");
    world.cachesBefore.set(aside, { caches: caches.caches, versions: caches.versions });
    const paths = new Set(plan.items.map(({ cache }) => cache));
    const whole = caches.caches.filter((cache) => paths.has(cache.id));
    const gone = whole.map(({ kind, path, size }): Removed => ({
      kind,
      part: kind === "modules" ? "trees" : "results",
      path,
      bytes: size.bytes,
      files: size.files,
    }));
    without(caches, plan.items);
    const at = new Date().toISOString();
    caches.asides = [...caches.asides, { id: aside, removed: gone, size: plan.size, at, purging: false }];
    return { removed, kept: plan.kept, freed_bytes: 0, cancelled: false, aside, elapsed_ms: 2 };
  }
  const part = await remove(removed, tell, clock, stop);
  const done = plan.items.slice(0, Math.round(plan.items.length * part));
  without(caches, done);
  const names = new Set(done.map(({ name }) => name));
  caches.damaged = caches.damaged.filter(({ module, version }) => !names.has(`${module}@${version}`));
  const freed = together(done.map(({ size }) => size)).bytes;
  for (const disk of caches.disks) disk.free += freed;
  return {
    removed: removed.slice(0, done.length),
    kept: plan.kept,
    freed_bytes: freed,
    cancelled: part < 1,
    aside: null,
    elapsed_ms: 250 * STEPS * part,
  };
}

export async function purgeCaches(
  { scenario }: World,
  id: string,
  tell: (event: CleanEvent) => void,
  clock: Clock,
  stop: Stop,
): Promise<CleanReport> {
  const { caches } = scenario;
  const aside = caches.asides.find((one) => one.id === id);
  if (!aside) throw new Refusal({ code: "nothing_aside", params: {}, message: "nothing is set aside" });
  caches.asides = caches.asides.map((one) => (one === aside ? { ...one, purging: true } : one));
  const part = await remove(aside.removed, tell, clock, stop);
  if (part === 1) caches.asides = caches.asides.filter((one) => one.id !== id);
  const freed = Math.round(aside.size.bytes * part);
  for (const disk of caches.disks) disk.free += freed;
  return {
    removed: aside.removed,
    kept: [],
    freed_bytes: freed,
    cancelled: part < 1,
    aside: null,
    elapsed_ms: 250 * STEPS * part,
  };
}

export async function verifyCaches(
  { scenario }: World,
  _: VerifyCaches,
  tell: (event: CacheVerifyEvent) => void,
  clock: Clock,
  stop: Stop,
): Promise<VerifyReport> {
  const { versions, damaged } = scenario.caches;
  tell({ event: "started", versions: versions.length });
  const bytes = together(versions.map(({ size }) => size)).bytes;
  let done = 0;
  for (let step = 1; step <= STEPS; step += 1) {
    if (await stopped(clock, step * 300, stop)) break;
    done = Math.round((versions.length * step) / STEPS);
    const found = Math.round((damaged.length * step) / STEPS);
    tell({
      event: "verified",
      versions: done,
      bytes: Math.round((bytes * step) / STEPS),
      damaged: found,
    });
  }
  const whole = done === versions.length;
  return {
    versions: done,
    damaged: whole ? damaged : damaged.slice(0, Math.floor((damaged.length * done) / versions.length)),
    cancelled: !whole,
    elapsed_ms: 300 * STEPS,
  };
}
