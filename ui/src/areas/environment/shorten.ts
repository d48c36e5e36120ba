// about three lines of the value column
const ROOM = 190;
// the first of the scripts whose characters take the room of two
const WIDE = 0x1100;

/** The beginning of a text that would take more than about three lines; `null` when all of it fits. */
export function shorten(text: string): string | null {
  if (text.length <= ROOM / 2) return null;
  let taken = 0;
  let end = 0;
  for (const character of text) {
    taken += (character.codePointAt(0) ?? 0) >= WIDE ? 2 : 1;
    if (taken > ROOM) return text.slice(0, end);
    end += character.length;
  }
  return null;
}
