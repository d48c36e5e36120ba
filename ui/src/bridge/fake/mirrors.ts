import type { Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Change, Commands, Failure, Mirror, Proof, ProofEvent, ProveChain } from "../wire";
import { environmentOf, mask } from "./environment";
import { shippedMirrors, type KnownMirror } from "./mirrorList";
import { pastRuns, type Past } from "./mirrorRuns";
import type { Behaviour } from "./mirrorScript";
import type { World } from "./world";

/** What the example knows of mirrors, and how they behave. */
export type MirrorWorld = {
  own: KnownMirror[];
  /** Ids in the user's order; what it does not name follows. */
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

/** Every mirror in the user's order. */
export function mirrorsOf({ scenario }: World): Mirror[] {
  const goproxy = environmentOf(scenario).variables.find(({ name }) => name === "GOPROXY")?.value ?? "";
  const used = goproxy.split(/[,|]/).map((entry) => entry.replace(/\/$/, ""));
  const { order, trouble } = scenario.mirrors;
  const own = trouble ? [] : scenario.mirrors.own;
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return [...own, ...shippedMirrors]
    .map((one) => ({ ...one, used: used.includes(one.url.replace(/\/$/, "")) }))
    .sort((one, other) => place(one.id) - place(other.id));
}

/** What the core does with mirrors, on those of an example. */
export function mirrorHandlers(world: World): Handlers {
  const run = () => ({ ...world.scenario.mirrors, mirrors: mirrorsOf(world) });
  return {
    mirror_list: () => ({ list: mirrorsOf(world), trouble: world.scenario.mirrors.trouble }),
    mirror_runs: () => ({ list: [...world.runs, ...pastRuns(run(), world.scenario.mirrors.past)] }),
    mirror_use: ({ mirrors, direct, gosumdb }) => {
      const entries = mirrors.map((id) => {
        const found = mirrorsOf(world).find((one) => one.id === id);
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
