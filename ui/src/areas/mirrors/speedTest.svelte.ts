import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { MirrorEvent, MirrorReport, Phase, TestMirrors, TestReport, Workload } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Jobs } from "../../state/jobs.svelte";
import { isDone, ranked, settled } from "./standing";

/** How the last test ended, or that none was made yet. */
export type Ending =
  | { is: "never" }
  | { is: "done" | "stopped"; report: TestReport; here: boolean }
  | { is: "interrupted" }
  | { is: "failed"; failure: Failure };

/** Projected times of both can be compared. */
function sameWork(one: Workload | null, other: Workload): boolean {
  return one?.project === other.project && one.modules === other.modules && one.bytes === other.bytes;
}

/** The speed test and what is known from it; it goes on while the user looks at other pages. */
export class SpeedTest {
  /** What is known of each mirror, by its id. */
  readonly rows = new SvelteMap<string, MirrorReport>();
  /** When each was measured, in milliseconds since 1970. */
  readonly times = new SvelteMap<string, number>();
  /** Ids of sound mirrors, the best first. */
  ranking = $state.raw<readonly string[]>([]);
  /** Ids of all mirrors as they are shown: they move only when ranks settle. */
  order = $state.raw<readonly string[]>([]);
  ending = $state.raw<Ending>({ is: "never" });

  running = $state(false);
  /** It was asked to stop, and has not answered yet. */
  stopping = $state(false);
  /** The mirrors of this run. */
  readonly tested = new SvelteSet<string>();
  phase = $state<Phase>("latency");
  /** Bytes. */
  used = $state(0);
  budget = $state(0);
  /** The projected times are for a project, not for a typical service. */
  ofProject = $state(false);
  readonly finished: number = $derived(
    [...this.tested].filter((id) => {
      const row = this.rows.get(id);
      return row !== undefined && isDone(row);
    }).length,
  );
  /** The last thing that is to be said aloud: at most one for each mirror. */
  said = $state("");
  #list: readonly string[] = [];
  // what the projected times are for
  #work: Workload | null = null;
  #project: string | null = null;
  #handle: Running<TestReport> | null = null;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nobody looks at it
  readonly #told = new Set<string>();
  // what a run that comes to nothing gives back
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nobody looks at it
  readonly #before = new Map<string, MirrorReport | undefined>();

  constructor(
    readonly bridge: Bridge,
    readonly jobs: Jobs,
    readonly nameOf: (id: string) => string,
  ) {}

  /** Takes the mirrors there are, in the user's order. */
  list(ids: readonly string[]): void {
    this.#list = ids;
    this.#settle();
  }

  /** Takes what an earlier run said, where nothing newer is known. */
  recall(report: TestReport, here: boolean): void {
    const at = Date.parse(report.at);
    if (this.#work === null) this.#for(report.workload);
    const same = sameWork(this.#work, report.workload);
    for (const row of report.mirrors)
      // what a stopped run did not get to is older than it, not gone
      if (!this.rows.has(row.id) && row.verdict.code !== "stopped") {
        this.rows.set(row.id, same ? row : { ...row, projected_ms: null });
        this.times.set(row.id, at);
      }
    if (this.ending.is === "never") this.ending = { is: report.cancelled ? "stopped" : "done", report, here };
    this.#settle();
  }

  /** Tests what is wished for. Gives the report of a run that counts. */
  async test(wish: TestMirrors): Promise<TestReport | null> {
    if (this.running) return null;
    this.running = true;
    this.stopping = false;
    this.phase = "latency";
    this.used = this.budget = 0;
    this.said = "";
    this.tested.clear();
    this.#told.clear();
    this.#before.clear();
    if (wish.project !== this.#project) this.#forgetTimes();
    this.#project = wish.project;
    this.ofProject = wish.project !== null;
    const handle = this.bridge.stream("mirror_test", wish, (event) => this.#tell(event));
    this.#handle = handle;
    try {
      return this.#end(await this.jobs.track("mirrors", handle.done, () => this.stop()));
    } catch (raw) {
      this.#giveBack();
      this.ending = { is: "failed", failure: failureFrom(raw) };
      return null;
    } finally {
      this.running = false;
      this.#handle = null;
      this.#settle();
    }
  }

  /** Nothing of what was measured is true of this mirror any more. */
  forget(id: string): void {
    this.rows.delete(id);
    this.times.delete(id);
    this.#settle();
  }

  stop(): void {
    if (!this.#handle || this.stopping) return;
    this.stopping = true;
    this.#handle.cancel();
  }

  #tell(event: MirrorEvent): void {
    switch (event.event) {
      case "started":
        this.budget = event.budget;
        for (const row of event.mirrors) {
          if (!this.#before.has(row.id)) this.#before.set(row.id, this.rows.get(row.id));
          this.tested.add(row.id);
          this.rows.set(row.id, row);
        }
        break;
      case "measured":
        this.rows.set(event.mirror.id, event.mirror);
        this.used = event.bytes_used;
        this.#say(event.mirror);
        break;
      case "ranked":
        this.phase = event.phase;
        this.#settle();
        break;
    }
  }

  #say(row: MirrorReport): void {
    if (!isDone(row) || this.#told.has(row.id)) return;
    this.#told.add(row.id);
    const { said } = i18n.t.mirrors;
    const name = this.nameOf(row.id);
    this.said = row.sound
      ? said.sound(name, i18n.format.duration(row.projected_ms ?? 0))
      : said.other(name, i18n.told.verdictShort(row.verdict));
  }

  #end(report: TestReport): TestReport | null {
    if (report.interrupted) {
      this.#giveBack();
      this.ending = { is: "interrupted" };
      return null;
    }
    const at = Date.parse(report.at);
    if (!sameWork(this.#work, report.workload)) this.#forgetTimes();
    this.#for(report.workload);
    for (const row of report.mirrors) {
      this.rows.set(row.id, row);
      this.times.set(row.id, at);
    }
    this.used = report.bytes_used;
    this.ending = { is: report.cancelled ? "stopped" : "done", report, here: true };
    return report;
  }

  #for(work: Workload): void {
    this.#work = work;
    this.ofProject = work.project !== null;
  }

  // times for another work cannot be compared; everything else that was measured stays true
  #forgetTimes(): void {
    for (const [id, row] of this.rows) {
      if (!this.#before.has(id)) this.#before.set(id, row);
      this.rows.set(id, { ...row, projected_ms: null });
    }
  }

  #giveBack(): void {
    for (const [id, row] of this.#before)
      if (row) this.rows.set(id, row);
      else this.rows.delete(id);
    if (this.#work) this.ofProject = this.#work.project !== null;
  }

  #settle(): void {
    this.ranking = ranked(this.rows, this.#list);
    this.order = settled(this.#list, this.ranking, this.rows);
  }
}
