import { Refusal } from "../failure";
import type { Change, ExportFormat, Exported } from "../wire";
import type { Definition } from "./definitions";
import { mask } from "./environment";

type File = {
  gopherdesk_profile: number;
  name: string;
  set: Record<string, string>;
  unset: string[];
  stripped: string[];
};

function invalid(reason: string): Refusal {
  return new Refusal({ code: "profile_file_invalid", params: { reason }, message: reason });
}

/** What a profile file says. */
export function parseProfile(text: string): { name: string; values: Change[]; stripped: string[] } {
  let file: Partial<File>;
  try {
    file = JSON.parse(text) as Partial<File>;
  } catch {
    throw invalid("expected value at line 1 column 1");
  }
  const version = file.gopherdesk_profile;
  if (version === undefined) throw invalid("missing field `gopherdesk_profile`");
  if (version > 1)
    throw new Refusal({ code: "profile_file_newer", params: { version }, message: "a newer version" });
  const set = Object.entries(file.set ?? {}).map(([name, value]): Change => ({ name, value }));
  const unset = (file.unset ?? []).map((name): Change => ({ name, value: null }));
  return { name: file.name ?? "", values: [...set, ...unset], stripped: file.stripped ?? [] };
}

const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

const lines: Partial<Record<ExportFormat, (name: string, value: string | null) => string>> = {
  sh: (name, value) => (value === null ? `unset ${name}` : `export ${name}=${quoted(value)}`),
  fish: (name, value) => (value === null ? `set -e ${name}` : `set -gx ${name} ${quoted(value)}`),
  powershell: (name, value) =>
    value === null ? `Remove-Item Env:${name} -ErrorAction Ignore` : `$Env:${name} = ${quoted(value)}`,
  cmd: (name, value) => `set "${name}=${value ?? ""}"`,
  go_env: (name, value) => (value === null ? `go env -u ${name}` : `go env -w ${quoted(`${name}=${value}`)}`),
};

const names: Partial<Record<ExportFormat, string>> = {
  profile: "profile.json",
  dotenv: ".env",
  dockerfile: "Dockerfile",
  compose: "compose.yaml",
  vscode: "settings.json",
};

const SCHEME_AND_LOGIN = /:\/\/[^/@\s]+@/g;

/** A profile as one of its readers wants it: near enough to be looked at. */
export function print({ title, values }: Definition, format: ExportFormat): Exported {
  const stripped = values.filter(({ value }) => value !== null && mask(value) !== value);
  const clean = values.map(({ name, value }) => ({
    name,
    value: value?.replace(SCHEME_AND_LOGIN, "://") ?? null,
  }));
  const line = lines[format];
  const gone = clean.filter(({ value }) => value === null).map(({ name }) => name);
  const name = title.is === "own" ? title.name : title.builtin;
  const set = clean.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  const file = {
    gopherdesk_profile: 1,
    name,
    set: Object.fromEntries(set),
    unset: gone,
    stripped: stripped.map((one) => one.name),
  };
  const text =
    format === "profile"
      ? JSON.stringify(file, null, 2)
      : line
        ? clean.map((one) => line(one.name, one.value)).join("\n")
        : set.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join("\n");
  return {
    text: `${text}\n`,
    file_name: names[format] ?? `profile.${format}`,
    stripped: file.stripped,
    not_unset: format === "profile" || line ? [] : gone,
    emptied: set.filter(([, value]) => value === "").map(([name]) => name),
    // what stands between two dollar signs GoLand would replace
    left_out: set.filter(([, value]) => format === "goland" && /\$.*\$/.test(value)).map(([name]) => name),
  };
}
