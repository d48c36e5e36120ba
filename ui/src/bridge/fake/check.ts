import type { Checked, Danger } from "../wire";

export function dangerOf(name: string, value: string): Danger | null {
  if (name === "GOSUMDB" && value === "off") return { name, consequence: "nothing_verified" };
  if (name === "GONOSUMDB" && value === "*") return { name, consequence: "everything_unverified" };
  if (name === "GOINSECURE" && value !== "") return { name, consequence: "insecure_transport" };
  if (name === "GOFLAGS" && value.includes("-toolexec")) return { name, consequence: "flags_run_program" };
  return null;
}

/** The two rules that the example knows. */
export function check(name: string, value: string): Checked {
  const relative = name === "GOPATH" && !value.startsWith("/");
  return {
    refusals: relative ? [{ code: "relative_path", params: { entry: value } }] : [],
    warnings: value !== value.trim() ? [{ code: "outer_space", params: {} }] : [],
    danger: dangerOf(name, value),
  };
}
