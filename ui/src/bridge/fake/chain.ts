import type { Reply } from "../bridge";
import type {
  ChainEntry,
  ChainProblem,
  ChainText,
  ChainView,
  Change,
  Commands,
  MirrorAnswer,
  Rehearsal,
  Then,
} from "../wire";
import { environmentOf, mask } from "./environment";
import { mirrorsOf } from "./mirrors";
import type { World } from "./world";

type Names = "chain_read" | "chain_plan" | "chain_rehearse";
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

const MISSING: readonly MirrorAnswer[] = ["not_found", "gone"];

function inEffect({ scenario }: World, name: string): string {
  const found = environmentOf(scenario).variables.find((one) => one.name === name);
  return mask(found?.value ?? "");
}

function textOf(world: World, chain: ChainText): string {
  switch (chain.from) {
    case "in_effect":
      return inEffect(world, "GOPROXY");
    case "text":
      return chain.goproxy;
    case "entries":
      return chain.entries
        .map(({ text, next }, at) =>
          at + 1 === chain.entries.length ? text : text + (next === "on_missing" ? "," : "|"),
        )
        .join("");
  }
}

function read(world: World, goproxy: string): ChainEntry[] {
  const known = mirrorsOf(world);
  const plain = (url: string) => url.replace(/\/$/, "");
  let reached = true;
  const parts = [...goproxy.matchAll(/([^,|]*)([,|]?)/g)].filter(([, text]) => (text ?? "").trim() !== "");
  return parts.map(([, raw, separator], at) => {
    const text = (raw ?? "").trim();
    const entry: ChainEntry = {
      text,
      source:
        text === "direct" ? "direct" : text === "off" ? "off" : /[.:/]/.test(text) ? "mirror" : "unreadable",
      mirror: known.find(({ url }) => plain(url) === plain(text))?.id ?? null,
      next: at + 1 === parts.length ? null : separator === "|" ? "on_any_error" : "on_missing",
      reached,
    };
    if (text === "direct" || text === "off") reached = false;
    return entry;
  });
}

/** The problems that a page has to be able to show, not all that the core knows. */
function problemsOf(entries: ChainEntry[], gosumdb: string): ChainProblem[] {
  return entries.flatMap((one, at): ChainProblem[] => {
    const without = entries.filter((other) => other !== one);
    const goproxy = without
      .map(({ text, next }, place) =>
        place + 1 === without.length ? text : text + (next === "on_any_error" ? "|" : ","),
      )
      .join("");
    const fix = without.length === 0 ? null : { goproxy, gosumdb };
    const params = { entry: one.text };
    if (one.source === "unreadable")
      return [{ problem: { code: "proxy_without_scheme", params }, entry: at, refused: true, fix }];
    if (!one.reached)
      return [{ problem: { code: "proxy_unreachable", params }, entry: at, refused: false, fix }];
    return [];
  });
}

function viewOf(world: World, chain: ChainText, gosumdb: string | null): ChainView {
  const goproxy = textOf(world, chain);
  const entries = read(world, goproxy);
  const sumdb = gosumdb ?? inEffect(world, "GOSUMDB");
  return { goproxy, gosumdb: sumdb, entries, error: null, problems: problemsOf(entries, sumdb) };
}

/** Walks the list once; the core knows every request apart. */
function rehearse(entries: ChainEntry[], answers: readonly MirrorAnswer[]): Rehearsal {
  const steps: Rehearsal["steps"] = [];
  let ending: Rehearsal["ending"] | null = null;
  for (const [entry, { source, next, reached }] of entries.entries()) {
    const answer = answers[entry] ?? "ok";
    const asked = reached && ending === null && source !== "off";
    let then: Then = "not_asked";
    if (asked && answer === "ok") [then, ending] = ["served", { code: "served", params: { entry } }];
    else if (asked && answer === "silence") [then, ending] = ["hangs", { code: "hangs", params: { entry } }];
    else if (asked && MISSING.includes(answer)) then = "goes_on_missing";
    else if (asked && next === "on_any_error") then = "goes_on_error";
    else if (asked) [then, ending] = ["stops", { code: "ended", params: { entry } }];
    steps.push({ entry, asked, then });
  }
  return {
    steps,
    ending: ending ?? { code: "missing", params: {} },
    said: ending?.code === "served" ? "" : "go: rsc.io/quote@v1.5.2: reading …: 404 Not Found",
    wait_seconds: ending?.code === "hangs" ? null : 0,
    told: steps.filter(({ asked }) => asked).map(({ entry }) => entry),
    private: false,
  };
}

/** What the core does with a chain that is being built. */
export function chainHandlers(world: World): Handlers {
  return {
    chain_read: ({ chain, gosumdb }) => viewOf(world, chain, gosumdb),
    chain_rehearse: ({ goproxy, answers }) => rehearse(read(world, goproxy), answers),
    chain_plan: ({ goproxy, gosumdb }) => {
      const changes: Change[] = [{ name: "GOPROXY", value: goproxy }];
      if (gosumdb !== null) changes.push({ name: "GOSUMDB", value: gosumdb });
      return world.planChanges(changes, { code: "edited", params: {} });
    },
  };
}
