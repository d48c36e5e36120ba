import type { IconName } from "./icons";

/** The verdicts that colour may carry, each with the sign that says the same without colour. */
export type Tone = "plain" | "good" | "warn" | "bad";

export const signs: Record<Tone, IconName> = {
  plain: "info",
  good: "circle-check",
  warn: "triangle-alert",
  bad: "octagon-alert",
};
