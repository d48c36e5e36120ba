import type {
  Builtin,
  CacheCondition,
  CacheKind,
  CacheOwner,
  CachePart,
  Cause,
  ChecksumReason,
  CompanyReason,
  CompanyWarning,
  Condition,
  Consequence,
  CredentialKind,
  Damage,
  ExportFormat,
  Failure,
  Fault,
  FileProblem,
  Finding,
  Fix,
  GitOutcome,
  Group,
  LeakReason,
  Loss,
  MirrorAnswer,
  MirrorStatus,
  Origin,
  OutcomeResult,
  PasteFault,
  PatternProblem,
  PatternScope,
  Place,
  Problem,
  RaceState,
  Reason,
  RecordFault,
  RedirectFault,
  Ending,
  Region,
  Severity,
  RouteFault,
  ShellState,
  Stage,
  SuggestionReason,
  TestFinding,
  Then,
  Tier,
  Trouble,
  UsageSource,
  VersionState,
  Wins,
} from "../bridge/wire";
import type { Segment } from "../text/segment";
import en from "./shared/en.json";
import zh from "./shared/zh.json";

/** Texts that the window and gdesk both show. A code without a text does not compile. */
export type Shared = {
  variables: Record<string, string>;
  variable_unknown: string;
  groups: Record<Group, string>;
  failures: Record<Failure["code"], string>;
  findings: Record<Finding["code"], { title: string; detail: string }>;
  problems: Record<Problem["code"], string>;
  faults: Record<Fault["code"], string>;
  file_problems: Record<FileProblem["code"], string>;
  company_warnings: Record<CompanyWarning["code"], string>;
  /** What is wrong with a pattern of private modules. */
  pattern_problems: Record<PatternProblem["code"], string>;
  pattern_scopes: Record<PatternScope, string>;
  suggestion_reasons: Record<SuggestionReason["code"], string>;
  credential_kinds: Record<CredentialKind, string>;
  /** How `git ls-remote` ended. */
  git_outcomes: Record<GitOutcome["code"], string>;
  paste_faults: Record<PasteFault["code"], string>;
  dangers: Record<Consequence, string>;
  losses: Record<Loss, string>;
  causes: Record<Cause["code"], string>;
  origins: Record<Origin, string>;
  wins: Record<Wins, string>;
  fixes: Record<Fix["do"], string>;
  shell_states: Record<ShellState["is"], string>;
  severity: Record<Severity, string>;
  outcomes: Record<OutcomeResult["code"], string>;
  places: Record<Place, string>;
  profiles: {
    names: Record<Builtin, string>;
    summaries: Record<Builtin, string>;
    /** What each value of a built-in profile is for; those of the company are told by `reasons`. */
    values: Partial<Record<Builtin, Record<string, string>>>;
    reasons: Record<CompanyReason, string>;
    formats: Record<ExportFormat, string>;
  };
  verdict: Record<TestFinding["code"], string>;
  /** The same in a few words, and that of every trouble. */
  verdict_short: Record<TestFinding["code"] | Trouble["code"], string>;
  /** Why a mirror was not reached, and what to do about it. */
  trouble: Record<Trouble["code"], string>;
  redirect_faults: Record<RedirectFault, string>;
  record_faults: Record<RecordFault, string>;
  conditions: Record<Condition["code"], string>;
  conditions_short: Record<Condition["code"], string>;
  reasons: Record<Reason["code"], string>;
  stages: Record<Stage["stage"], string>;
  regions: Record<Region, string>;
  mirror_status: Record<MirrorStatus, string>;
  race_states: Record<RaceState, string>;
  answers: Record<MirrorAnswer, string>;
  rehearsal_endings: Record<Ending["code"], string>;
  rehearsal_steps: Record<Then, string>;
  route_faults: Record<RouteFault["code"], string>;
  checksum_reasons: Record<ChecksumReason["code"], string>;
  leak_reasons: Record<LeakReason, string>;
  cache_kinds: Record<CacheKind, string>;
  cache_parts: Record<CachePart, string>;
  /** Why a place is taken for a cache. */
  cache_owners: Record<CacheOwner["owner"], string>;
  cache_conditions: Record<CacheCondition["condition"], string>;
  version_states: Record<VersionState, string>;
  /** How it is known what a project uses. */
  usage_sources: Record<UsageSource["source"], string>;
  tiers: Record<Tier["tier"], { title: string; detail: string }>;
  /** Build results of any age. */
  tier_all_builds: string;
  /** What it takes to have again what is freed. */
  cache_costs: Record<"nothing" | "extract" | "download" | "clone" | "rebuild" | "lost", string>;
  /** What is wrong with a version in a cache. */
  damages: Record<Damage["damage"], string>;
};

export const shared: { en: Shared; zh: Shared } = { en, zh };

const HOLE = /\{([a-z_]+)\}/g;

/** What stands in the holes: strings stay apart as values, told things become their own sentence. */
export type Filling = Record<string, string | number | readonly string[] | readonly Segment[] | null>;

/** A template with its holes filled. */
export function fill(template: string, values: Filling): Segment[] {
  const segments: Segment[] = [];
  let rest = 0;
  for (const hole of template.matchAll(HOLE)) {
    append(segments, { is: "words", text: template.slice(rest, hole.index) });
    for (const segment of filled(values[hole[1] ?? ""], hole[0])) append(segments, segment);
    rest = hole.index + hole[0].length;
  }
  append(segments, { is: "words", text: template.slice(rest) });
  return segments;
}

function filled(value: Filling[string] | undefined, hole: string): Segment[] {
  if (value == null) return [{ is: "words", text: hole }];
  if (typeof value === "number") return [{ is: "words", text: String(value) }];
  if (typeof value === "string") return [{ is: "value", text: value }];
  return value.flatMap((item, index): Segment[] => {
    if (typeof item !== "string") return [item];
    const shown: Segment = { is: "value", text: item };
    return index === 0 ? [shown] : [{ is: "words", text: ", " }, shown];
  });
}

function append(segments: Segment[], segment: Segment): void {
  const last = segments.at(-1);
  if (segment.is === "words" && last?.is === "words")
    segments.splice(-1, 1, { is: "words", text: last.text + segment.text });
  else if (segment.text !== "") segments.push(segment);
}
