import { describe, expect, test } from "vitest";
import type { MirrorReport, Verdict } from "../../bridge/wire";
import { emptyRow } from "../../bridge/fake/mirrorScript";
import { hasFailed, linksOf, ranked, settled } from "./standing";

const IDS = ["a", "b", "c", "d", "e"];

function rows(known: Record<string, Partial<MirrorReport>>): Map<string, MirrorReport> {
  return new Map(Object.entries(known).map(([id, more]) => [id, { ...emptyRow(id, ""), ...more }]));
}

const sound = (projected_ms: number): Partial<MirrorReport> => ({
  stage: { stage: "done" },
  sound: true,
  verdict: { code: "sound", params: {} },
  projected_ms,
});
const ended = (verdict: Verdict): Partial<MirrorReport> => ({ stage: { stage: "done" }, verdict });
const page: Verdict = { code: "web_page", params: {} };

describe("the rank", () => {
  test("follows the projected time, not the latency", () => {
    const known = rows({ a: sound(5000), b: sound(900), c: sound(1200) });
    expect(ranked(known, IDS), "the shortest download first").toEqual(["b", "c", "a"]);
  });

  test("never holds what is not sound, however fast it answers", () => {
    const known = rows({ a: sound(5000), b: { ...ended(page), projected_ms: 1 }, c: { projected_ms: 2 } });
    expect(ranked(known, IDS), "only what was verified").toEqual(["a"]);
  });
});

describe("the order that is shown", () => {
  test("ranked, then not decided, then failed", () => {
    const known = rows({ a: ended(page), c: sound(1), d: { stage: { stage: "sampling" } } });
    expect(settled(IDS, ["c"], known), "each part in the user's order").toEqual(["c", "b", "d", "e", "a"]);
  });

  test.each<[Verdict, boolean]>([
    [page, true],
    [{ code: "refused", params: { address: "h:1" } }, true],
    [{ code: "slower_than", params: { seconds: "1.2" } }, true],
    [{ code: "stopped", params: {} }, false],
    [{ code: "not_downloaded", params: {} }, false],
    [{ code: "budget_used_up", params: {} }, false],
  ])("%o has failed: %s", (verdict, failed) => {
    expect(hasFailed({ ...emptyRow("a", ""), ...ended(verdict) })).toBe(failed);
  });

  test("what is still being tested has not failed", () => {
    expect(hasFailed({ ...emptyRow("a", ""), verdict: page }), "its last word is not spoken").toBe(false);
  });
});

describe("the links of a chain", () => {
  test("have what stands before them", () => {
    expect(linksOf("https://a,https://b|direct")).toEqual([
      { entry: "https://a", separator: null },
      { entry: "https://b", separator: "," },
      { entry: "direct", separator: "|" },
    ]);
  });

  test("leave out what is empty, as Go does", () => {
    expect(linksOf(",https://a,,direct").map(({ entry }) => entry)).toEqual(["https://a", "direct"]);
    expect(linksOf(",https://a")[0]?.separator, "nothing is before the first").toBeNull();
  });
});
