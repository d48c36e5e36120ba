import type { Failure } from "../../bridge/failure";
import type { Checked } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Tone } from "../../parts/tone";
import { plain, type Segment } from "../../text/segment";

/** What became of looking at a value; the preview looks at it once more. */
export type Answer = Checked | Failure;

/** All that is to be said of a value, the gravest decides the tone. */
export function verdictOn(answer: Answer): { tone: Tone; text: string } {
  if (!("refusals" in answer)) return { tone: "warn", text: plain(i18n.told.failure(answer)) };
  const { refusals, warnings, danger } = answer;
  const said: Segment[][] = [...refusals, ...warnings].map((problem) => i18n.told.problem(problem));
  if (danger) said.push(i18n.told.danger(danger));
  if (said.length === 0) return { tone: "good", text: i18n.t.environment.editor.sound };
  const text = said.map(plain).join(i18n.lang === "zh" ? "" : " ");
  return { tone: refusals.length > 0 ? "bad" : "warn", text };
}
