import type { Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Aside, CleanReport, Kept } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import { nothingYet, progressed, type Progress } from "./cleaning.svelte";

/** Whole caches that left their place: put back, or deleted when the time for that is over. */
export class Asides {
  list = $state.raw<readonly Aside[]>([]);
  /** Which of them is being deleted. */
  purging = $state<string | null>(null);
  progress = $state.raw<Progress>(nothingYet);
  stopping = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** What did not come back, because Go put something new in its place. */
  left = $state.raw<readonly Kept[]>([]);
  /** What was set aside in this window, and can be undone by Ctrl Z. */
  fresh = $state.raw<readonly string[]>([]);
  readonly #desk: Desk;
  readonly #onchange: () => void;
  #running: Running<CleanReport> | null = null;
  #waiting: string[] = [];

  /** `onchange` is told when something is back in its place, or gone for good. */
  constructor(desk: Desk, onchange: () => void) {
    this.#desk = desk;
    this.#onchange = onchange;
  }

  /** What Ctrl Z puts back: what was set aside last. */
  get undoable(): string | null {
    return this.fresh.at(-1) ?? null;
  }

  async load(): Promise<void> {
    try {
      this.list = await this.#desk.bridge.call("cache_asides");
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
  }

  /** Goes on with what a crash, or the end of the program, interrupted: it was confirmed, and cannot come back. */
  async resume(): Promise<void> {
    await this.load();
    for (const { id, purging } of this.list) if (purging) void this.purge(id);
  }

  /** Offers the undo for as long as a toast stays; after that it is deleted. */
  async offer(id: string): Promise<void> {
    this.fresh = [...this.fresh, id];
    await this.load();
    const aside = this.list.find((one) => one.id === id);
    const t = i18n.t.cache.aside;
    this.#desk.toasts.add({
      tone: "good",
      text: t.toast(i18n.format.bytes(aside?.size.bytes ?? 0)),
      action: { label: t.undo, run: () => void this.restore(id) },
      onend: () => {
        // put back or deleted by another way meanwhile
        if (this.fresh.includes(id)) void this.purge(id);
      },
    });
  }

  /** Puts it back where it was. */
  async restore(id: string): Promise<void> {
    this.#spent(id);
    this.failure = null;
    try {
      const { kept } = await this.#desk.bridge.call("cache_restore", id);
      this.left = kept;
      this.#desk.toasts.add(
        kept.length === 0
          ? { tone: "good", text: i18n.t.cache.aside.restored }
          : { tone: "warn", text: i18n.t.cache.aside.restoredPartly },
      );
    } catch (raw) {
      this.failure = failureFrom(raw);
      this.#desk.toasts.add({ tone: "bad", text: i18n.t.cache.aside.notRestored });
    }
    await this.load();
    this.#onchange();
  }

  /** Deletes it, after those that are deleted already. */
  async purge(id: string): Promise<void> {
    this.#spent(id);
    if (this.#running) {
      if (this.purging !== id) this.#waiting = [...this.#waiting.filter((one) => one !== id), id];
      return;
    }
    this.failure = null;
    this.purging = id;
    this.stopping = false;
    this.progress = nothingYet;
    const running = this.#desk.bridge.stream("cache_purge", id, (event) => {
      this.progress = progressed(this.progress, event);
    });
    this.#running = running;
    try {
      const report = await this.#desk.jobs.track("purge", running.done, () => this.stop());
      if (!report.cancelled) {
        const freed = i18n.format.bytes(report.freed_bytes);
        this.#desk.toasts.add({ tone: "good", text: i18n.t.cache.report.freed(freed) });
      }
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
    this.#running = null;
    this.purging = null;
    await this.load();
    this.#onchange();
    const next = this.#waiting.shift();
    if (next !== undefined) await this.purge(next);
  }

  stop(): void {
    this.stopping = true;
    this.#waiting = [];
    this.#running?.cancel();
  }

  #spent(id: string): void {
    this.fresh = this.fresh.filter((one) => one !== id);
  }
}
