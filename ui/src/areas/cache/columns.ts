import type { SortKey } from "./rows";

/** The columns of the table of versions, each with the measure it sorts by. */
export const COLUMNS: readonly { key: SortKey; number: boolean }[] = [
  { key: "module", number: false },
  { key: "versions", number: true },
  { key: "bytes", number: true },
  { key: "files", number: true },
  { key: "published", number: false },
  { key: "used", number: false },
  { key: "projects", number: false },
];

/** How high a row is, in pixels: the table draws only those in sight. */
export const ROW = 41;
/** How high its head is. */
export const HEAD = 37;
