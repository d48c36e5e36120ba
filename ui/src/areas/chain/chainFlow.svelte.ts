import { createContext } from "svelte";
import type { Remote } from "../../bridge/bridge";
import { failureFrom } from "../../bridge/failure";
import type { ChainEntry, ChainFix, ChainText, ChainView, EntryWish, Junction } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import { plain } from "../../text/segment";
import type { PlanFlow } from "../plan/planFlow.svelte";
import { Rehearsing } from "./rehearsing.svelte";

/** A chain while it is built: a list and a text that are one thing, read by the core after every change. */
export class ChainFlow {
  view = $state.raw<Remote<ChainView>>({ is: "waiting" });
  /** GOPROXY as it stands in its field. */
  goproxy = $state("");
  gosumdb = $state("");
  /** What a change did, for those who listen. */
  said = $state("");
  /** The row to focus after it moved, and which of its buttons. */
  wanted = $state.raw<{ entry: number; at: "up" | "down" | "name" } | null>(null);
  rehearsing = $state.raw<Rehearsing | null>(null);
  readonly #desk: Desk;
  readonly #plans: PlanFlow;
  readonly #onused: { offer: () => void; prove: () => void };
  // what is in effect goes on being followed until somebody changes the chain
  #touched = $state(false);
  #asked = 0;

  constructor(desk: Desk, plans: PlanFlow, onused: { offer: () => void; prove: () => void }) {
    this.#desk = desk;
    this.#plans = plans;
    this.#onused = onused;
  }

  get entries(): readonly ChainEntry[] {
    return this.view.is === "ready" ? this.view.value.entries : [];
  }

  /** It is not what is in effect any more. */
  get touched(): boolean {
    return this.#touched;
  }

  /** Go would take it, as far as can be seen before it is planned. */
  get usable(): boolean {
    return this.view.is === "ready" && this.view.value.problems.every(({ refused }) => !refused);
  }

  /** Reads what is in effect, unless a chain is being built. */
  follow(): void {
    if (!this.#touched) void this.#read({ from: "in_effect" }, null);
  }

  /** Begins again with what is in effect. */
  reset(): void {
    this.#touched = false;
    this.follow();
    this.said = i18n.t.chain.said.reset;
  }

  /** Begins with a chain that is known, such as a recommended one. */
  begin(goproxy: string, gosumdb: string): void {
    this.#touched = true;
    void this.#read({ from: "text", goproxy }, gosumdb);
  }

  /** The text was changed by hand. */
  typed(): void {
    this.#touched = true;
    void this.#read({ from: "text", goproxy: this.goproxy }, this.gosumdb, true);
  }

  /** Takes the way out of a problem. */
  mend(fix: ChainFix): void {
    this.#touched = true;
    void this.#read({ from: "text", goproxy: fix.goproxy }, fix.gosumdb);
    this.said = i18n.t.chain.said.mended;
  }

  add(text: string): void {
    // behind the end nothing is asked
    const end = this.entries.findIndex(({ source }) => source === "direct" || source === "off");
    const at = end < 0 || text === "direct" || text === "off" ? this.entries.length : end;
    const wishes = this.#wishes();
    wishes.splice(at, 0, { text, next: "on_missing" });
    this.#rebuild(wishes);
    this.wanted = { entry: at, at: "name" };
    this.said = i18n.t.chain.said.added(text, at + 1);
  }

  remove(entry: number): void {
    const [gone] = this.entries.slice(entry);
    this.#rebuild(this.#wishes().toSpliced(entry, 1));
    this.wanted = { entry: Math.max(0, entry - 1), at: "name" };
    if (gone) this.said = i18n.t.chain.said.removed(gone.text);
  }

  move(entry: number, to: number): void {
    if (to < 0 || to >= this.entries.length || to === entry) return;
    const wishes = this.#wishes();
    // a junction belongs to the gap, not to what stands before it
    const junctions = wishes.map(({ next }) => next);
    const [moved] = wishes.splice(entry, 1);
    if (!moved) return;
    wishes.splice(to, 0, moved);
    this.#rebuild(wishes.map(({ text }, place) => ({ text, next: junctions[place] ?? "on_missing" })));
    this.wanted = { entry: to, at: to < entry ? "up" : "down" };
    this.said = i18n.t.chain.said.moved(moved.text, to + 1);
  }

  join(entry: number, next: Junction): void {
    this.#rebuild(this.#wishes().map((wish, place) => (place === entry ? { ...wish, next } : wish)));
  }

  rehearse(): void {
    this.rehearsing = new Rehearsing(this.#desk.bridge, this.goproxy, this.gosumdb, this.entries);
    void this.rehearsing.run();
  }

  /** Previews GOPROXY and GOSUMDB together. */
  use(): void {
    const { goproxy, gosumdb } = this;
    this.#plans.open({
      purpose: "chain",
      ask: () => this.#desk.bridge.call("chain_plan", { goproxy, gosumdb }),
      ondone: () => {
        this.#touched = false;
        this.#onused.offer();
        this.follow();
      },
      next: { label: i18n.t.mirrors.proof.proveNow, run: () => this.#onused.prove() },
    });
  }

  #wishes(): EntryWish[] {
    return this.entries.map(({ text, next }) => ({ text, next: next ?? "on_missing" }));
  }

  #rebuild(entries: EntryWish[]): void {
    this.#touched = true;
    void this.#read({ from: "entries", entries }, this.gosumdb);
  }

  /** `typing` leaves the fields alone: they are what is read. */
  async #read(chain: ChainText, gosumdb: string | null, typing = false): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const value = await this.#desk.bridge.call("chain_read", { chain, gosumdb });
      // an answer to an older chain says nothing of this one
      if (asked !== this.#asked) return;
      this.view = { is: "ready", value };
      if (typing) return;
      this.goproxy = value.goproxy;
      this.gosumdb = value.gosumdb;
    } catch (raw) {
      if (asked !== this.#asked) return;
      const failure = failureFrom(raw);
      if (this.view.is === "ready")
        this.#desk.toasts.add({ tone: "bad", text: plain(i18n.told.failure(failure)) });
      else this.view = { is: "failed", failure };
    }
  }
}

export const [useChain, provideChain] = createContext<ChainFlow>();
