import type { IconName } from "./icons";

/** One line of a menu. */
export type MenuItem = {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** What it is about, in grey below the label. */
  readonly note?: string;
  /** One of several of which one may be chosen: whether this is it. */
  readonly checked?: boolean;
  /** What is to be said of it, with a sign. */
  readonly mark?: { readonly tone: "good" | "warn"; readonly text: string };
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
};

/** Where to begin to draw a list of which only `room` items are drawn, so that `at` is in the middle. */
export function firstShown(length: number, at: number, room: number): number {
  return Math.max(0, Math.min(at - Math.floor(room / 2), length - room));
}

// what is typed within a second belongs together
const PAUSE = 1000;

/** Finds an item by the letters with which its label begins. */
export class TypeAhead {
  #letters = "";
  #last = 0;

  /** The place of the next item that begins with what was typed; `null` when none does. */
  find(labels: readonly string[], at: number, letter: string, now: number): number | null {
    if (now - this.#last > PAUSE) this.#letters = "";
    this.#last = now;
    const typed = letter.toLowerCase();
    this.#letters += typed;
    // a letter that is repeated goes from one item to the next
    const repeated = this.#letters === typed.repeat(this.#letters.length);
    const wanted = repeated ? typed : this.#letters;
    for (let step = repeated ? 1 : 0; step <= labels.length; step += 1) {
      const place = (at + step) % labels.length;
      if (labels[place]?.toLowerCase().startsWith(wanted)) return place;
    }
    return null;
  }

  /** A space is a letter in the middle of a word, and a click otherwise. */
  typing(now: number): boolean {
    return this.#letters !== "" && now - this.#last <= PAUSE;
  }
}
