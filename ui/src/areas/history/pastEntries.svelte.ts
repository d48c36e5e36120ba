import type { Bridge, Remote } from "../../bridge/bridge";
import { failureFrom } from "../../bridge/failure";
import type { Entry, History } from "../../bridge/wire";
import { midnight } from "../../i18n/format";

/** The history, read again whenever something was changed. */
export class PastEntries {
  history = $state.raw<Remote<History>>({ is: "waiting" });
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  async read(): Promise<void> {
    try {
      this.history = { is: "ready", value: await this.#bridge.call("history_list") };
    } catch (raw) {
      this.history = { is: "failed", failure: failureFrom(raw) };
    }
  }
}

/** Entries that follow each other on one day, newest first. */
export function byDay(entries: readonly Entry[]): { day: number; entries: Entry[] }[] {
  const days: { day: number; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const day = midnight(Date.parse(entry.at));
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
