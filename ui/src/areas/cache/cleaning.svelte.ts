import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { CachePlan, CleanEvent, CleanReport } from "../../bridge/wire";
import type { Jobs } from "../../state/jobs.svelte";

/** What the user wants to free: how to ask for its plan, asked again when the world moved on. */
export type Wish = {
  /** How its title begins. */
  purpose: "clean" | "repair";
  ask: () => Promise<CachePlan>;
};

export type CleanStep =
  | { is: "closed" }
  | { is: "planning" }
  | { is: "ready"; plan: CachePlan }
  | { is: "removing"; plan: CachePlan }
  | { is: "removed"; plan: CachePlan; report: CleanReport }
  | { is: "refused"; failure: Failure };

/** How far a deletion is. */
export type Progress = { files: number; bytes: number; name: string };

export const nothingYet: Progress = { files: 0, bytes: 0, name: "" };

export function progressed(before: Progress, event: CleanEvent): Progress {
  return event.event === "removing" ? { files: event.files, bytes: event.bytes, name: event.name } : before;
}

/** Exactly what goes, then its deletion, then what came of it. */
export class Cleaning {
  step = $state.raw<CleanStep>({ is: "closed" });
  wish = $state.raw<Wish | null>(null);
  /** The deletion goes on without its dialog. */
  hidden = $state(false);
  /** The user knows that programs of Go are running. */
  beside = $state(false);
  stopping = $state(false);
  progress = $state.raw<Progress>(nothingYet);
  readonly #bridge: Bridge;
  readonly #jobs: Jobs;
  readonly #ondone: (report: CleanReport, seen: boolean) => void;
  readonly #onread: (report: CleanReport) => void;
  #handle: Running<CleanReport> | null = null;

  /** `ondone` takes the report, and whether the dialog shows it; `onread` takes it when that is closed. */
  constructor(
    bridge: Bridge,
    jobs: Jobs,
    ondone: (report: CleanReport, seen: boolean) => void,
    onread: (report: CleanReport) => void,
  ) {
    this.#bridge = bridge;
    this.#jobs = jobs;
    this.#ondone = ondone;
    this.#onread = onread;
  }

  /** The dialog is on the page. */
  get shown(): boolean {
    return this.step.is !== "closed" && !this.hidden;
  }

  /** The plan may be carried out as it stands. */
  get allowed(): boolean {
    const { step } = this;
    return (
      step.is === "ready" && step.plan.items.length > 0 && (step.plan.running.length === 0 || this.beside)
    );
  }

  open(wish: Wish): void {
    // one deletion after the other; the one that runs comes back into sight
    if (this.step.is === "removing") this.hidden = false;
    else {
      this.wish = wish;
      void this.again();
    }
  }

  /** Asks for the plan once more, of the world as it is now. */
  async again(): Promise<void> {
    const { wish } = this;
    if (!wish) return;
    this.beside = false;
    this.hidden = false;
    this.step = { is: "planning" };
    const step = await wish.ask().then(
      (plan): CleanStep => ({ is: "ready", plan }),
      (raw: unknown): CleanStep => ({ is: "refused", failure: failureFrom(raw) }),
    );
    // closed or asked for something else meanwhile
    if (this.wish === wish) this.step = step;
  }

  async apply(): Promise<void> {
    if (this.step.is !== "ready" || !this.allowed) return;
    const { plan } = this.step;
    this.step = { is: "removing", plan };
    this.stopping = false;
    this.progress = nothingYet;
    const args = { plan: plan.id, beside_running: this.beside };
    const handle = this.#bridge.stream("cache_clean", args, (event) => {
      this.progress = progressed(this.progress, event);
    });
    this.#handle = handle;
    try {
      const report = await this.#jobs.track("clean", handle.done, () => this.stop());
      this.step = { is: "removed", plan, report };
      // what can be undone for some seconds is better said where it does not cover the page
      const brief = report.aside !== null && (this.hidden || report.kept.length === 0);
      this.#ondone(report, !this.hidden && !brief);
      if (brief) this.#forget();
    } catch (raw) {
      this.step = { is: "refused", failure: failureFrom(raw) };
      this.hidden = false;
    }
    this.#handle = null;
  }

  /** What is gone is gone; the rest stays. */
  stop(): void {
    if (!this.#handle || this.stopping) return;
    this.stopping = true;
    this.#handle.cancel();
  }

  /** Brings the report of a deletion that ended out of sight. */
  show(): void {
    this.hidden = false;
  }

  /** What is being deleted goes on out of sight. */
  close(): void {
    const { step } = this;
    if (step.is === "removing") {
      this.hidden = true;
      return;
    }
    this.#forget();
    if (step.is === "removed") this.#onread(step.report);
  }

  #forget(): void {
    this.step = { is: "closed" };
    this.wish = null;
    this.hidden = false;
  }
}
