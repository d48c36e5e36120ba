import type { Bridge } from "../../bridge/bridge";
import { failureFrom } from "../../bridge/failure";
import type { Tone } from "../../parts/tone";
import { verdictOn, type Answer } from "./verdictOn";

/** What Go makes of a value, asked again as it is typed. */
export class CheckedValue {
  // the last answer stays until the next one is there, so that nothing flickers
  #checked = $state.raw<{ of: string; answer: Answer } | null>(null);
  readonly #bridge: Bridge;
  #asked = "";

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  readonly verdict: { tone: Tone; text: string } | null = $derived(
    this.#checked && verdictOn(this.#checked.answer),
  );

  readonly refused: boolean = $derived(
    this.#checked !== null && "refusals" in this.#checked.answer && this.#checked.answer.refusals.length > 0,
  );

  /** The last answer is about this text. */
  knows(text: string): boolean {
    return this.#checked?.of === text;
  }

  async check(name: string, value: string): Promise<void> {
    this.#asked = value;
    const answer = await this.#bridge
      .call("environment_check", { name, value })
      .catch((raw: unknown) => failureFrom(raw));
    // an answer to an older text says nothing of this one
    if (value === this.#asked) this.#checked = { of: value, answer };
  }
}
