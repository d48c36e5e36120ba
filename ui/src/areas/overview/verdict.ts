import type { Overview } from "../../bridge/wire";
import type { Messages } from "../../i18n/en";
import type { Format } from "../../i18n/format";
import type { Tone } from "../../parts/tone";

export type Verdict = { tone: Tone; text: string };

/** `go1.26.8` as people say it. */
export function spoken(version: string): string {
  return version.replace(/^go/, "");
}

/** The one sentence that says how things are. */
export function verdict({ environment, findings }: Overview, t: Messages, format: Format): Verdict {
  const texts = t.overview.verdict;
  if (environment.failure) {
    return { tone: "bad", text: environment.failure.code === "go_not_found" ? texts.noGo : texts.failing };
  }
  const version = spoken(environment.go?.version ?? "");
  const broken = findings.filter(({ severity }) => severity === "broken").length;
  if (broken > 0) return { tone: "bad", text: texts.broken(version, broken) };
  const warnings = findings.filter(({ severity }) => severity === "warning");
  if (warnings.length === 0) return { tone: "good", text: texts.good(version) };
  const shadowed = warnings.flatMap((one) =>
    one.code === "value_shadowed" && one.params.shadowed.by === "shell" ? [one.params.name] : [],
  );
  const text =
    shadowed.length === warnings.length
      ? texts.shadowed(version, format.list(shadowed))
      : texts.warning(version, warnings.length);
  return { tone: "warn", text };
}
