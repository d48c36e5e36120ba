import { getContext, setContext } from "svelte";

/** The few words that parts say themselves; the product gives them in its language. */
export type PartWords = {
  readonly close: string;
  readonly cancel: string;
  readonly copy: string;
  readonly copied: string;
  readonly working: string;
  readonly retry: string;
  readonly empty: string;
  readonly unset: string;
  readonly added: string;
  readonly removed: string;
  readonly notifications: string;
  showAll(kibibytes: number): string;
  unchanged(lines: number): string;
};

const KEY = Symbol("words of the parts");

/** Gives every part below the words; a function, so that a change of language reaches them. */
export function provideWords(words: () => PartWords): void {
  setContext(KEY, words);
}

export function partWords(): () => PartWords {
  return getContext<() => PartWords>(KEY);
}

/** For tests that mount one part alone. */
export function wordsContext(words: PartWords): [symbol, () => PartWords] {
  return [KEY, () => words];
}
