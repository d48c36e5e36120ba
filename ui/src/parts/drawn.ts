/** Which rows of a long list are worth drawing. */
export type Drawn = { from: number; to: number };

/** Rows beyond the edge, so that a turn of the wheel shows no gap. */
const SPARE = 8;
/** What is drawn before the room is known. */
const FIRST = 30;

/** The rows within `room` pixels from `offset`, of rows that are each `height` pixels high. */
export function drawn(count: number, height: number, offset: number, room: number): Drawn {
  const fits = room > 0 ? Math.ceil(room / height) : FIRST;
  const top = Math.min(Math.max(0, Math.floor(offset / height)), Math.max(0, count - fits));
  return { from: Math.max(0, top - SPARE), to: Math.min(count, top + fits + SPARE) };
}

/** How far to scroll so that a row lies below `cover` pixels of a head and above the lower edge. */
export function brought(row: number, height: number, offset: number, room: number, cover: number): number {
  const top = row * height;
  if (top < offset) return top;
  const bottom = top + height + cover;
  return bottom > offset + room ? bottom - room : offset;
}
