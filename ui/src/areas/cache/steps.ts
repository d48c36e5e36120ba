import type { Cost, Offer, Tier } from "../../bridge/wire";

export const STEPS = ["safe", "versions", "rebuilt", "everything"] as const;
export type StepId = (typeof STEPS)[number];
type TierName = Tier["tier"];

/** Offers of one tier, which differ in a number of days or of versions. */
export type Choice = { tier: TierName; offers: readonly Offer[] };
export type Step = {
  id: StepId;
  choices: readonly Choice[];
  /** Its choices may name the same things, so that their sum is the most it can be. */
  overlaps: boolean;
};

/** Which tiers stand in which step, the safest first, and which of them are meant unless the user says otherwise. */
const CONTENTS: Record<StepId, readonly { tier: TierName; usual: boolean }[]> = {
  safe: [
    { tier: "trees", usual: true },
    { tier: "leftovers", usual: true },
    { tier: "clones", usual: false },
  ],
  versions: [
    { tier: "unused", usual: true },
    { tier: "older", usual: false },
    { tier: "stale", usual: false },
    { tier: "toolchains", usual: false },
  ],
  rebuilt: [
    { tier: "builds", usual: true },
    { tier: "tests", usual: true },
    { tier: "tools", usual: false },
    { tier: "fuzz", usual: false },
  ],
  everything: [
    { tier: "builds", usual: true },
    { tier: "modules", usual: true },
  ],
};

const takesAll = ({ tier }: Offer) => tier.tier === "builds" && tier.days === 0;

/** What can be freed, in four steps; a tier that would free nothing is left out. */
export function stepsOf(offers: readonly Offer[]): Step[] {
  return STEPS.map((id) => {
    const choices = CONTENTS[id].flatMap(({ tier }): Choice[] => {
      const all = offers.filter((offer) => offer.tier.tier === tier);
      // everything that was built has a step of its own
      const mine = tier === "builds" ? all.filter((offer) => takesAll(offer) === (id === "everything")) : all;
      return mine.some(({ size }) => size.bytes > 0) ? [{ tier, offers: mine }] : [];
    });
    return { id, choices, overlaps: id === "versions" };
  });
}

export function usual(step: StepId, tier: TierName): boolean {
  return CONTENTS[step].some((one) => one.tier === tier && one.usual);
}

/** The number in which offers of a tier differ; none where they do not. */
export function parameter(tier: Tier): number | null {
  if (tier.tier === "older") return tier.keep;
  return tier.tier === "stale" || tier.tier === "builds" ? tier.days : null;
}

/** What is meant of a choice: the number the user chose, else the most careful one that frees something. */
export function chosen({ offers }: Choice, number: number | null): Offer | undefined {
  const careful = offers.toSorted((a, b) => (parameter(b.tier) ?? 0) - (parameter(a.tier) ?? 0));
  return (
    offers.find(({ tier }) => number !== null && parameter(tier) === number) ??
    careful.find(({ size }) => size.bytes > 0) ??
    offers[0]
  );
}

const NOTHING: Cost = { extract: 0, download: 0, download_bytes: 0, clone: 0, rebuild: false, lost: false };

/** What several offers cost together. */
export function costOf(offers: readonly Offer[]): Cost {
  const together: Cost = { ...NOTHING };
  for (const { cost } of offers) {
    together.extract += cost.extract;
    together.download += cost.download;
    together.download_bytes += cost.download_bytes;
    together.clone += cost.clone;
    together.rebuild ||= cost.rebuild;
    together.lost ||= cost.lost;
  }
  return together;
}

export function bytesOf(offers: readonly Offer[]): number {
  return offers.reduce((sum, { size }) => sum + size.bytes, 0);
}
