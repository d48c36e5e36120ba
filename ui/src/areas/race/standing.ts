import type { RaceRow, RaceState } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { IconName } from "../../parts/icons";
import type { Tone } from "../../parts/tone";

/** Less is no difference that anybody feels. */
const FELT = 1.05;

/** How a state is to be taken. */
export function toneOf(state: RaceState): Tone {
  switch (state) {
    case "complete":
      return "good";
    case "waiting":
    case "running":
    case "stopped":
      return "plain";
    case "over_budget":
      return "warn";
    case "incomplete":
    case "silent":
    case "timed_out":
    case "failed":
      return "bad";
  }
}

/** The sign of a state, so that it is not told by colour alone. */
export function signOf(state: RaceState): IconName {
  switch (state) {
    case "complete":
      return "circle-check";
    case "waiting":
      return "hourglass";
    case "running":
      return "download";
    case "stopped":
      return "square";
    case "over_budget":
      return "triangle-alert";
    case "incomplete":
    case "silent":
    case "timed_out":
    case "failed":
      return "circle-x";
  }
}

/** It is through, whatever came of it. */
export function isThrough({ state }: RaceRow): boolean {
  return state !== "waiting" && state !== "running";
}

/** How the time through a mirror compares with what is in effect; none unless every module came both times. */
export function difference(row: RaceRow, now: RaceRow | undefined): string | null {
  if (row.mirror === null || row.state !== "complete" || now?.state !== "complete") return null;
  const t = i18n.t.race;
  const factor = now.elapsed_ms / Math.max(row.elapsed_ms, 1);
  const number = (value: number) => i18n.format.number(Math.round(value * 10) / 10);
  if (factor >= FELT) return t.faster(number(factor));
  if (factor <= 1 / FELT) return t.slower(number(1 / factor));
  return t.same;
}

/** A rate as it is shown. */
export function perSecond(rate: number | null): string | null {
  return rate === null ? null : i18n.t.race.perSecond(i18n.format.number(Math.round(rate * 10) / 10));
}
