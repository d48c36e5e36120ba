import type { Environment, Layer, Shadowed, Variable } from "../wire";
import { catalogue, type Known } from "./catalogue";
import type { Scenario, ShellLine } from "./scenario";

export const GOENV = "~/.config/go/env";

const MASK = "***";
const FOLLOWERS = ["GONOPROXY", "GONOSUMDB"];

/** Credentials of addresses never leave the core but for the field in which they are edited. */
export function mask(value: string): string {
  return value.replace(/:\/\/[^/@\s]+@/g, `://${MASK}@`);
}

/** The value of `name` in the lines of a GOENV file; the last line counts. */
export function valueIn(lines: readonly string[], name: string): string | null {
  const line = lines.findLast((candidate) => candidate.startsWith(`${name}=`));
  return line === undefined ? null : line.slice(name.length + 1);
}

export function shadowedBy(line: ShellLine): Shadowed {
  return {
    by: "shell",
    where: `${line.path}:${String(line.line)}`,
    value: line.value,
    assignment: `${line.path}#${line.name}`,
    confirmed: true,
  };
}

function variable(known: Known, scenario: Scenario): Variable {
  const written = valueIn(scenario.file, known.name);
  const line = scenario.shell.find((candidate) => candidate.name === known.name);
  const outranked = line !== undefined && line.value !== written;
  const layers: Layer[] = [];
  if (line) {
    layers.push({
      origin: "shell",
      value: line.value,
      where: `${line.path}:${String(line.line)}`,
      wins: "terminals",
    });
  }
  if (written !== null) {
    const at = scenario.file.findLastIndex((candidate) => candidate.startsWith(`${known.name}=`)) + 1;
    const wins = line ? "elsewhere" : "everywhere";
    layers.push({ origin: "file", value: mask(written), where: `${GOENV}:${String(at)}`, wins });
  }
  const followed =
    written === null && FOLLOWERS.includes(known.name) ? valueIn(scenario.file, "GOPRIVATE") : null;
  const wins = (followed ?? written) !== null ? "nowhere" : line ? "elsewhere" : "everywhere";
  const where = known.origin === "goroot" ? "$GOROOT/go.env" : null;
  layers.push({ origin: known.origin, value: known.default, where, wins });
  const value = mask(followed ?? written ?? known.default);
  return {
    name: known.name,
    value,
    masked: value.includes(MASK),
    origin: followed !== null ? "computed" : written === null ? known.origin : "file",
    default: known.default,
    settable: known.settable,
    changed: value !== known.default,
    shadowed: line && outranked ? shadowedBy(line) : null,
    group: known.group,
    layers,
    problems: [],
  };
}

/** The environment as the core would tell it of this scenario. */
export function environmentOf(scenario: Scenario): Environment {
  const more = Object.entries(scenario.more).map(([name, value]): Known => ({
    name,
    group: "other",
    default: value,
    origin: "default",
    settable: true,
  }));
  const used = scenario.toolchains.find((toolchain) => toolchain.used);
  return {
    go: used?.version && !scenario.failure ? { path: used.path, version: used.version } : null,
    failure: scenario.failure,
    file: {
      path: GOENV,
      exists: scenario.file.length > 0,
      problem: scenario.problem,
      revision: String(scenario.file.join("\n").length),
      faults: scenario.faults,
    },
    variables: [...catalogue, ...more].map((known) => variable(known, scenario)),
  };
}
