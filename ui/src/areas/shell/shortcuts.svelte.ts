import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import { PAGES } from "../../state/navigation.svelte";
import type { CacheFlow } from "../cache/cacheFlow.svelte";
import type { MirrorFlow } from "../mirrors/mirrorFlow.svelte";
import type { PlanFlow } from "../plan/planFlow.svelte";
import type { ProfileFlow } from "../profiles/profileFlow.svelte";
import { commanded, writing } from "./keys";

/** What the keyboard does everywhere, and the two dialogs that only it and the header open. */
export class Shortcuts {
  palette = $state(false);
  list = $state(false);
  readonly desk: Desk;
  readonly plans: PlanFlow;
  readonly profiles: ProfileFlow;
  readonly mirrors: MirrorFlow;
  readonly caches: CacheFlow;

  constructor(desk: Desk, plans: PlanFlow, profiles: ProfileFlow, mirrors: MirrorFlow, caches: CacheFlow) {
    this.desk = desk;
    this.plans = plans;
    this.profiles = profiles;
    this.mirrors = mirrors;
    this.caches = caches;
  }

  press(event: KeyboardEvent): void {
    const run = this.#meaning(event);
    if (!run) return;
    event.preventDefault();
    run();
  }

  /** Puts back what was just set aside; else opens the preview of undoing the last change, or says that there is none. */
  undo(): void {
    const aside = this.caches.asides.undoable;
    if (aside !== null) {
      void this.caches.asides.restore(aside);
      return;
    }
    const last = this.desk.snapshot?.last_change;
    if (last?.undone_by === null) this.plans.undo(last.id);
    else this.desk.toasts.add({ tone: "plain", text: i18n.t.history.nothingToUndo });
  }

  #meaning(event: KeyboardEvent): (() => void) | null {
    // a dialog has the keyboard for itself
    const dialogs = [this.plans.step, this.profiles.dialog, this.mirrors.dialog];
    if (this.list || this.caches.cleaning.shown || dialogs.some(({ is }) => is !== "closed")) return null;
    if (commanded(event)) return event.shiftKey ? null : this.#command(event);
    if (this.palette) return null;
    if (event.key === "F5") return () => void this.desk.recheck();
    if (event.key === "?" && !writing(event)) return () => (this.list = true);
    return null;
  }

  #command(event: KeyboardEvent): (() => void) | null {
    const key = event.key.toLowerCase();
    if (key === "k") return () => (this.palette = !this.palette);
    if (this.palette) return null;
    if (key === "z" && !writing(event)) return () => this.undo();
    const page = /^[1-9]$/.test(key) ? PAGES[Number(key) - 1] : undefined;
    return page ? () => this.desk.navigation.go(page) : null;
  }
}
