import { SvelteMap } from "svelte/reactivity";
import type { Change } from "../bridge/wire";

/** Values the user typed and has not applied; they survive a look at another page. */
export class Edits {
  readonly #wishes = new SvelteMap<string, string | null>();

  /** In the order in which they were made. */
  get changes(): Change[] {
    return [...this.#wishes].map(([name, value]) => ({ name, value }));
  }

  get names(): string[] {
    return [...this.#wishes.keys()];
  }

  /** The wish for one variable: a value, `null` to unset it, nothing when it is not edited. */
  of(name: string): string | null | undefined {
    return this.#wishes.get(name);
  }

  keep(name: string, value: string | null): void {
    this.#wishes.set(name, value);
  }

  forget(name: string): void {
    this.#wishes.delete(name);
  }

  clear(): void {
    this.#wishes.clear();
  }
}
