import { createContext } from "svelte";
import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { Remote } from "../../bridge/bridge";
import { failureFrom } from "../../bridge/failure";
import type { Mirror, Mirrors, Run, SaveMirror, UseMirrors } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import type { PlanFlow } from "../plan/planFlow.svelte";
import { ChainProof } from "./chainProof.svelte";
import { ProjectChoice } from "./projectChoice.svelte";
import { adviceOf, startingRuns, type Advice } from "./pastRuns";
import { SpeedTest } from "./speedTest.svelte";
import { hasFailed, isTestable, nameOf } from "./standing";

/** The one dialog on mirrors that is open; `edit` without a mirror makes a new one. */
export type MirrorDialog =
  | { is: "closed" }
  | { is: "edit"; mirror: Mirror | null }
  | { is: "remove"; mirror: Mirror }
  | { is: "import" };

/** A mirror to show, and what of it to focus. */
export type Wanted = { id: string; at: "name" | "menu" };

/** What can be done with mirrors, from the page and the palette. */
export class MirrorFlow {
  mirrors = $state.raw<Remote<Mirrors>>({ is: "waiting" });
  /** The last tests, the newest first. */
  runs = $state.raw<readonly Run[]>([]);
  dialog = $state.raw<MirrorDialog>({ is: "closed" });
  /** The table follows the ranks, not the user's order. */
  byRank = $state(true);
  /** What moving a mirror did, for those who listen. */
  said = $state("");
  /** Ids that are chosen to be tested together. */
  readonly chosen = new SvelteSet<string>();
  /** Whose details are open. */
  readonly opened = new SvelteMap<string, boolean>();
  /** The mirror to show, and what of it to focus; the page takes it with `taken`. */
  wanted = $state.raw<Wanted | null>(null);
  readonly test: SpeedTest;
  readonly proof: ChainProof;
  readonly project: ProjectChoice;
  readonly desk: Desk;
  readonly #plans: PlanFlow;
  #reading = false;

  constructor(desk: Desk, plans: PlanFlow) {
    this.desk = desk;
    this.#plans = plans;
    this.test = new SpeedTest(desk.bridge, desk.jobs, (id) => this.nameOf(id));
    this.proof = new ChainProof(desk.bridge, desk.jobs);
    this.project = new ProjectChoice(desk.bridge);
  }

  get list(): readonly Mirror[] {
    return this.mirrors.is === "ready" ? this.mirrors.value.list : [];
  }

  /** The user's own can be changed: what a newer version wrote stays as it is. */
  get changeable(): boolean {
    if (this.mirrors.is !== "ready") return false;
    const { trouble } = this.mirrors.value;
    return trouble === null || trouble.code === "store_damaged";
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

  open(dialog: MirrorDialog): void {
    this.dialog = dialog;
  }

  close(): void {
    this.dialog = { is: "closed" };
  }

  find(id: string): Mirror | undefined {
    return this.list.find((mirror) => mirror.id === id);
  }

  nameOf(id: string): string {
    const mirror = this.find(id);
    return mirror ? nameOf(mirror) : id;
  }

  /** Gives the mirror that is to be shown, once. */
  taken(): Wanted | null {
    const { wanted } = this;
    this.wanted = null;
    return wanted;
  }

  /** Shows a mirror with its details. */
  show(id: string): void {
    this.opened.set(id, true);
    this.wanted = { id, at: "name" };
    this.desk.navigation.go("mirrors");
  }

  /** Reads the list and the runs; nothing is sent. */
  async load(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const { bridge } = this.desk;
      const [mirrors, runs] = await Promise.all([
        bridge.call("mirror_list"),
        bridge.call("mirror_runs"),
        this.project.load(),
      ]);
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

  /** Keeps a mirror of the user's own, and shows it. */
  async save(wish: SaveMirror): Promise<void> {
    const before = this.list.map(({ id }) => id);
    this.take(await this.desk.bridge.call("mirror_save", wish));
    this.close();
    const kept = this.list.find(({ id }) => (wish.id === null ? !before.includes(id) : id === wish.id));
    if (!kept) return;
    // another address is another mirror: what was measured is not of this one
    if (wish.url !== null) this.test.forget(kept.id);
    this.wanted = { id: kept.id, at: "name" };
    this.desk.toasts.add({ tone: "good", text: i18n.t.mirrors.editor.saved(nameOf(kept)) });
  }

  /** Keeps what was imported. */
  async keepImport(id: string, count: number): Promise<void> {
    this.take(await this.desk.bridge.call("mirror_import_keep", id));
    this.close();
    this.desk.toasts.add({ tone: "good", text: i18n.t.mirrors.import.kept(count) });
  }

  /** Removes a mirror of the user's own; one without credentials can be brought back. */
  async remove(mirror: Mirror): Promise<void> {
    const { bridge } = this.desk;
    const place = this.list.findIndex(({ id }) => id === mirror.id);
    this.close();
    await this.desk.attempt(async () => {
      this.take(await bridge.call("mirror_remove", mirror.id));
      this.test.forget(mirror.id);
      const t = i18n.t.mirrors.remove;
      const again = async () => {
        const { name, url, probe } = mirror;
        await this.save({ id: null, name: name[i18n.lang], url, probe });
        if (this.wanted !== null) await this.#place(this.wanted.id, place);
      };
      const undo = { label: t.undo, run: () => void this.desk.attempt(again) };
      // credentials never came to the page, so an address with some cannot be written again from here
      const masked = mirror.url.includes("***");
      this.desk.toasts.add({
        tone: "good",
        text: t.done(nameOf(mirror)),
        ...(masked ? {} : { action: undo }),
      });
    });
  }

  /** Moves a mirror before or behind its neighbour in the table. */
  async move(mirror: Mirror, step: -1 | 1): Promise<void> {
    const neighbour = this.testable[this.testable.indexOf(mirror) + step];
    if (!neighbour) return;
    const to = this.list.indexOf(neighbour);
    await this.desk.attempt(async () => {
      await this.#place(mirror.id, to);
      const place = this.testable.findIndex(({ id }) => id === mirror.id);
      this.said = i18n.t.mirrors.menu.moved(nameOf(mirror), place + 1);
      this.wanted = { id: mirror.id, at: "menu" };
    });
  }

  async #place(id: string, to: number): Promise<void> {
    this.take(await this.desk.bridge.call("mirror_move", { id, to }));
  }

  /** Tests these mirrors, or all. */
  async run(mirrors: readonly string[] = [], patient = false): Promise<void> {
    const project = this.project.chosen;
    const report = await this.test.test({ mirrors: [...mirrors], patient, project });
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
