import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Proof } from "../../bridge/wire";
import type { Jobs } from "../../state/jobs.svelte";
import { SMALL_MODULE } from "../profiles/verification.svelte";

/** A real download through what is in effect; it goes on while the user looks at other pages. */
export class ChainProof {
  /** A chain was just applied, and is waiting for its proof. */
  due = $state(false);
  /** It was asked for from elsewhere, and is to be brought into sight. */
  wanted = $state(false);
  /** The module that the user typed. */
  module = $state(SMALL_MODULE);
  /** The module that is being downloaded. */
  fetching = $state<string | null>(null);
  result = $state.raw<Proof | null>(null);
  failure = $state.raw<Failure | null>(null);
  #running: Running<Proof> | null = null;

  constructor(
    readonly bridge: Bridge,
    readonly jobs: Jobs,
  ) {}

  /** What was proven is not what is in effect any more. */
  offer(): void {
    this.due = true;
    this.result = null;
    this.failure = null;
  }

  async run(): Promise<void> {
    if (this.#running) return;
    this.due = false;
    this.result = null;
    this.failure = null;
    const module = this.module.trim();
    this.fetching = module;
    const running = this.bridge.stream("mirror_prove", { module }, (event) => (this.fetching = event.module));
    this.#running = running;
    try {
      this.result = await this.jobs.track("prove", running.done, () => running.cancel());
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
    this.#running = null;
    this.fetching = null;
  }

  /** Proves it at once, and shows how. */
  show(): void {
    this.wanted = true;
    void this.run();
  }

  stop(): void {
    this.#running?.cancel();
  }
}
