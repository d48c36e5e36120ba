import type { Group, Variable } from "../../bridge/wire";
import { inFile } from "../../state/edits.svelte";

export type Filter = "all" | "changed" | "file";

export type Section = { id: "changed" | Group; variables: Variable[] };

const GROUPS: readonly Group[] = ["modules", "toolchain", "paths", "build", "cgo", "debug", "other"];

/** A value is outranked where the GOENV file says something, and something else. */
export function isShadowed(variable: Variable): boolean {
  const { shadowed } = variable;
  const written = inFile(variable);
  return shadowed !== null && written !== undefined && written.value !== shadowed.value;
}

/** The file says nothing, but terminals use another value than this program. */
export function differsInTerminals(variable: Variable): boolean {
  const { shadowed, value } = variable;
  return shadowed?.by === "shell" && shadowed.value !== value;
}

/** The variable whose value this one takes as long as nobody sets it (go-semantics, section 1.1). */
export function follows(variable: Variable): string | null {
  const follower = variable.name === "GONOPROXY" || variable.name === "GONOSUMDB";
  return follower && variable.origin === "computed" ? "GOPRIVATE" : null;
}

/** It differs from Go's default because somebody set it, not because another one was set. */
export function isChanged(variable: Variable): boolean {
  return variable.changed && follows(variable) === null;
}

/** Those that differ from Go's defaults first, then the others by group. */
export function sections(variables: readonly Variable[]): Section[] {
  const places = new Map<Section["id"], Section>(
    (["changed", ...GROUPS] as const).map((id) => [id, { id, variables: [] }]),
  );
  for (const variable of variables)
    places.get(isChanged(variable) ? "changed" : variable.group)?.variables.push(variable);
  return [...places.values()].filter((section) => section.variables.length > 0);
}

/** A variable with the text in which it is looked for, made once and not at every key. */
export type Found = { variable: Variable; text: string };

export function searchable(variables: readonly Variable[], meaning: (name: string) => string): Found[] {
  return variables.map((variable) => ({
    variable,
    text: `${variable.name} ${variable.value} ${meaning(variable.name)}`.toLowerCase(),
  }));
}

/** What the user looks for: every word in its name, value or meaning. */
export function fitting(all: readonly Found[], filter: Filter, words: string): Variable[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .filter(({ variable, text }) => passes(variable, filter) && wanted.every((word) => text.includes(word)))
    .map(({ variable }) => variable);
}

function passes(variable: Variable, filter: Filter): boolean {
  if (filter === "changed") return isChanged(variable);
  return filter === "all" || inFile(variable) !== undefined;
}

/** By what the row of a variable is found on the page. */
export function rowId(name: string): string {
  return `variable-${name}`;
}
