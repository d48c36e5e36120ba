export type DiffLine = { kind: "same" | "removed" | "added"; text: string; line: number };

export type DiffRow = { is: "line"; line: DiffLine } | { is: "gap"; lines: DiffLine[] };

// what stands next to a change tells where it is; the rest of a long file does not
const CONTEXT = 3;

/** The lines with long unchanged stretches folded. */
export function folded(lines: readonly DiffLine[]): DiffRow[] {
  const near = new Set<number>();
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at += 1) near.add(at);
  });
  const rows: DiffRow[] = [];
  lines.forEach((line, index) => {
    const last = rows.at(-1);
    if (near.has(index)) rows.push({ is: "line", line });
    else if (last?.is === "gap") last.lines.push(line);
    else rows.push({ is: "gap", lines: [line] });
  });
  // a fold of one line saves nothing
  return rows.flatMap((row): DiffRow[] => {
    const only = row.is === "gap" && row.lines.length === 1 ? row.lines[0] : undefined;
    return only ? [{ is: "line", line: only }] : [row];
  });
}
