import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Cache, Inventory, ScanEvent } from "../../bridge/wire";
import type { Jobs } from "../../state/jobs.svelte";
import { modulesOf } from "./rows";

/** A look at every cache; it goes on while the user looks at other pages, and its result stays. */
export class Scanning {
  running = $state(false);
  /** The one that runs counts file by file. */
  exact = $state(false);
  /** It was asked to stop, and has not yet. */
  stopping = $state(false);
  /** The caches as far as they are counted. */
  caches = $state.raw<readonly Cache[]>([]);
  /** How many of them are counted to the end. */
  counted = $state(0);
  /** How many projects are asked what they use; none while caches are counted. */
  relating = $state<number | null>(null);
  inventory = $state.raw<Inventory | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The versions of the inventory by their modules. */
  readonly modules = $derived(modulesOf(this.inventory?.versions ?? []));
  readonly #bridge: Bridge;
  readonly #jobs: Jobs;
  #handle: Running<Inventory> | null = null;
  #again = false;

  constructor(bridge: Bridge, jobs: Jobs) {
    this.#bridge = bridge;
    this.#jobs = jobs;
  }

  /** All of the caches as far as they are counted. */
  get bytes(): number {
    return this.caches.reduce((sum, { size }) => sum + size.bytes, 0);
  }

  get files(): number {
    return this.caches.reduce((sum, { size }) => sum + size.files, 0);
  }

  async run(exact = false): Promise<void> {
    if (this.#handle) {
      // what changed after the look began is not in it
      this.#again = true;
      return;
    }
    this.running = true;
    this.exact = exact;
    this.stopping = false;
    this.failure = null;
    this.relating = null;
    this.caches = [];
    this.counted = 0;
    const handle = this.#bridge.stream("cache_scan", { caches: [], exact }, (event) => this.#tell(event));
    this.#handle = handle;
    try {
      this.inventory = await this.#jobs.track("scan", handle.done, () => this.stop());
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
    this.#handle = null;
    this.running = false;
    if (this.#wanted()) await this.run();
  }

  stop(): void {
    this.stopping = true;
    this.#again = false;
    this.#handle?.cancel();
  }

  #wanted(): boolean {
    const again = this.#again;
    this.#again = false;
    return again;
  }

  #tell(event: ScanEvent): void {
    switch (event.event) {
      case "started":
        this.caches = event.caches;
        break;
      case "counted":
        this.caches = this.caches.map((cache) =>
          cache.id === event.cache ? { ...cache, parts: event.parts, size: event.size } : cache,
        );
        if (event.done) this.counted += 1;
        break;
      case "relating":
        this.relating = event.projects;
        break;
    }
  }
}
