import { describe, expect, test } from "vitest";
import type { Offer, Tier } from "../../bridge/wire";
import { bytesOf, chosen, costOf, stepsOf, usual } from "./steps";

const free = { extract: 0, download: 0, download_bytes: 0, clone: 0, rebuild: false, lost: false };
const offer = (tier: Tier, bytes: number, cost: Partial<Offer["cost"]> = {}): Offer => ({
  tier,
  size: { bytes, apparent: bytes, files: 1, estimated: false },
  count: 1,
  cost: { ...free, ...cost },
});
const offers = [
  offer({ tier: "trees" }, 600, { extract: 12 }),
  offer({ tier: "leftovers" }, 0),
  offer({ tier: "clones" }, 30, { clone: 2 }),
  offer({ tier: "older", keep: 1 }, 90, { download: 9, download_bytes: 40 }),
  offer({ tier: "older", keep: 3 }, 20, { download: 2, download_bytes: 10 }),
  offer({ tier: "builds", days: 30 }, 0),
  offer({ tier: "builds", days: 7 }, 50, { rebuild: true }),
  offer({ tier: "builds", days: 0 }, 300, { rebuild: true }),
  offer({ tier: "modules" }, 900, { download: 40, download_bytes: 200 }),
];
const [safe, versions, rebuilt, everything] = stepsOf(offers);
const tiers = (step: typeof safe) => step?.choices.map(({ tier }) => tier);

describe("the steps", () => {
  test("begin with what costs no download, and end with everything", () => {
    expect(tiers(safe), "what is empty is left out").toEqual(["trees", "clones"]);
    expect(tiers(versions)).toEqual(["older"]);
    expect(tiers(rebuilt)).toEqual(["builds"]);
    expect(tiers(everything), "all that was built stands here alone").toEqual(["builds", "modules"]);
  });

  test("a sum is only claimed where nothing is counted twice", () => {
    expect(versions?.overlaps, "unused, older and unread name the same versions").toBe(true);
    expect(safe?.overlaps).toBe(false);
  });

  test("only what needs no network is ticked in the first", () => {
    expect(usual("safe", "trees")).toBe(true);
    expect(usual("safe", "clones"), "they are fetched again").toBe(false);
    expect(usual("rebuilt", "fuzz"), "nothing brings it back").toBe(false);
  });

  test("without offers they are there, and empty", () => {
    expect(stepsOf([]).map(({ choices }) => choices.length)).toEqual([0, 0, 0, 0]);
  });
});

describe("a choice with a number", () => {
  const [older] = versions?.choices ?? [];
  const [builds] = rebuilt?.choices ?? [];

  test("is the most careful one that frees something", () => {
    expect(older && chosen(older, null)?.tier).toEqual({ tier: "older", keep: 3 });
    expect(builds && chosen(builds, null)?.tier, "30 days free nothing").toEqual({ tier: "builds", days: 7 });
  });

  test("is what the user chose", () => {
    expect(older && chosen(older, 1)?.tier).toEqual({ tier: "older", keep: 1 });
  });

  test("falls back when what was chosen is not offered any more", () => {
    expect(older && chosen(older, 7)?.tier).toEqual({ tier: "older", keep: 3 });
  });
});

test("costs and sizes of several offers come together", () => {
  const together = offers.slice(0, 5);
  expect(bytesOf(together)).toBe(740);
  expect(costOf(together)).toEqual({ ...free, extract: 12, clone: 2, download: 11, download_bytes: 50 });
  expect(costOf(offers).rebuild, "one of them is enough").toBe(true);
});
