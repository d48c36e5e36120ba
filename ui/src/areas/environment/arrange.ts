import type { Group, Layer, Variable } from "../../bridge/wire";

export type Filter = "all" | "changed" | "file";

export type Section = { id: "changed" | Group; variables: Variable[] };

const GROUPS: readonly Group[] = ["modules", "toolchain", "paths", "build", "cgo", "debug", "other"];

/** What the GOENV file says of a variable. */
export function inFile(variable: Variable): Layer | undefined {
  return variable.layers.find((layer) => layer.origin === "file");
}

/** A value is outranked where the GOENV file says something, and something else. */
export function isShadowed(variable: Variable): boolean {
  const { shadowed } = variable;
  const written = inFile(variable);
  return shadowed !== null && written !== undefined && written.value !== shadowed.value;
}

/** Those that differ from Go's defaults first, then the others by group. */
export function sections(variables: readonly Variable[]): Section[] {
  const changed: Section = { id: "changed", variables: variables.filter((variable) => variable.changed) };
  const others = GROUPS.map((group): Section => ({
    id: group,
    variables: variables.filter((variable) => variable.group === group && !variable.changed),
  }));
  return [changed, ...others].filter((section) => section.variables.length > 0);
}

/** Whether a variable is what the user looks for: every word in its name, value or meaning. */
export function fits(variable: Variable, filter: Filter, words: string, meaning: string): boolean {
  if (filter === "changed" && !variable.changed) return false;
  if (filter === "file" && !inFile(variable)) return false;
  const text = `${variable.name} ${variable.value} ${meaning}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The variable whose value this one takes as long as nobody sets it (go-semantics, section 1.1). */
export function follows(variable: Variable): string | null {
  const follower = variable.name === "GONOPROXY" || variable.name === "GONOSUMDB";
  return follower && variable.origin === "computed" ? "GOPRIVATE" : null;
}
