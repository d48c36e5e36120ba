import { createContext } from "svelte";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { CleanReport, PlanCaches, Tier } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import { Asides } from "./asides.svelte";
import { Cleaning } from "./cleaning.svelte";
import { Scanning } from "./scanning.svelte";
import { Verifying } from "./verifying.svelte";
import { VersionList } from "./versionList.svelte";

/** Everything the page of caches knows and does; all of it goes on while other pages are looked at. */
export class CacheFlow {
  readonly scan: Scanning;
  readonly cleaning: Cleaning;
  readonly asides: Asides;
  readonly verifying: Verifying;
  readonly list: VersionList;
  /** Why the folder that was picked is no project. */
  refused = $state.raw<Failure | null>(null);
  /** For those who listen. */
  said = $state("");
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.scan = new Scanning(desk.bridge, desk.jobs);
    this.cleaning = new Cleaning(
      desk.bridge,
      desk.jobs,
      (report, seen) => this.#cleaned(report, seen),
      // the time for undoing it begins when it can be seen
      ({ aside }) => void (aside !== null && this.asides.offer(aside)),
    );
    this.asides = new Asides(desk, () => void this.scan.run());
    this.verifying = new Verifying(desk.bridge, desk.jobs);
    this.list = new VersionList(this.scan);
  }

  /** What the page does when it is opened: it looks once, and sends nothing. */
  enter(): void {
    void this.asides.load();
    if (!this.scan.inventory && !this.scan.failure && !this.scan.running) void this.look();
  }

  async look(exact = false): Promise<void> {
    await this.scan.run(exact);
    const { inventory } = this.scan;
    if (inventory && !this.scan.failure) {
      const total = i18n.format.bytes(inventory.size.bytes);
      this.said = inventory.cancelled ? i18n.t.cache.head.stoppedAt(total) : i18n.t.cache.head.said(total);
    }
  }

  /** Previews what tiers would free. */
  planTiers(tiers: readonly Tier[]): void {
    this.#plan({ tiers: [...tiers], versions: [], caches: [] });
  }

  /** Previews the deletion of the ticked versions. */
  planSelected(): void {
    const versions = this.list.selected.map(({ id }) => id);
    this.#plan({ tiers: [], versions, caches: [] });
  }

  /** Previews the deletion of what is damaged, so that Go gets it anew. */
  planRepair(versions: readonly string[]): void {
    const ask = () => this.#desk.bridge.call("cache_repair", [...versions]);
    this.cleaning.open({ purpose: "repair", ask });
  }

  /** Lets the user name one more project, and looks again at what is used. */
  async addProject(): Promise<void> {
    this.refused = null;
    try {
      const picked = await this.#desk.bridge.call("project_browse");
      if (picked) await this.look();
    } catch (raw) {
      this.refused = failureFrom(raw);
    }
  }

  #plan(wish: PlanCaches): void {
    this.cleaning.open({ purpose: "clean", ask: () => this.#desk.bridge.call("cache_plan", wish) });
  }

  #cleaned(report: CleanReport, seen: boolean): void {
    const repaired = this.cleaning.wish?.purpose === "repair";
    if (repaired && !report.cancelled) this.verifying.forget();
    if (report.aside !== null) {
      if (!seen) void this.asides.offer(report.aside);
    } else if (!seen) {
      this.#desk.toasts.add({
        tone: report.kept.length === 0 ? "good" : "warn",
        text: i18n.t.cache.report.freed(i18n.format.bytes(report.freed_bytes)),
        action: { label: i18n.t.cache.report.show, run: () => this.cleaning.show() },
      });
    }
    this.list.clear();
    void this.scan.run();
  }
}

export const [useCaches, provideCaches] = createContext<CacheFlow>();
