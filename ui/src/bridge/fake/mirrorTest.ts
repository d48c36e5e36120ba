import { Refusal, type Failure } from "../failure";
import type { Mirror, MirrorEvent, MirrorReport, Phase, TestMirrors, TestReport, Workload } from "../wire";
import type { Clock } from "./clock";
import { projectOf, type ProjectWorld } from "./projects";
import { rankingOf, recommendedOf } from "./mirrorRuns";
import {
  downloadSteps,
  emptyRow,
  latencySteps,
  sound,
  service,
  workOf,
  type Behaviour,
  type Step,
} from "./mirrorScript";

/** What a run of the example is made of. */
export type Run = {
  mirrors: readonly Mirror[];
  behaves: Readonly<Record<string, Behaviour>>;
  /** The network changes while it runs. */
  interrupted: boolean;
  refused: Failure | null;
  projects: ProjectWorld;
};

const BUDGET = 64 * 1024 * 1024;
const LANES = 4;
// one that takes so many times as long as the best is not downloaded from
const HOPELESS = 6;

/** A speed test over an example: the same steps at the same times at every run. */
class Simulation {
  readonly #rows = new Map<string, MirrorReport>();
  #used = 0;
  #ranking: string[] = [];

  constructor(
    readonly run: Run,
    readonly wish: TestMirrors,
    readonly tell: (event: MirrorEvent) => void,
  ) {}

  get #work(): Workload {
    const { project } = this.wish;
    return project === null ? service : workOf(projectOf(this.run.projects, project));
  }

  get #tested(): readonly Mirror[] {
    const { mirrors } = this.run;
    if (this.wish.mirrors.length === 0)
      return mirrors.filter(({ status }) => status === "current" || status === "legacy");
    return this.wish.mirrors.map((id) => {
      const found = mirrors.find((one) => one.id === id);
      if (!found)
        throw new Refusal({ code: "unknown_mirror", params: { mirror: id }, message: "no such mirror" });
      return found;
    });
  }

  /** Runs to its end, or until `cancelled`. */
  async all(clock: Clock, cancelled: Promise<"cancelled">): Promise<TestReport> {
    if (this.run.refused) throw new Refusal(this.run.refused);
    const tested = this.#tested;
    for (const { id, url } of tested) this.#rows.set(id, emptyRow(id, url));
    this.tell({ event: "started", mirrors: [...this.#rows.values()], budget: BUDGET });
    let now = 0;
    const play = async (steps: readonly (Step & { id: string })[]) => {
      for (const step of steps.toSorted((a, b) => a.at - b.at)) {
        const next = await Promise.race([cancelled, clock.until(step.at)]);
        if (next === "cancelled") return true;
        now = Math.max(now, step.at);
        this.#take(step);
      }
      return false;
    };
    let stopped = await play(this.#latency(tested));
    if (!stopped) this.#rank("download");
    if (this.run.interrupted) return this.#report(false, true, now);
    for (const id of stopped ? [] : this.#worthy()) {
      const is = this.#behaviour(id);
      stopped = await play(downloadSteps(is, now, this.#work).map((step) => ({ ...step, id })));
      if (stopped) break;
      this.#rank("download");
    }
    if (stopped) this.#stop();
    this.#rank("done");
    return this.#report(stopped, false, now);
  }

  #behaviour(id: string): Behaviour {
    const is = this.run.behaves[id] ?? sound(90, 5_000_000);
    // whoever is asked to be patient waits for what would be cut off
    return this.wish.patient && is.fails?.verdict.code === "slower_than" ? { ...is, fails: null } : is;
  }

  #latency(tested: readonly Mirror[]): (Step & { id: string })[] {
    const lanes = Array.from({ length: LANES }, () => 0);
    return tested.flatMap(({ id }) => {
      const lane = lanes.indexOf(Math.min(...lanes));
      const steps = latencySteps(this.#behaviour(id), lanes[lane] ?? 0);
      lanes[lane] = steps.at(-1)?.at ?? 0;
      return steps.map((step) => ({ ...step, id }));
    });
  }

  #take({ id, bytes, change }: Step & { id: string }): void {
    const row = this.#rows.get(id);
    if (!row) return;
    const changed = { ...change(row), bytes_used: row.bytes_used + bytes };
    this.#used += bytes;
    this.#rows.set(id, changed);
    this.tell({ event: "measured", mirror: structuredClone(changed), bytes_used: this.#used });
  }

  /** Those whose zip is worth its bytes, the quickest first; the others are told why not. */
  #worthy(): string[] {
    const waiting = [...this.#rows.values()]
      .filter(({ stage }) => stage.stage === "waiting")
      .toSorted((a, b) => (a.latency.median_ms ?? 0) - (b.latency.median_ms ?? 0));
    const best = waiting[0]?.latency.median_ms ?? 0;
    const worth = waiting.filter(
      ({ latency }) => this.wish.patient || (latency.median_ms ?? 0) <= best * HOPELESS,
    );
    for (const row of waiting)
      if (!worth.includes(row))
        this.#take({
          id: row.id,
          at: 0,
          bytes: 0,
          change: (one) => ({
            ...one,
            stage: { stage: "done" },
            verdict: { code: "not_downloaded", params: {} },
          }),
        });
    return worth.map(({ id }) => id);
  }

  #stop(): void {
    for (const row of this.#rows.values())
      if (row.stage.stage !== "done")
        this.#rows.set(row.id, {
          ...row,
          stage: { stage: "done" },
          verdict: { code: "stopped", params: {} },
        });
  }

  #rank(phase: Phase): void {
    this.#ranking = rankingOf([...this.#rows.values()]);
    this.tell({ event: "ranked", ranking: this.#ranking, phase });
  }

  #report(cancelled: boolean, interrupted: boolean, elapsed: number): TestReport {
    const mirrors = [...this.#rows.values()];
    return {
      mirrors,
      ranking: this.#ranking,
      recommended: recommendedOf(mirrors, this.#ranking),
      cancelled,
      interrupted,
      workload: this.#work,
      bytes_used: this.#used,
      elapsed_ms: elapsed,
      at: new Date().toISOString(),
    };
  }
}

/** Plays a speed test, telling each step at its time. */
export function testMirrors(
  run: Run,
  wish: TestMirrors,
  tell: (event: MirrorEvent) => void,
  clock: Clock,
  cancelled: Promise<"cancelled">,
): Promise<TestReport> {
  return new Simulation(run, wish, tell).all(clock, cancelled);
}
