import { createContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Remote } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Project, Projects } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import { Prefetch } from "./prefetch.svelte";
import { Race, type Entrant } from "./race.svelte";

/** How many of a ranking run unless the user chooses. */
const FIRST = 3;

/** What may be downloaded from each, in megabytes; the core's own default is among them (mirror/race.rs). */
export const BUDGETS = [100, 500, 2000] as const;

/** What can be done with the user's projects. */
export class RaceFlow {
  projects = $state.raw<Remote<Projects>>({ is: "waiting" });
  /** Why the folder that was picked is no project. */
  refused = $state.raw<Failure | null>(null);
  /** In megabytes. */
  budget = $state<(typeof BUDGETS)[number]>(500);
  readonly race: Race;
  readonly prefetch: Prefetch;
  // what the user chose against the suggestion
  readonly #chosen = new SvelteMap<string, boolean>();
  #project = $state<string | null>(null);

  constructor(
    readonly desk: Desk,
    readonly nameOf: (mirror: string) => string,
  ) {
    this.race = new Race(desk.bridge, desk.jobs, (mirror) => this.called(mirror));
    this.prefetch = new Prefetch(desk.bridge, desk.jobs);
  }

  get list(): readonly Project[] {
    return this.projects.is === "ready" ? this.projects.value.list : [];
  }

  /** The chosen project, or the one that was named last. */
  get project(): Project | null {
    return this.list.find(({ id }) => id === this.#project) ?? this.list[0] ?? null;
  }

  /** Who ran, in the words of the page. */
  called(mirror: Entrant): string {
    return mirror === null ? i18n.t.race.entrants.now : this.nameOf(mirror);
  }

  choose(project: string): void {
    this.#project = project;
    this.refused = null;
  }

  /** Whether a mirror is to run: as the user says, else the first of the ranking. */
  runs(mirror: string, ranking: readonly string[]): boolean {
    return this.#chosen.get(mirror) ?? ranking.slice(0, FIRST).includes(mirror);
  }

  enter(mirror: string, runs: boolean): void {
    this.#chosen.set(mirror, runs);
  }

  /** Reads the projects anew; nothing is sent. */
  async load(): Promise<void> {
    try {
      this.projects = { is: "ready", value: await this.desk.bridge.call("project_list") };
    } catch (raw) {
      if (this.projects.is !== "ready") this.projects = { is: "failed", failure: failureFrom(raw) };
    }
  }

  /** Lets the user pick a folder. */
  async browse(): Promise<void> {
    this.refused = null;
    try {
      const picked = await this.desk.bridge.call("project_browse");
      if (picked) {
        this.projects = { is: "ready", value: picked };
        this.#project = picked.list[0]?.id ?? null;
      }
    } catch (raw) {
      this.refused = failureFrom(raw);
    }
  }

  async forget(project: string): Promise<void> {
    try {
      this.projects = { is: "ready", value: await this.desk.bridge.call("project_forget", project) };
    } catch (raw) {
      this.refused = failureFrom(raw);
    }
  }
}

export const [useRace, provideRace] = createContext<RaceFlow>();
