import type { EnvFile, Variable } from "../../bridge/wire";

export type Fixed = "reported" | "environment" | "project" | "telemetry" | "root" | "file";

const KNOWN: Partial<Record<string, Fixed>> = {
  GODEBUG: "environment",
  GOENV: "environment",
  GOMOD: "project",
  GOROOT: "root",
  GOTELEMETRY: "telemetry",
  GOTELEMETRYDIR: "telemetry",
  GOWORK: "project",
  HTTP_PROXY: "environment",
  HTTPS_PROXY: "environment",
  NO_PROXY: "environment",
};

const UNWRITABLE = ["switched_off", "no_place", "unreadable", "read_only", "not_a_file"];

/** Why `go env -w` does not take a variable (go-semantics, section 1.3); `null` when it does. */
export function whyFixed(variable: Variable, file: EnvFile): Fixed | null {
  if (!variable.settable) return KNOWN[variable.name] ?? "reported";
  return file.problem && UNWRITABLE.includes(file.problem.code) ? "file" : null;
}
