import { createContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Remote, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type {
  CheckReport,
  CheckedRepository,
  Credentials,
  PastedPatterns,
  PrivateEntry,
  PrivateList,
  PrivateLists,
  Suggestions,
  WantedEntry,
} from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import type { PlanFlow } from "../plan/planFlow.svelte";

/** An entry of a list while it is edited; a new one has nothing known of it yet. */
export type Draft = WantedEntry & { known: PrivateEntry | null };

const draftOf = (known: PrivateEntry): Draft => ({
  pattern: known.pattern,
  systems: known.systems,
  enabled: known.enabled,
  known,
});

/** The lists of private modules, what was pasted, what is proposed, and what opens their hosts. */
export class PrivateFlow {
  lists = $state.raw<Remote<PrivateLists>>({ is: "waiting" });
  pasted = $state.raw<PastedPatterns | null>(null);
  suggestions = $state.raw<Suggestions | null>(null);
  credentials = $state.raw<Credentials | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** What a change did, for those who listen. */
  said = $state("");
  /** By address; those that were asked. */
  readonly checked = new SvelteMap<string, CheckedRepository["outcome"]>();
  /** The address that git is asking. */
  checking = $state<string | null>(null);
  readonly #desk: Desk;
  readonly #plans: PlanFlow;
  /** What the user made of a list; a list without one is as it is in the file. */
  readonly #drafts = new SvelteMap<string, readonly Draft[]>();
  #running: Running<CheckReport> | null = null;

  constructor(desk: Desk, plans: PlanFlow) {
    this.#desk = desk;
    this.#plans = plans;
  }

  draft(list: PrivateList): readonly Draft[] {
    return this.#drafts.get(list.variable) ?? (list.follows ? [] : list.entries.map(draftOf));
  }

  changed(list: PrivateList): boolean {
    return this.#drafts.has(list.variable);
  }

  /** Takes the list as it is now made; nothing is written. */
  edit(list: PrivateList, entries: readonly Draft[]): void {
    this.#drafts.set(list.variable, entries);
  }

  discard(list: PrivateList): void {
    this.#drafts.delete(list.variable);
  }

  /** Adds patterns to a list by its name. */
  add(variable: string, patterns: readonly string[]): void {
    const list = this.#find(variable);
    if (!list) return;
    const before = this.draft(list);
    const news = patterns.filter((pattern) => !before.some((entry) => entry.pattern === pattern));
    const made = news.map((pattern): Draft => ({ pattern, systems: null, enabled: true, known: null }));
    this.edit(list, [...before, ...made]);
    this.pasted = null;
    this.said = i18n.t.route.lists.added(patterns.join(", "), variable);
  }

  /** Reads the lists anew. */
  async load(): Promise<void> {
    try {
      this.lists = { is: "ready", value: await this.#desk.bridge.call("private_read") };
    } catch (raw) {
      if (this.lists.is !== "ready") this.lists = { is: "failed", failure: failureFrom(raw) };
    }
  }

  async paste(text: string): Promise<void> {
    await this.#take(async () => {
      this.pasted = text.trim() === "" ? null : await this.#desk.bridge.call("private_paste", text);
    });
  }

  /** Looks at the folders that the user named, and at no others. */
  async suggest(): Promise<void> {
    await this.#take(async () => {
      this.suggestions = await this.#desk.bridge.call("private_suggest");
    });
  }

  /** Reads which credentials would be used; nobody is asked. */
  async look(): Promise<void> {
    await this.#take(async () => {
      this.credentials = await this.#desk.bridge.call("private_credentials", []);
    });
  }

  /** Asks a host with git. */
  async check(repository: string): Promise<void> {
    if (this.#running) return;
    this.checking = repository;
    await this.#take(async () => {
      const running = this.#desk.bridge.stream(
        "private_check",
        { repositories: [repository] },
        () => undefined,
      );
      this.#running = running;
      const report = await this.#desk.jobs.track("private", running.done, () => running.cancel());
      for (const { outcome } of report.repositories) this.checked.set(repository, outcome);
    });
    this.#running = null;
    this.checking = null;
  }

  /** Previews what a list is to be. */
  plan(list: PrivateList): void {
    const entries = this.draft(list).map(({ pattern, systems, enabled }) => ({ pattern, systems, enabled }));
    this.#plans.open({
      purpose: "edit",
      ask: () => this.#desk.bridge.call("private_plan", { list: list.variable, entries }),
      ondone: () => {
        this.discard(list);
        void this.load();
      },
    });
  }

  #find(variable: string): PrivateList | undefined {
    return this.lists.is === "ready"
      ? this.lists.value.lists.find((list) => list.variable === variable)
      : undefined;
  }

  async #take(work: () => Promise<void>): Promise<void> {
    this.failure = null;
    try {
      await work();
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
  }
}

export const [usePrivate, providePrivate] = createContext<PrivateFlow>();
