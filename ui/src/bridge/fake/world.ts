import type { CallName, Reply } from "../bridge";
import { Refusal } from "../failure";
import type {
  CachePlan,
  Change,
  Commands,
  DiffLine,
  Entry,
  Outcome,
  Overview,
  Plan,
  PlannedChange,
  Run,
  Settings,
  TrayMenu,
} from "../wire";
import { cacheHandlers } from "./cache";
import type { CacheWorld } from "./cacheWorld";
import { chainHandlers } from "./chain";
import { check, dangerOf } from "./check";
import { diff } from "./diff";
import { environmentOf, GOENV, shadowedBy, valueIn } from "./environment";
import { findingsOf } from "./findings";
import { mirrorHandlers } from "./mirrors";
import { ownMirrorHandlers } from "./ownMirrors";
import { privateHandlers } from "./private";
import { profileHandlers } from "./profileHandlers";
import { projectHandlers } from "./projects";
import { routeHandlers } from "./route";
import type { Scenario } from "./scenario";
import { profilesOf } from "./standing";

type Handlers = { [K in CallName]: (args: Commands[K][0]) => Reply<K> };
type Before = { file: string[]; shell: Scenario["shell"]; diff: DiffLine[] };
type Planned = {
  plan: Plan;
  file: string[];
  shell: Scenario["shell"];
  cause: Entry["cause"];
  undoes: string | null;
};

/** What would be on the disk and in the shell of the example. */
export class World {
  settings: Settings = { language: "system", theme: "system", go: null, tray: "off" };
  /** What the tray shows, on a desktop that has one. */
  tray: TrayMenu | null = null;
  entries: Entry[] = [];
  asked = false;
  /** The speed tests since the window opened, the newest first. */
  runs: Run[] = [];
  /** Patterns of private modules that are switched off, by variable. */
  readonly switchedOff = new Map<string, string[]>();
  /** What was planned for the caches, by its id. */
  readonly cachePlans = new Map<string, CachePlan>();
  /** What was there before whole caches were set aside. */
  readonly cachesBefore = new Map<string, Pick<CacheWorld, "caches" | "versions">>();
  readonly #plans = new Map<string, Planned>();
  readonly #befores = new Map<string, Before>();
  #next = 1;

  constructor(readonly scenario: Scenario) {
    const { profile_plan } = this.handlers();
    for (const id of scenario.profiles.used) this.#apply(profile_plan(id).id, []);
  }

  handlers(): Handlers {
    return {
      overview_read: () => this.overview(),
      shell_ask: () => {
        this.asked = true;
        return this.overview();
      },
      environment_check: ({ name, value }) => check(name, value),
      environment_reveal: (name) => valueIn(this.scenario.file, name) ?? "",
      environment_plan: ({ changes, repairs }) => this.#planFile(changes, repairs),
      startup_plan: ({ assignment }) => this.#planStartup(assignment),
      plan_apply: ({ id, confirmed }) => this.#apply(id, confirmed),
      history_list: () => ({ entries: this.entries, unreadable: 0 }),
      history_undo: (id) => this.planUndo(id),
      settings_change: (wish) => {
        Object.assign(this.settings, wish);
        return this.overview();
      },
      toolchain_use: (id) => {
        const chosen = this.scenario.toolchains.find((toolchain) => toolchain.id === id);
        this.settings.go = chosen?.path ?? null;
        for (const toolchain of this.scenario.toolchains) {
          toolchain.used = chosen ? toolchain === chosen : toolchain.in_terminal;
        }
        return this.overview();
      },
      toolchain_browse: () => null,
      desktop_open: () => null,
      tray_look: () => this.scenario.trays,
      tray_show: (menu) => {
        this.tray = menu;
        return null;
      },
      job_cancel: () => null,
      ...profileHandlers(this),
      ...mirrorHandlers(this),
      ...chainHandlers(this),
      ...cacheHandlers(this),
      ...privateHandlers(this),
      ...projectHandlers(this),
      ...routeHandlers(this),
      ...ownMirrorHandlers(this),
    };
  }

  overview(): Overview {
    if (this.scenario.unreadable) {
      const params = { path: GOENV, reason: "Input/output error (os error 5)" };
      throw new Refusal({ code: "file_unreadable", params, message: "cannot read the GOENV file" });
    }
    const environment = environmentOf(this.scenario);
    const silent = {
      code: "shell_timed_out" as const,
      params: { shell: "zsh", seconds: 10 },
      message: "zsh timed out",
    };
    return {
      environment,
      toolchains: { list: this.scenario.toolchains.map((toolchain) => ({ ...toolchain })), missing: null },
      profiles: profilesOf(this.scenario.profiles, this.scenario.file, environment, this.entries),
      findings: findingsOf(this.scenario, environment),
      last_change: this.entries[0] ?? null,
      shell: !this.asked
        ? { is: "unasked" }
        : this.scenario.shellSilent
          ? { is: "failed", shell: "zsh", failure: silent }
          : { is: "answered", shell: "zsh" },
      settings: { ...this.settings },
      about: {
        version: "0.1.0",
        system: "linux",
        home: "/home/gopher",
        folders: {
          config: "~/.config/gopherdesk",
          state: "~/.local/state/gopherdesk",
          cache: "~/.cache/gopherdesk",
        },
        crash_report: this.scenario.crashReport,
      },
    };
  }

