import { visible } from "./visible";

/** One piece of a told sentence: words of ours, or something of the user's that must stand out from them. */
export type Segment = { is: "words"; text: string } | { is: "value"; text: string };

/** The sentence where no markup can stand: names, titles, toasts, the clipboard. */
export function plain(segments: readonly Segment[]): string {
  return segments.map((segment) => visible(segment.text)).join("");
}
