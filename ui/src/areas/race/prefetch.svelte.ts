import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { PrefetchEvent, Prefetched } from "../../bridge/wire";
import type { Jobs } from "../../state/jobs.svelte";

/** A download of a project into the user's own module cache; it goes on while the user looks at other pages. */
export class Prefetch {
  running = $state(false);
  /** Modules that are in the cache, those from before included. */
  done = $state(0);
  /** Of how many, as far as it is known. */
  of = $state(0);
  /** Modules that were there before. */
  there = $state(0);
  /** The module that came last. */
  module = $state<string | null>(null);
  result = $state.raw<Prefetched | null>(null);
  failure = $state.raw<Failure | null>(null);
  #handle: Running<Prefetched> | null = null;

  constructor(
    readonly bridge: Bridge,
    readonly jobs: Jobs,
  ) {}

  async run(project: string): Promise<void> {
    if (this.#handle) return;
    this.running = true;
    this.done = this.of = this.there = 0;
    this.module = null;
    this.result = null;
    this.failure = null;
    const handle = this.bridge.stream("mirror_prefetch", { project }, (event) => this.#tell(event));
    this.#handle = handle;
    try {
      this.result = await this.jobs.track("prefetch", handle.done, () => handle.cancel());
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
    this.#handle = null;
    this.running = false;
  }

  stop(): void {
    this.#handle?.cancel();
  }

  #tell(event: PrefetchEvent): void {
    switch (event.event) {
      case "started":
        this.done = this.there = event.there;
        this.of = event.of;
        break;
      case "fetched":
        this.module = event.module;
        this.done = event.done;
        this.of = event.of;
        break;
      case "moved":
        break;
    }
  }
}