  #planFile(changes: Change[], repairs: number[]): Plan {
    const file = this.scenario.file.flatMap((line, index) => {
      const fault = repairs.includes(index + 1)
        ? this.scenario.faults.find((one) => one.line === index + 1)
        : undefined;
      if (!fault) return [line];
      return fault.repaired === null ? [] : [fault.repaired];
    });
    const cause: Entry["cause"] =
      repairs.length > 0
        ? { code: "repaired", params: { lines: repairs.length } }
        : { code: "edited", params: {} };
    return this.planChanges(changes, cause, file);
  }

  /** Plans to write `changes` into the lines of the GOENV file. */
  planChanges(changes: readonly Change[], cause: Entry["cause"], lines = this.scenario.file): Plan {
    const file = [...lines];
    for (const { name, value } of changes) {
      const at = file.findLastIndex((line) => line.startsWith(`${name}=`));
      if (value === null) file.splice(at, at < 0 ? 0 : 1);
      else if (at < 0) file.push(`${name}=${value}`);
      else file[at] = `${name}=${value}`;
    }
    return this.#plan("environment", GOENV, file, this.scenario.shell, cause);
  }

  #planStartup(assignment: string): Plan {
    const line = this.scenario.shell.find((one) => `${one.path}#${one.name}` === assignment);
    if (!line) throw new Refusal({ code: "assignment_gone", params: {}, message: "the assignment is gone" });
    const shell = this.scenario.shell.filter((one) => one !== line);
    const cause: Entry["cause"] = { code: "commented_out", params: { line: line.line } };
    const plan = this.#plan("startup", line.path, this.scenario.file, shell, cause);
    const text = `export ${line.name}=${line.value}`;
    plan.diff = [
      { kind: "same", text: "# Go", line: line.line - 1 },
      { kind: "removed", text, line: line.line },
      { kind: "added", text: `# ${text} # commented out by Gopherdesk`, line: line.line },
    ];
    return plan;
  }

  planUndo(id: string): Plan {
    const entry = this.entries.find((one) => one.id === id);
    const before = this.#befores.get(id);
    if (!entry || !before)
      throw new Refusal({ code: "unknown_entry", params: { id }, message: "no such entry" });
    const touched = entry.changes.filter(
      ({ name, after }) => entry.kind === "environment" && valueIn(this.scenario.file, name) !== after,
    );
    if (touched.length > 0) {
      const what = touched.map(({ name }) => name);
      throw new Refusal({ code: "drifted", params: { what }, message: "the values moved on" });
    }
    const cause: Entry["cause"] = { code: "undone", params: { entry: id } };
    const plan = this.#plan(entry.kind, entry.path, before.file, before.shell, cause, id);
    if (entry.kind === "startup") plan.diff = before.diff.map(reversed);
    return plan;
  }

  #plan(
    kind: Plan["kind"],
    path: string,
    file: string[],
    shell: Scenario["shell"],
    cause: Entry["cause"],
    undoes: string | null = null,
  ): Plan {
    const id = this.id("p");
    const names = new Set(
      [...this.scenario.file, ...file]
        .map((line) => line.split("=")[0] ?? "")
        .filter((name) => /^[A-Z]/.test(name)),
    );
    const changes = [...names].flatMap((name): PlannedChange[] => {
      const [before, after] = [valueIn(this.scenario.file, name), valueIn(file, name)];
      const line = shell.find((one) => one.name === name);
      return before === after
        ? []
        : [{ name, before, after, shadowed: line ? shadowedBy(line) : null, warnings: [] }];
    });
    const plan: Plan = {
      id,
      kind,
      path,
      diff: diff(this.scenario.file, file),
      changes,
      commands: changes.map(({ name, after }) =>
        after === null ? `go env -u ${name}` : `go env -w ${name}='${after}'`,
      ),
      dangers: changes.flatMap(({ name, after }) => dangerOf(name, after ?? "") ?? []),
    };
    this.#plans.set(id, { plan, file, shell, cause, undoes });
    return plan;
  }

  #apply(id: string, confirmed: string[]): Reply<"plan_apply"> {
    const planned = this.#plans.get(id);
    if (!planned) throw new Refusal({ code: "unknown_plan", params: { id }, message: "no such plan" });
    const { plan, cause } = planned;
    const names = plan.dangers.map(({ name }) => name).filter((name) => !confirmed.includes(name));
    if (names.length > 0)
      throw new Refusal({ code: "unconfirmed", params: { names }, message: "not confirmed" });
    const entry = this.id("e");
    this.#befores.set(entry, { file: this.scenario.file, shell: this.scenario.shell, diff: plan.diff });
    this.scenario.file = planned.file;
    this.scenario.shell = planned.shell;
    if (cause.code === "repaired") {
      this.scenario.faults = [];
      this.scenario.failure = null;
    }
    for (const undone of this.entries) if (undone.id === planned.undoes) undone.undone_by = entry;
    const changes = plan.changes.map(({ name, before, after }) => ({ name, before, after }));
    this.entries = [
      {
        id: entry,
        at: new Date().toISOString(),
        cause,
        kind: plan.kind,
        path: plan.path,
        changes,
        undone_by: null,
      },
      ...this.entries,
    ];
    const overview = this.overview();
    const outcomes = plan.changes.map(({ name }): Outcome => {
      const variable = overview.environment.variables.find((one) => one.name === name);
      const shadowed = variable?.shadowed;
      return {
        name,
        value: variable?.value ?? "",
        result: shadowed ? { code: "shadowed", params: { shadowed } } : { code: "in_effect", params: {} },
      };
    });
    return { outcomes, entry, overview };
  }

  id(kind: string): string {
    const id = `${kind}${String(this.#next)}`;
    this.#next += 1;
    return id;
  }
}

function reversed(line: DiffLine): DiffLine {
  const kinds = { same: "same", removed: "added", added: "removed" } as const;
  return { ...line, kind: kinds[line.kind] };
}
