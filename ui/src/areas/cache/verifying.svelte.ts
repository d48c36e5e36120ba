import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { CacheVerifyEvent, VerifyReport } from "../../bridge/wire";
import type { Jobs } from "../../state/jobs.svelte";

/** A check of every module in the caches against its hashes. */
export class Verifying {
  running = $state(false);
  stopping = $state(false);
  /** How many versions there are. */
  of = $state(0);
  versions = $state(0);
  bytes = $state(0);
  damaged = $state(0);
  report = $state.raw<VerifyReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #bridge: Bridge;
  readonly #jobs: Jobs;
  #handle: Running<VerifyReport> | null = null;

  constructor(bridge: Bridge, jobs: Jobs) {
    this.#bridge = bridge;
    this.#jobs = jobs;
  }

  async run(versions: readonly string[] = []): Promise<void> {
    if (this.#handle) return;
    this.running = true;
    this.stopping = false;
    this.of = this.versions = this.bytes = this.damaged = 0;
    this.report = null;
    this.failure = null;
    const args = { caches: [], versions: [...versions] };
    const handle = this.#bridge.stream("cache_verify", args, (event: CacheVerifyEvent) => {
      if (event.event === "started") this.of = event.versions;
      else ({ versions: this.versions, bytes: this.bytes, damaged: this.damaged } = event);
    });
    this.#handle = handle;
    try {
      this.report = await this.#jobs.track("damage", handle.done, () => this.stop());
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
    this.#handle = null;
    this.running = false;
  }

  stop(): void {
    this.stopping = true;
    this.#handle?.cancel();
  }

  /** What was repaired is not in the list any more. */
  forget(): void {
    this.report = null;
  }
}
