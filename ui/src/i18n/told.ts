import type {
  Builtin,
  Cause,
  ChecksumReason,
  CompanyReason,
  CompanyWarning,
  Condition,
  CredentialKind,
  Danger,
  ExportFormat,
  FileProblem,
  Fault,
  Finding,
  Fix,
  GitOutcome,
  Leak,
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
  RouteFault,
  Reason,
  Region,
  Ending,
  Severity,
  Shadowed,
  ShellState,
  Stage,
  SuggestionReason,
  Then,
  Title,
  Verdict,
  Wins,
} from "../bridge/wire";
import type { Failure } from "../bridge/failure";
import { plain, type Segment } from "../text/segment";
import type { Messages } from "./en";
import { fill, type Filling, type Shared } from "./shared";
import { ToldOfCaches } from "./told.cache";

/** Turns what the core tells by code into sentences of one language. */
export class Told extends ToldOfCaches {
  readonly #shared: Shared;
  readonly #messages: Messages;

  constructor(shared: Shared, messages: Messages) {
    super(shared);
    this.#shared = shared;
    this.#messages = messages;
  }

  failure(failure: Failure): Segment[] {
    if (failure.code === "bridge") return [{ is: "words", text: this.#messages.states.bridge }];
    const values = this.filling(failure.params);
    if (failure.code === "would_lose")
      values.what = [{ is: "words", text: this.#shared.losses[failure.params.what] }];
    return fill(this.#shared.failures[failure.code], values);
  }

  finding(finding: Finding): { title: Segment[]; detail: Segment[] } {
    const text = this.#shared.findings[finding.code];
    const values =
      finding.code === "env_file"
        ? { problem: this.fileProblem(finding.params.problem) }
        : this.filling(finding.params);
    return { title: fill(text.title, values), detail: fill(text.detail, values) };
  }

  problem(problem: Problem): Segment[] {
    return fill(this.#shared.problems[problem.code], this.filling(problem.params));
  }

  fault(fault: Fault): Segment[] {
    return fill(this.#shared.faults[fault.code], this.filling(fault.params));
  }

  fileProblem(problem: FileProblem): Segment[] {
    return fill(this.#shared.file_problems[problem.code], this.filling(problem.params));
  }

  danger(danger: Danger): Segment[] {
    return fill(this.#shared.dangers[danger.consequence], { name: danger.name });
  }

  cause(cause: Cause): Segment[] {
    return fill(this.#shared.causes[cause.code], this.filling(cause.params));
  }

  outcome(result: OutcomeResult): Segment[] {
    return fill(this.#shared.outcomes[result.code], this.filling(result.params));
  }

  /** What outranks a value, as a sentence. */
  shadow(shadowed: Shadowed): Segment[] {
    return fill(this.#messages.plan.shadow, this.#shadow(shadowed));
  }

  /** What a profile is called: a name of ours, or one that somebody gave it. */
  title(title: Title): Segment[] {
    return title.is === "builtin"
      ? [{ is: "words", text: this.#shared.profiles.names[title.builtin] }]
      : [{ is: "value", text: title.name }];
  }

  /** What a built-in profile is for. */
  summary(builtin: Builtin): string {
    return this.#shared.profiles.summaries[builtin];
  }

  /** What one value of a built-in profile is for; none where the form made it. */
  purpose(builtin: Builtin, variable: string): string | null {
    return this.#shared.profiles.values[builtin]?.[variable] ?? null;
  }

  /** Why the company's profile has a value. */
  reason(reason: CompanyReason): string {
    return this.#shared.profiles.reasons[reason];
  }

  /** What the company's values leave open. */
  companyWarning(warning: CompanyWarning): Segment[] {
    return fill(this.#shared.company_warnings[warning.code], {});
  }

  /** Who reads an export. */
  format(format: ExportFormat): string {
    return this.#shared.profiles.formats[format];
  }

  origin(origin: Origin): string {
    return this.#shared.origins[origin];
  }

  /** Where a layer's value counts. */
  wins(wins: Wins): string {
    return this.#shared.wins[wins];
  }

  /** The label of the button that mends a finding. */
  fix(fix: Fix): string {
    return plain(fill(this.#shared.fixes[fix.do], "name" in fix ? { name: fix.name } : {}));
  }

  shellState(state: ShellState): Segment[] {
    return fill(this.#shared.shell_states[state.is], this.filling(state));
  }

  severity(severity: Severity): string {
    return this.#shared.severity[severity];
  }

  place(place: Place): string {
    return this.#shared.places[place];
  }

  /** What a source is supposed to answer in a rehearsal. */
  answer(answer: MirrorAnswer): string {
    return this.#shared.answers[answer];
  }

  /** What follows from a source's answer. */
  rehearsalStep(then: Then): string {
    return this.#shared.rehearsal_steps[then];
  }

  /** How a rehearsal ends. */
  rehearsal(ending: Ending, nameOf: (entry: number) => string): Segment[] {
    const entry = "entry" in ending.params ? nameOf(ending.params.entry) : "";
    return fill(this.#shared.rehearsal_endings[ending.code], { entry });
  }

  /** Why go refuses before it asks anybody. */
  routeFault(fault: RouteFault): Segment[] {
    return fill(this.#shared.route_faults[fault.code], this.filling(fault.params));
  }

  /** Why a module is verified or not. */
  checksumReason(reason: ChecksumReason): Segment[] {
    return fill(this.#shared.checksum_reasons[reason.code], this.filling(reason.params));
  }

  /** What lets a private name out. */
  leak({ why, to, name }: Leak): Segment[] {
    return fill(this.#shared.leak_reasons[why], { to, name });
  }

  /** What is wrong with a pattern, or surprising about it. */
  patternProblem(problem: PatternProblem): Segment[] {
    return fill(this.#shared.pattern_problems[problem.code], this.filling(problem.params));
  }

  patternScope(scope: PatternScope): string {
    return this.#shared.pattern_scopes[scope];
  }

  /** Why what was pasted gives no pattern. */
  pasteFault(fault: PasteFault): Segment[] {
    return fill(this.#shared.paste_faults[fault.code], this.filling(fault.params));
  }

  /** Why a host looks like a company's own. */
  suggestionReason(reason: SuggestionReason): Segment[] {
    return fill(this.#shared.suggestion_reasons[reason.code], this.filling(reason.params));
  }

  credential(kind: CredentialKind): string {
    return this.#shared.credential_kinds[kind];
  }

  /** How git came back from a host. */
  gitOutcome(outcome: GitOutcome): Segment[] {
    return fill(this.#shared.git_outcomes[outcome.code], this.filling(outcome.params));
  }

  /** What a variable means. */
  variable(name: string): Segment[] {
    return fill(this.#shared.variables[name] ?? this.#shared.variable_unknown, {});
  }

  /** Why a mirror is sound or not. */
  verdict(verdict: Verdict): Segment[] {
    const values = this.filling(verdict.params);
    if (verdict.code === "wrong_record")
      values.reason = [{ is: "words", text: this.#shared.record_faults[verdict.params.reason] }];
    if (verdict.code === "redirect_refused")
      values.reason = [{ is: "words", text: this.#shared.redirect_faults[verdict.params.reason] }];
    return fill({ ...this.#shared.verdict, ...this.#shared.trouble }[verdict.code], values);
  }

  /** The same in a few words. */
  verdictShort(verdict: Verdict): string {
    return plain(fill(this.#shared.verdict_short[verdict.code], this.filling(verdict.params)));
  }

  /** What holds of a mirror besides its verdict. */
  condition(condition: Condition): Segment[] {
    return fill(this.#shared.conditions[condition.code], this.filling(condition.params));
  }

  /** The same in a few words. */
  conditionShort(condition: Condition): string {
    return plain(fill(this.#shared.conditions_short[condition.code], this.filling(condition.params)));
  }

  /** Why a part of a chain is there; `mirror` is what that mirror is called. */
  reasonOf(reason: Reason, mirror: string): Segment[] {
    return fill(this.#shared.reasons[reason.code], {
      ...this.filling(reason.params),
      mirror: [{ is: "words", text: mirror }],
    });
  }

  /** How far the test of a mirror is. */
  stage(stage: Stage["stage"]): string {
    return this.#shared.stages[stage];
  }

  region(region: Region): string {
    return this.#shared.regions[region];
  }

  /** Whether a mirror can be counted on. */
  mirrorStatus(status: MirrorStatus): string {
    return this.#shared.mirror_status[status];
  }

  /** How a download of a whole project stands, in a few words. */
  raceState(state: RaceState): string {
    return this.#shared.race_states[state];
  }

  // a told thing inside another one stands in its sentence as a sentence of its own
  protected override filling(params: object): Filling {
    const values: Filling = {};
    for (const [key, value] of Object.entries(params) as [string, unknown][]) {
      if (typeof value === "string" || typeof value === "number") values[key] = value;
      else if (Array.isArray(value)) values[key] = value.map(String);
      else if (key === "failure") values[key] = this.failure(value as Failure);
      else if (key === "fault") values[key] = this.fault(value as Fault);
      else if (key === "problem") values[key] = this.problem(value as Problem);
      else if (key === "title") values[key] = this.title(value as Title);
      else if (key === "shadowed") Object.assign(values, this.#shadow(value as Shadowed));
    }
    return values;
  }

  #shadow(shadowed: Shadowed): Filling {
    const origin: Segment[] = [{ is: "words", text: this.origin(shadowed.by) }];
    return { where: shadowed.where ?? origin, value: shadowed.value };
  }
}
