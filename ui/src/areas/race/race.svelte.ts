import { SvelteMap } from "svelte/reactivity";
import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { RaceEvent, RaceReport, RaceRow } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Jobs } from "../../state/jobs.svelte";

/** Who runs: the id of a mirror, or none for the chain in effect. */
export type Entrant = string | null;

/** The race of a project; it goes on while the user looks at other pages. */
export class Race {
  /** Who runs, in that order: first the chain in effect. */
  order = $state.raw<readonly Entrant[]>([]);
  readonly rows = new SvelteMap<Entrant, RaceRow>();
  /** The module that came last. */
  module = $state<string | null>(null);
  running = $state(false);
  /** It was asked to stop, and has not answered yet. */
  stopping = $state(false);
  report = $state.raw<RaceReport | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The last thing that is to be said aloud: one for each that is through. */
  said = $state("");
  /** Whose turn it is. */
  readonly turn: RaceRow | undefined = $derived(
    this.running ? [...this.rows.values()].find(({ state }) => state === "running") : undefined,
  );
  /** How many are through. */
  readonly through: number = $derived(
    [...this.rows.values()].filter(({ state }) => state !== "waiting" && state !== "running").length,
  );
  #handle: Running<RaceReport> | null = null;

  constructor(
    readonly bridge: Bridge,
    readonly jobs: Jobs,
    readonly nameOf: (mirror: Entrant) => string,
  ) {}

  /** Lets these mirrors run; `budget` is in megabytes. */
  async run(project: string, mirrors: readonly string[], budget: number): Promise<void> {
    if (this.#handle) return;
    this.running = true;
    this.stopping = false;
    this.report = null;
    this.failure = null;
    this.said = "";
    this.order = [];
    this.rows.clear();
    const wish = { project, mirrors: [...mirrors], budget };
    const handle = this.bridge.stream("mirror_race", wish, (event) => this.#tell(event));
    this.#handle = handle;
    try {
      const report = await this.jobs.track("race", handle.done, () => this.stop());
      for (const row of report.rows) this.rows.set(row.mirror, row);
      this.report = report;
    } catch (raw) {
      this.failure = failureFrom(raw);
      this.order = [];
    }
    this.#handle = null;
    this.module = null;
    this.running = false;
  }

  stop(): void {
    if (!this.#handle || this.stopping) return;
    this.stopping = true;
    this.#handle.cancel();
  }

  #tell(event: RaceEvent): void {
    switch (event.event) {
      case "started":
        for (const row of event.rows) this.rows.set(row.mirror, row);
        this.order = event.rows.map(({ mirror }) => mirror);
        break;
      case "running":
        this.module = null;
        this.#change(event.mirror, { state: "running" });
        break;
      case "moved":
        this.#change(event.mirror, { bytes: event.bytes, requests: event.requests });
        break;
      case "fetched":
        this.module = event.module;
        this.#change(event.mirror, { modules: event.done, of: event.of });
        break;
      case "finished":
        this.rows.set(event.row.mirror, event.row);
        this.#say(event.row);
        break;
    }
  }

  #change(mirror: Entrant, change: Partial<RaceRow>): void {
    const row = this.rows.get(mirror);
    if (row) this.rows.set(mirror, { ...row, ...change });
  }

  #say(row: RaceRow): void {
    const time = i18n.format.duration(row.elapsed_ms);
    this.said = i18n.t.race.said(this.nameOf(row.mirror), i18n.told.raceState(row.state), time);
  }
}
