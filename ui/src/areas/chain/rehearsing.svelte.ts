import { SvelteMap } from "svelte/reactivity";
import type { Bridge } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { ChainEntry, MirrorAnswer, Rehearsal } from "../../bridge/wire";

/** What would happen if every source answered as chosen. Nothing is sent. */
export class Rehearsing {
  result = $state.raw<Rehearsal | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** A module path that is asked for; nothing means a public one. */
  module = $state("");
  /** The checksum database does not answer at its own address. */
  databaseDown = $state(false);
  /** By the entry's place. */
  readonly #answers = new SvelteMap<number, MirrorAnswer>();
  #asked = 0;

  constructor(
    readonly bridge: Bridge,
    readonly goproxy: string,
    readonly gosumdb: string,
    readonly entries: readonly ChainEntry[],
  ) {}

  /** The entries that can be asked at all. */
  get asked(): { entry: ChainEntry; place: number }[] {
    return this.entries
      .map((entry, place) => ({ entry, place }))
      .filter(({ entry }) => entry.reached && entry.source !== "off" && entry.source !== "unreadable");
  }

  /** The first is missing the module unless somebody says otherwise: where everything answers there is nothing to see. */
  answerOf(place: number): MirrorAnswer {
    return this.#answers.get(place) ?? (place === this.asked[0]?.place ? "not_found" : "ok");
  }

  choose(place: number, answer: MirrorAnswer): void {
    this.#answers.set(place, answer);
    void this.run();
  }

  supposeDatabase(down: boolean): void {
    this.databaseDown = down;
    void this.run();
  }

  async run(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const module = this.module.trim();
    try {
      const result = await this.bridge.call("chain_rehearse", {
        goproxy: this.goproxy,
        gosumdb: this.gosumdb,
        answers: this.entries.map((_, place) => this.answerOf(place)),
        database_down: this.databaseDown,
        module: module === "" ? null : module,
      });
      if (asked !== this.#asked) return;
      this.result = result;
      this.failure = null;
    } catch (raw) {
      if (asked === this.#asked) this.failure = failureFrom(raw);
    }
  }
}
