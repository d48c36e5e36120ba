import type { Row } from "./rows";

/** What a key does in the table. */
export type Walked =
  | { is: "go"; to: number; range: boolean }
  | { is: "open"; open: boolean }
  | { is: "tick"; range: boolean }
  | { is: "all" };

type Place = { at: number; rows: readonly Row[]; /** How many rows a page has. */ page: number };
type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** The keys of a tree of rows (WAI-ARIA treegrid): arrows walk and open, Space ticks, Shift makes a range of it. */
export function walked(event: Key, { at, rows, page }: Place): Walked | null {
  const row = rows[at];
  if (!row || event.altKey) return null;
  const last = rows.length - 1;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === "a") return { is: "all" };
    if (event.key === "Home") return { is: "go", to: 0, range: false };
    return event.key === "End" ? { is: "go", to: last, range: false } : null;
  }
  const go = (to: number, range = false): Walked => ({
    is: "go",
    to: Math.max(0, Math.min(last, to)),
    range,
  });
  switch (event.key) {
    case "ArrowDown":
      return go(at + 1, event.shiftKey);
    case "ArrowUp":
      return go(at - 1, event.shiftKey);
    case "PageDown":
      return go(at + page);
    case "PageUp":
      return go(at - page);
    case "Home":
      return go(0);
    case "End":
      return go(last);
    case "ArrowRight":
      if (row.is !== "module") return null;
      return row.open ? go(at + 1) : { is: "open", open: true };
    case "ArrowLeft":
      if (row.is === "module") return row.open ? { is: "open", open: false } : null;
      return go(rows.findLastIndex((one, index) => index < at && one.is === "module"));
    case "Enter":
      return row.is === "module" ? { is: "open", open: !row.open } : null;
    case " ":
      return { is: "tick", range: event.shiftKey };
    default:
      return null;
  }
}
