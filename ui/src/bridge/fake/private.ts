import type { EventOf, Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Commands, PastedPatterns, PatternChoice, PrivateList, PrivateLists } from "../wire";
import { environmentOf, valueIn } from "./environment";
import type { World } from "./world";

type Names =
  | "private_read"
  | "private_paste"
  | "private_plan"
  | "private_suggest"
  | "private_credentials"
  | "private_forget";
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

export const LISTS = ["GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS"];

/** What projects of the example require. */
const REQUIRED = ["git.corp.example/team/lib", "git.corp.example/team/log", "github.com/pkg/errors"];

function listOf({ scenario, switchedOff }: World, variable: string): PrivateList {
  const found = environmentOf(scenario).variables.find((one) => one.name === variable);
  const own = valueIn(scenario.file, variable) ?? "";
  const follows = own === "" && (variable === "GONOPROXY" || variable === "GONOSUMDB");
  const value = follows ? (valueIn(scenario.file, "GOPRIVATE") ?? "") : own;
  const texts = value.split(",").filter((text) => text !== "");
  const entry = (text: string, enabled: boolean) => {
    const [pattern = "", systems = null] = variable === "GOVCS" ? text.split(":") : [text];
    const covered = REQUIRED.filter((module) => module === pattern || module.startsWith(`${pattern}/`));
    const covers = covered.map((module) => ({ module, projects: ["~/src/shop"] }));
    return { pattern, systems, enabled, problems: [], covers };
  };
  const off = (switchedOff.get(variable) ?? []).filter((text) => !texts.includes(text));
  return {
    variable,
    value,
    follows,
    origin: found?.origin ?? "default",
    shadowed: found?.shadowed ?? null,
    entries: [...texts.map((text) => entry(text, true)), ...off.map((text) => entry(text, false))],
  };
}

function read(world: World): PrivateLists {
  return { lists: LISTS.map((name) => listOf(world, name)), projects: 1, trouble: null };
}

function paste(text: string): PastedPatterns {
  const address = /^(?:[a-z]+:\/\/)?(?:[^@/]+@)?([\w.-]+)(?::\d+)?(?:[:/](.*?))?(?:\.git)?\/?$/.exec(
    text.trim(),
  );
  const [, host = "", path = ""] = address ?? [];
  if (!host.includes(".")) return { found: [], refused: [{ text, why: { code: "not_a_path", params: {} } }] };
  const [owner, ...rest] = path.split("/").filter((element) => element !== "");
  const isPublic = host === "github.com";
  if (isPublic && !owner) {
    return { found: [], refused: [{ text, why: { code: "whole_public_host", params: { host } } }] };
  }
  const choices: PatternChoice[] = isPublic ? [] : [{ patterns: [host], scope: "host" }];
  if (owner) choices.push({ patterns: [`${host}/${owner}`], scope: "group" });
  if (rest.length > 0) choices.push({ patterns: [`${host}/${path}`], scope: "repository" });
  return { found: [{ text, host, public: isPublic, choices }], refused: [] };
}

export function privateHandlers(world: World): Handlers {
  return {
    private_read: () => read(world),
    private_paste: paste,
    private_plan: ({ list, entries }) => {
      const texts = (enabled: boolean) =>
        entries
          .filter((entry) => entry.enabled === enabled)
          .map(({ pattern, systems }) => (systems === null ? pattern : `${pattern}:${systems}`));
      const value = texts(true).join(",");
      world.switchedOff.set(list, texts(false));
      const changes = [{ name: list, value: value === "" ? null : value }];
      return world.planChanges(changes, { code: "edited", params: {} });
    },
    private_suggest: () => {
      const host = "git.corp.example";
      const covered = listOf(world, "GOPRIVATE").entries.some(({ pattern }) => pattern === host);
      const modules = REQUIRED.filter((module) => module.startsWith(`${host}/`));
      const covers = modules.map((module) => ({ module, projects: ["~/src/shop"] }));
      const reasons = [{ code: "inside_name" as const, params: { host } }];
      return {
        patterns: covered ? [] : [{ pattern: host, reasons, covers }],
        covered: covered ? [host] : [],
        projects: 1,
        git: true,
      };
    },
    private_credentials: (named) => {
      const listed = listOf(world, "GOPRIVATE").entries.map(({ pattern }) => pattern.split("/")[0] ?? "");
      const hosts = (named.length > 0 ? named : listed).filter(
        (host) => host.includes(".") && !host.includes("*"),
      );
      const netrc = { kind: "netrc" as const, present: false, place: "~/.netrc" };
      return {
        hosts: hosts.map((host) => ({
          host,
          requests: [netrc],
          git: [netrc, { kind: "git_helper" as const, present: null, place: "store" }],
          rewritten: null,
          go_proxy: null,
          git_proxy: null,
          recipes: [
            {
              kind: "netrc" as const,
              file: "~/.netrc",
              lines: [`machine ${host} login USER password TOKEN`],
            },
          ],
        })),
        goauth_known: true,
        goauth: "netrc",
        git: true,
        exposed: [],
        proxies: { variables: [], git: null },
      };
    },
    private_forget: ({ list, pattern }) => {
      const off = world.switchedOff.get(list) ?? [];
      if (!off.includes(pattern)) {
        const message = "not switched off";
        throw new Refusal({ code: "pattern_not_kept", params: { list, pattern }, message });
      }
      world.switchedOff.set(
        list,
        off.filter((text) => text !== pattern),
      );
      return read(world);
    },
  };
}

/** Every repository of the example is reached. */
export async function checkRepositories(
  { repositories }: Commands["private_check"][0],
  onEvent: (event: EventOf<"private_check">) => void,
): Promise<Reply<"private_check">> {
  const checked = repositories.map((text) => ({
    address: text.includes(":") ? text : `https://${text}`,
    outcome: { code: "reached" as const, params: {} },
  }));
  for (const one of checked) {
    onEvent({ is: "asking", address: one.address });
    await Promise.resolve();
    onEvent({ is: "checked", ...one });
  }
  return { repositories: checked, cancelled: false };
}
