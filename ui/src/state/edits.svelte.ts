import { SvelteMap } from "svelte/reactivity";
import type { Change, Environment, Layer, Variable } from "../bridge/wire";

/** What the GOENV file says of a variable. */
export function inFile(variable: Variable): Layer | undefined {
  return variable.layers.find((layer) => layer.origin === "file");
}

/** A wish, and what the file said when it was made, as it was shown. */
type Wish = { value: string | null; base: string | null };

/** What stands in an open editor. */
export class Draft {
  text = $state("");
  /** What it began with. */
  start = "";
  /** What the file says, with its credentials. */
  original: string | null = null;
  /** A secret has to be fetched before it can be edited. */
  ready = $state(false);

  begin(text: string, original: string | null): void {
    this.start = text;
    this.text = text;
    this.original = original;
    this.ready = true;
  }
}

/** Values the user typed and has not applied; they survive a look at another page. */
export class Edits {
  /** Counts the changes of the list, so that each can be announced. */
  turn = $state(0);
  readonly #wishes = new SvelteMap<string, Wish>();
  readonly #drafts = new SvelteMap<string, Draft>();

  /** In the order in which they were made. */
  get changes(): Change[] {
    return [...this.#wishes].map(([name, { value }]) => ({ name, value }));
  }

  get names(): string[] {
    return [...this.#wishes.keys()];
  }

  /** The wish for one variable: a value, `null` to unset it, nothing when it is not edited. */
  of(name: string): string | null | undefined {
    return this.#wishes.get(name)?.value;
  }

  /** The text of the editor that is open for a variable. */
  draft(name: string): Draft | undefined {
    return this.#drafts.get(name);
  }

  open(name: string): void {
    if (!this.#drafts.has(name)) this.#drafts.set(name, new Draft());
  }

  close(name: string): void {
    this.#drafts.delete(name);
  }

  /** Takes a wish; one that the file fulfils already is none. */
  keep(variable: Variable, value: string | null): void {
    const { name } = variable;
    const base = inFile(variable)?.value ?? null;
    const original = this.#drafts.get(name)?.original ?? base;
    if (value === original) this.forget(name);
    else {
      this.#wishes.set(name, { value, base });
      this.turn += 1;
    }
  }

  forget(name: string): void {
    if (this.#wishes.delete(name)) this.turn += 1;
  }

  clear(): void {
    if (this.#wishes.size > 0) this.turn += 1;
    this.#wishes.clear();
  }

  /** These are in the file now; what was wished since then stays. */
  applied(changes: readonly Change[]): void {
    for (const { name, value } of changes) if (this.of(name) === value) this.forget(name);
  }

  /** Drops what somebody else has written meanwhile. */
  settle({ variables }: Environment): void {
    if (this.#wishes.size === 0) return;
    for (const variable of variables) {
      const wish = this.#wishes.get(variable.name);
      if (wish?.value === (inFile(variable)?.value ?? null)) this.forget(variable.name);
    }
  }

  /** The file says something else of an edited variable than when the edit was made. */
  overtaken(variable: Variable): boolean {
    const wish = this.#wishes.get(variable.name);
    return wish !== undefined && wish.base !== (inFile(variable)?.value ?? null);
  }
}
