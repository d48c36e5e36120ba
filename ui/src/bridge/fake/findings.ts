import type { Environment, Finding } from "../wire";
import type { Scenario } from "./scenario";

/** What the core would find in this scenario, the gravest first. */
export function findingsOf(scenario: Scenario, environment: Environment): Finding[] {
  const found: Finding[] = [];
  if (environment.failure) {
    const fix = scenario.toolchains.length === 0 ? { do: "choose_go" as const } : null;
    found.push({ severity: "broken", fix, code: "go_failing", params: { failure: environment.failure } });
  }
  if (scenario.problem) {
    found.push({ severity: "warning", fix: null, code: "env_file", params: { problem: scenario.problem } });
  }
  for (const { line, fault } of scenario.faults) {
    const severity = fault.code === "breaks_go" ? "broken" : "warning";
    found.push({ severity, fix: { do: "repair", lines: [line] }, code: "env_line", params: { line, fault } });
  }
  for (const { name, shadowed } of environment.variables) {
    if (!shadowed?.assignment) continue;
    const fix = { do: "comment_out" as const, assignment: shadowed.assignment };
    found.push({ severity: "warning", fix, code: "value_shadowed", params: { name, shadowed } });
  }
  if (scenario.shellSilent) {
    const failure = {
      code: "shell_timed_out" as const,
      params: { shell: "zsh", seconds: 10 },
      message: "zsh timed out",
    };
    found.push({ severity: "note", fix: null, code: "shell_silent", params: { failure } });
  }
  return found;
}
