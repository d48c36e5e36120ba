/** How much room the table has: what does not fit beside the mirror stands below its name. */
export type Room = "wide" | "medium" | "narrow";

export function roomOf(width: number): Room {
  // 0 is not measured yet
  if (width === 0 || width >= 800) return "wide";
  return width >= 470 ? "medium" : "narrow";
}

/** How many columns the table has then. */
export function columns(room: Room): number {
  return { wide: 9, medium: 7, narrow: 3 }[room];
}
