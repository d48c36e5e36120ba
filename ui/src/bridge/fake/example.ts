import type { Bridge, CallName, EventOf, Reply, Running, StreamName } from "../bridge";
import { Refusal, type Failure } from "../failure";
import type {
  Commands,
  MirrorEvent,
  TestMirrors,
  TestReport,
  TrayEvent,
  Verified,
  VerifyEvent,
  VerifyProfile,
  WorldEvent,
} from "../wire";
import { cleanCaches, purgeCaches, scanCaches, verifyCaches } from "./cache";
import { noTime, realTime, type Clock } from "./clock";
import { mirrorsOf, prove } from "./mirrors";
import { testMirrors } from "./mirrorTest";
import { verify } from "./profileHandlers";
import { prefetch, race } from "./race";
import { checkRepositories } from "./private";
import { World } from "./world";
import type { Scenario } from "./scenario";
import { scenarios, type ScenarioName } from "./scenarios";

type Handlers = { [K in CallName]: (args: Commands[K][0]) => Reply<K> | Promise<Reply<K>> };
type Streams = {
  [K in StreamName]: (
    args: Commands[K][0],
    onEvent: (event: EventOf<K>) => void,
    cancelled: Promise<"cancelled">,
  ) => Promise<Reply<K>>;
};

/** A bridge to an example kept in memory: it keeps the same contract, and can be told to misbehave. */
export class Example implements Bridge {
  readonly world: World;
  /** Every call, in order, for tests to look at. */
  readonly calls: { name: keyof Commands; args: unknown }[] = [];
  /** The clock of the next simulated run; tests put one in that they move by hand. */
  clock: () => Clock;
  readonly #failing = new Map<CallName, Failure>();
  readonly #held = new Map<keyof Commands, Promise<unknown>>();
  readonly #watchers = new Set<(event: WorldEvent) => void>();
  readonly #trayWatchers = new Set<(event: TrayEvent) => void>();
  readonly #handlers: Handlers;
  readonly #streams: Streams = {
    world_watch: (_, onEvent, cancelled) => {
      const watching = until(cancelled, this.#watchers, onEvent);
      onEvent({ event: "watching" });
      return watching;
    },
    tray_watch: (_, onEvent, cancelled) => until(cancelled, this.#trayWatchers, onEvent),
    profile_verify: (wish, onEvent, cancelled) => this.#verify(wish, onEvent, cancelled),
    mirror_test: (wish, onEvent, cancelled) => this.#test(wish, onEvent, cancelled),
    mirror_prove: (wish, onEvent, cancelled) =>
      prove(this.world, wish, onEvent, Promise.race([cancelled, this.#download("mirror_prove")])),
    mirror_race: async (wish, onEvent, cancelled) =>
      structuredClone(await race(this.world, wish, onEvent, this.clock(), cancelled)),
    mirror_prefetch: async (wish, onEvent, cancelled) =>
      structuredClone(await prefetch(this.world, wish, onEvent, this.clock(), cancelled)),
    cache_scan: async (wish, onEvent, cancelled) =>
      structuredClone(await scanCaches(this.world, wish, onEvent, this.clock(), cancelled)),
    cache_clean: async (wish, onEvent, cancelled) =>
      structuredClone(await cleanCaches(this.world, wish, onEvent, this.clock(), cancelled)),
    cache_purge: async (id, onEvent, cancelled) =>
      structuredClone(await purgeCaches(this.world, id, onEvent, this.clock(), cancelled)),
    cache_verify: async (wish, onEvent, cancelled) =>
      structuredClone(await verifyCaches(this.world, wish, onEvent, this.clock(), cancelled)),
    private_check: async (wish, onEvent) => structuredClone(await checkRepositories(wish, onEvent)),
  };

  constructor(
    scenario: ScenarioName | Scenario = "good",
    readonly delay = 0,
  ) {
    this.world = new World(structuredClone(typeof scenario === "string" ? scenarios[scenario] : scenario));
    this.#handlers = this.world.handlers();
    this.clock = delay === 0 ? noTime : realTime;
  }

  /** The next call of `name` fails. */
  refuse(name: CallName, failure: Failure): void {
    this.#failing.set(name, failure);
  }

  /** The next call of `name` waits for `until`. */
  hold(name: keyof Commands, until: Promise<unknown>): void {
    this.#held.set(name, until);
  }

  /** Something outside changed. */
  stir(): void {
    for (const watcher of this.#watchers) watcher({ event: "changed" });
  }

  /** Somebody chose something in the tray. */
  choose(event: TrayEvent): void {
    for (const watcher of this.#trayWatchers) watcher(event);
  }

  async call<K extends CallName>(name: K, ...given: unknown[]): Promise<Reply<K>> {
    this.calls.push({ name, args: given[0] });
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    await this.#held.get(name);
    this.#held.delete(name);
    const failure = this.#failing.get(name);
    if (failure) {
      this.#failing.delete(name);
      throw new Refusal(failure);
    }
    // what crosses a bridge is a copy
    return structuredClone(await this.#handlers[name](given[0] ?? null));
  }

  stream<K extends StreamName>(
    name: K,
    args: Commands[K][0],
    onEvent: (event: EventOf<K>) => void,
  ): Running<Reply<K>> {
    let cancel: () => void = () => undefined;
    const cancelled = new Promise<"cancelled">((resolve) => (cancel = () => resolve("cancelled")));
    this.calls.push({ name, args });
    const done = this.#streams[name](args, onEvent, cancelled);
    return { done, cancel: () => cancel() };
  }

  async #verify(
    wish: VerifyProfile,
    onEvent: (event: VerifyEvent) => void,
    cancelled: Promise<"cancelled">,
  ): Promise<Verified> {
    await new Promise((resolve) => setTimeout(resolve, this.delay));
    const download = this.#download("profile_verify");
    return structuredClone(await verify(this.world, wish, onEvent, Promise.race([cancelled, download])));
  }

  // a download takes its time, so that it can be seen and stopped
  async #download(name: StreamName): Promise<"done"> {
    const held = this.#held.get(name);
    this.#held.delete(name);
    await (held ?? new Promise((resolve) => setTimeout(resolve, this.delay * 30)));
    return "done";
  }

  async #test(
    wish: TestMirrors,
    onEvent: (event: MirrorEvent) => void,
    cancelled: Promise<"cancelled">,
  ): Promise<TestReport> {
    const { world } = this;
    const { mirrors, projects } = world.scenario;
    const run = { ...mirrors, mirrors: mirrorsOf(world), projects };
    const report = await testMirrors(run, wish, onEvent, this.clock(), cancelled);
    if (!report.interrupted) world.runs = [{ here: true, report }, ...world.runs];
    return structuredClone(report);
  }
}

async function until<E>(
  cancelled: Promise<unknown>,
  watchers: Set<(event: E) => void>,
  onEvent: (event: E) => void,
): Promise<null> {
  watchers.add(onEvent);
  await cancelled;
  watchers.delete(onEvent);
  return null;
}
