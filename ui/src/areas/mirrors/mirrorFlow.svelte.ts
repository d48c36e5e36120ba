import { createContext } from "svelte";
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Remote } from "../../bridge/bridge";
import { failureFrom } from "../../bridge/failure";
import type { Mirror, Mirrors, Run, UseMirrors } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import type { PlanFlow } from "../plan/planFlow.svelte";
import { ChainProof } from "./chainProof.svelte";
import { adviceOf, startingRuns, type Advice } from "./pastRuns";
import { SpeedTest } from "./speedTest.svelte";
import { hasFailed, isTestable, nameOf } from "./standing";

/** What can be done with mirrors, from the page and the palette. */
export class MirrorFlow {
  mirrors = $state.raw<Remote<Mirrors>>({ is: "waiting" });
  /** The last tests, the newest first. */
  runs = $state.raw<readonly Run[]>([]);
  /** Ids that are chosen to be tested together. */
  readonly chosen = new SvelteSet<string>();
  /** Whose details are open. */
  readonly opened = new SvelteMap<string, boolean>();
  /** The mirror to show and to focus; the page takes it with `taken`. */
  wanted = $state<string | null>(null);
  readonly test: SpeedTest;
  readonly proof: ChainProof;
  readonly desk: Desk;
  readonly #plans: PlanFlow;
  #reading = false;

  constructor(desk: Desk, plans: PlanFlow) {
    this.desk = desk;
    this.#plans = plans;
    this.test = new SpeedTest(desk.bridge, desk.jobs, (id) => this.nameOf(id));
    this.proof = new ChainProof(desk.bridge, desk.jobs);
  }

  get list(): readonly Mirror[] {
    return this.mirrors.is === "ready" ? this.mirrors.value.list : [];
  }

  /** Those that a test of all asks. */
  get testable(): readonly Mirror[] {
    return this.list.filter(isTestable);
  }

  /** Those that are known to serve nothing. */
  get gone(): readonly Mirror[] {
    return this.list.filter((mirror) => !isTestable(mirror));
  }

  /** Ids of those that failed their last test. */
  get failed(): string[] {
    return this.testable.map(({ id }) => id).filter((id) => this.#failed(id));
  }

  /** The chain that the tests up to now recommend. */
  get advice(): Advice | null {
    return adviceOf(this.runs, this.testable.length);
  }

  find(id: string): Mirror | undefined {
    return this.list.find((mirror) => mirror.id === id);
  }

  nameOf(id: string): string {
    const mirror = this.find(id);
    return mirror ? nameOf(mirror) : id;
  }

  /** Gives the mirror that is to be shown, once. */
  taken(): string | null {
    const id = this.wanted;
    this.wanted = null;
    return id;
  }

  /** Reads the list and the runs; nothing is sent. */
  async load(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const { bridge } = this.desk;
      const [mirrors, runs] = await Promise.all([bridge.call("mirror_list"), bridge.call("mirror_runs")]);
      this.take(mirrors);
      this.runs = runs.list;
      if (!this.test.running)
        for (const { report, here } of startingRuns(this.runs, this.testable.length))
          this.test.recall(report, here);
    } catch (raw) {
      if (this.mirrors.is !== "ready") this.mirrors = { is: "failed", failure: failureFrom(raw) };
    } finally {
      this.#reading = false;
    }
  }

  /** Takes a list that a change returned. */
  take(mirrors: Mirrors): void {
    this.mirrors = { is: "ready", value: mirrors };
    const ids = this.testable.map(({ id }) => id);
    for (const id of this.chosen) if (!ids.includes(id)) this.chosen.delete(id);
    this.test.list(ids);
  }

  /** Tests these mirrors, or all. */
  async run(mirrors: readonly string[] = [], patient = false): Promise<void> {
    const report = await this.test.test(mirrors, patient);
    if (report) this.runs = [{ here: true, report }, ...this.runs];
  }

  /** Previews the recommended chain. */
  use({ chain }: Advice): void {
    const { mirrors, gosumdb } = chain;
    const direct = /[,|]direct$/.test(chain.goproxy);
    this.#preview({ mirrors, direct, gosumdb });
  }

  /** Previews a chain of one mirror, with what it needs. */
  useOne(id: string): void {
    const conditions = this.test.rows.get(id)?.conditions ?? [];
    const other = conditions.find((condition) => condition.code === "other_database");
    this.#preview({ mirrors: [id], direct: true, gosumdb: other?.params.gosumdb ?? null });
  }

  #preview(wish: UseMirrors): void {
    this.#plans.open({
      purpose: "chain",
      ask: () => this.desk.bridge.call("mirror_use", wish),
      ondone: () => this.proof.offer(),
      next: { label: i18n.t.mirrors.proof.proveNow, run: () => this.proof.show() },
    });
  }

  #failed(id: string): boolean {
    const row = this.test.rows.get(id);
    return row !== undefined && hasFailed(row);
  }
}

export const [useMirrors, provideMirrors] = createContext<MirrorFlow>();
