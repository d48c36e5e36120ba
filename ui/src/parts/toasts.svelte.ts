import type { Tone } from "./tone";

export type Toast = {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
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
    // more than three at once is noise
    for (const old of this.list.slice(0, -2)) this.dismiss(old.id);
    this.list = [...this.list, { ...toast, id }];
    if (!this.#held) this.#start(id);
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.list = this.list.filter((toast) => toast.id !== id);
    if (this.list.length === 0) this.#held = false;
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
      setTimeout(() => this.dismiss(id), SHOWN_FOR),
    );
  }
}
