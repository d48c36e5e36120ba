import type { Bridge, CallName, EventOf, Reply, Running, StreamName } from "../bridge";
import { Refusal, type Failure } from "../failure";
import type { Commands, WorldEvent } from "../wire";
import { World } from "./world";
import { scenarios, type Scenario, type ScenarioName } from "./scenarios";

type Handlers = { [K in CallName]: (args: Commands[K][0]) => Reply<K> | Promise<Reply<K>> };

/** A bridge to an example kept in memory: it keeps the same contract, and can be told to misbehave. */
export class Example implements Bridge {
  readonly world: World;
  /** Every call, in order, for tests to look at. */
  readonly calls: { name: CallName; args: unknown }[] = [];
  readonly #failing = new Map<CallName, Failure>();
  readonly #held = new Map<CallName, Promise<unknown>>();
  readonly #watchers = new Set<(event: WorldEvent) => void>();
  readonly #handlers: Handlers;

  constructor(
    scenario: ScenarioName | Scenario = "good",
    readonly delay = 0,
  ) {
    this.world = new World(structuredClone(typeof scenario === "string" ? scenarios[scenario] : scenario));
    this.#handlers = this.world.handlers();
  }

  /** The next call of `name` fails. */
  refuse(name: CallName, failure: Failure): void {
    this.#failing.set(name, failure);
  }

  /** The next call of `name` waits for `until`. */
  hold(name: CallName, until: Promise<unknown>): void {
    this.#held.set(name, until);
  }

  /** Something outside changed. */
  stir(): void {
    for (const watcher of this.#watchers) watcher({ event: "changed" });
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
    _name: K,
    _args: Commands[K][0],
    onEvent: (event: EventOf<K>) => void,
  ): Running<Reply<K>> {
    // there is one stream, and this is its event
    const watcher = onEvent as (event: WorldEvent) => void;
    this.#watchers.add(watcher);
    let finish: () => void;
    const done = new Promise<null>((resolve) => (finish = () => resolve(null)));
    watcher({ event: "watching" });
    return {
      done,
      cancel: () => {
        this.#watchers.delete(watcher);
        finish();
      },
    };
  }
}
