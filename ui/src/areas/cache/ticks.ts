/** Names of rows; a set is never changed, a new one takes its place. */
export type Ticks = ReadonlySet<string>;

export const none: Ticks = new Set();

export function ticksOf(names: Iterable<string>): Ticks {
  return new Set(names);
}

/** The set with these in it, or without them. */
export function ticked(before: Ticks, names: Iterable<string>, on: boolean): Ticks {
  const after = new Set(before);
  for (const name of names) {
    if (on) after.add(name);
    else after.delete(name);
  }
  return after;
}
