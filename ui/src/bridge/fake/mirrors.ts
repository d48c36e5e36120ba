import type { Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Change, Commands, Failure, Mirror, Mirrors, Proof, ProofEvent, ProveChain } from "../wire";
import { environmentOf, mask } from "./environment";
import { shippedMirrors, type KnownMirror } from "./mirrorList";
import { pastRuns, type Past } from "./mirrorRuns";
import type { Behaviour } from "./mirrorScript";
import type { World } from "./world";

/** What the example knows of mirrors, and how they behave. */
export type MirrorWorld = {
  own: KnownMirror[];
  /** Ids in the user's order; what is not named comes last. */
  order: string[];
  behaves: Record<string, Behaviour>;
  /** Why the user's own cannot be read. */
  trouble: Failure | null;
  /** The network changes during a test. */
  interrupted: boolean;
  /** Why no test is begun. */
  refused: Failure | null;
  /** The tests before the window opened, the newest first. */
  past: Past[];
};

export const noMirrors: MirrorWorld = {
  own: [],
  order: [],
  behaves: {},
  trouble: null,
  interrupted: false,
  refused: null,
  past: [],
};

type Names = "mirror_list" | "mirror_runs" | "mirror_use";
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

/** Every mirror with its raw address, in the user's order. */
export function knownMirrors({ own, order, trouble }: MirrorWorld): KnownMirror[] {
  const all = [...(trouble ? [] : own), ...shippedMirrors];
  const place = new Map(order.map((id, index) => [id, index]));
  return all.toSorted((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length));
}

/** Every mirror as the core would tell it. */
export function mirrorsOf({ scenario }: World): Mirror[] {
  const goproxy = environmentOf(scenario).variables.find(({ name }) => name === "GOPROXY")?.value ?? "";
  const plain = (url: string) => mask(url).replace(/\/$/, "");
  const used = goproxy.split(/[,|]/).map(plain);
  return knownMirrors(scenario.mirrors).map((one) => ({
    ...one,
    url: mask(one.url),
    used: used.includes(plain(one.url)),
  }));
}

/** The answer of every command that changes the list. */
export function listOf(world: World): Mirrors {
  return { list: mirrorsOf(world), trouble: world.scenario.mirrors.trouble };
}

/** What the core does with mirrors, on those of an example. */
export function mirrorHandlers(world: World): Handlers {
  const run = () => ({ ...world.scenario.mirrors, mirrors: mirrorsOf(world) });
  return {
    mirror_list: () => listOf(world),
    mirror_runs: () => ({ list: [...world.runs, ...pastRuns(run(), world.scenario.mirrors.past)] }),
    mirror_use: ({ mirrors, direct, gosumdb }) => {
      const entries = mirrors.map((id) => {
        const found = knownMirrors(world.scenario.mirrors).find((one) => one.id === id);
        if (!found)
          throw new Refusal({ code: "unknown_mirror", params: { mirror: id }, message: "no such mirror" });
        return found.url;
      });
      const goproxy = [...entries, ...(direct ? ["direct"] : [])].join(",");
      const changes: Change[] = [{ name: "GOPROXY", value: goproxy }];
      if (gosumdb !== null) changes.push({ name: "GOSUMDB", value: gosumdb });
      return world.planChanges(changes, { code: "edited", params: {} });
    },
  };
}

/** Downloads through what is in effect; `until` ends it. */
export async function prove(
  { scenario }: World,
  wish: ProveChain,
  tell: (event: ProofEvent) => void,
  until: Promise<"done" | "cancelled">,
): Promise<Proof> {
  const module = wish.module ?? "rsc.io/quote@v1.5.2";
  tell({ event: "fetching", module });
  const cancelled = (await until) === "cancelled";
  const { variables } = environmentOf(scenario);
  const inEffect = (name: string) => {
    const found = variables.find((one) => one.name === name);
    return mask(found?.shadowed?.value ?? found?.value ?? "");
  };
  const [goproxy, gosumdb] = [inEffect("GOPROXY"), inEffect("GOSUMDB")];
  const failure = cancelled ? null : scenario.profiles.fetch;
  return { module, elapsed_ms: cancelled ? 0 : 1432, goproxy, gosumdb, failure, cancelled };
}
