import type { MirrorReport } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { IconName } from "../../parts/icons";
import { signs, type Tone } from "../../parts/tone";
import { plain } from "../../text/segment";
import { isDone, isUnsafe, toneOf } from "./standing";

/** Something that is known about a mirror, in a word. */
export type Mark = { id: string; tone: Tone; icon: IconName; text: string; title?: string };

const icons: Record<Tone, IconName> = { plain: "minus", good: "check", warn: "triangle-alert", bad: "x" };

function good(id: string, text: string, title: string): Mark {
  return { id, tone: "good", icon: "check", text, title };
}

/** How far the test is. */
function stage(row: MirrorReport): Mark {
  const { stage } = row;
  const word = i18n.told.stage(stage.stage);
  const part =
    stage.stage === "downloading" && stage.total !== null && stage.total > 0
      ? ` ${i18n.format.percent(Math.min(1, stage.bytes / stage.total))}`
      : "";
  const icon = stage.stage === "queued" || stage.stage === "waiting" ? "hourglass" : "activity";
  return { id: "stage", tone: "plain", icon, text: `${word}${part}` };
}

/** What stands between a row and its rank. */
export function verdictMark(row: MirrorReport): Mark {
  const tone = toneOf(row.verdict);
  return {
    id: "verdict",
    tone,
    icon: isUnsafe(row.verdict) ? "shield-alert" : icons[tone],
    text: i18n.told.verdictShort(row.verdict),
    title: plain(i18n.told.verdict(row.verdict)),
  };
}

/** What was verified, and what has to be kept in mind. */
export function marksOf(row: MirrorReport): Mark[] {
  const t = i18n.t.mirrors.chips;
  const marks: Mark[] = [];
  if (!isDone(row)) marks.push(stage(row));
  else if (!row.sound) marks.push(verdictMark(row));
  if (row.checksum_ok === true) marks.push(good("hash", t.hash, t.hashTitle));
  if (row.sumdb.lookup_ok === true) marks.push(good("sumdb", t.sumdb, t.sumdbTitle));
  if (row.toolchain === true) marks.push(good("toolchain", t.toolchain, t.toolchainTitle));
  if (row.fresh === true) marks.push(good("fresh", t.fresh, t.freshTitle));
  for (const condition of row.conditions) {
    // stands beside the name already, tested or not
    if (condition.code === "legacy") continue;
    marks.push({
      id: condition.code,
      tone: "warn",
      icon: signs.warn,
      text: i18n.told.conditionShort(condition),
      title: plain(i18n.told.condition(condition)),
    });
  }
  return marks;
}
