import type { Tone } from "./tone";

export type Toast = {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Called when its time is over, or when it is closed: its action was not wanted. */
  readonly onend?: () => void;
};

const SHOWN_FOR = 8000;

/** What was just done, in passing; a toast stays while it is pointed at or focused. */
export class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  #held = false;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- timers are no state of the page
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(toast: Omit<Toast, "id">): void {
    const id = this.#next;
    this.#next += 1;
    // more than three at once is noise; what waits for its end is none
    for (const old of this.list.slice(0, -2)) if (!old.onend) this.dismiss(old.id);
    this.list = [...this.list, { ...toast, id }];
    if (!this.#held) this.#start(id);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
    if (this.list.length === 0) this.#held = false;
  }

  /** Takes a toast away that nobody wants to act on. */
  end(id: number): void {
    const toast = this.list.find((one) => one.id === id);
    this.dismiss(id);
    toast?.onend?.();
  }

  hold(): void {
    this.#held = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  release(): void {
    this.#held = false;
    for (const toast of this.list) this.#start(toast.id);
  }

  #start(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => this.end(id), SHOWN_FOR),
    );
  }
}
