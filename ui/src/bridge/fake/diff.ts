import type { DiffLine } from "../wire";

/** A line by line diff that is good enough for an example: common head, common tail, the rest replaced. */
export function diff(before: readonly string[], after: readonly string[]): DiffLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const number = (kind: DiffLine["kind"], lines: readonly string[], first: number): DiffLine[] =>
    lines.map((text, index) => ({ kind, text, line: first + index + 1 }));
  return [
    ...number("same", after.slice(0, head), 0),
    ...number("removed", before.slice(head, before.length - tail), head),
    ...number("added", after.slice(head, after.length - tail), head),
    ...number("same", after.slice(after.length - tail), after.length - tail),
  ];
}
