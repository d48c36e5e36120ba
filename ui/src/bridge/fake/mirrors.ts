import type { CallName, Reply } from "../bridge";
import type { Commands, Failure, Mirror } from "../wire";
import { environmentOf } from "./environment";
import { shippedMirrors, type KnownMirror } from "./mirrorList";
import type { Behaviour } from "./mirrorScript";
import type { World } from "./world";

/** What the example knows of mirrors, and how they behave. */
export type MirrorWorld = {
  own: KnownMirror[];
  behaves: Record<string, Behaviour>;
  /** Why the user's own cannot be read. */
  trouble: Failure | null;
  /** The network changes during a test. */
  interrupted: boolean;
  /** Why no test is begun. */
  refused: Failure | null;
};

export const noMirrors: MirrorWorld = {
  own: [],
  behaves: {},
  trouble: null,
  interrupted: false,
  refused: null,
};

type Names = Extract<CallName, `mirror_${string}`>;
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

/** Every mirror in the user's order. */
export function mirrorsOf({ scenario }: World): Mirror[] {
  const goproxy = environmentOf(scenario).variables.find(({ name }) => name === "GOPROXY")?.value ?? "";
  const used = goproxy.split(/[,|]/).map((entry) => entry.replace(/\/$/, ""));
  const own = scenario.mirrors.trouble ? [] : scenario.mirrors.own;
  return [...own, ...shippedMirrors].map((one) => ({
    ...one,
    used: used.includes(one.url.replace(/\/$/, "")),
  }));
}

/** What the core does with mirrors, on those of an example. */
export function mirrorHandlers(world: World): Handlers {
  return {
    mirror_list: () => ({ list: mirrorsOf(world), trouble: world.scenario.mirrors.trouble }),
  };
}
