import { describe, expect, test } from "vitest";
import { pastRuns } from "../../bridge/fake/mirrorRuns";
import { scenarios } from "../../bridge/fake/scenarios";
import { World } from "../../bridge/fake/world";
import { mirrorsOf } from "../../bridge/fake/mirrors";
import type { Run } from "../../bridge/wire";
import { adviceOf, startingRuns, trendOf } from "./pastRuns";

const world = new World(structuredClone(scenarios.mirrors));
const all = { mirrors: mirrorsOf(world), behaves: world.scenario.mirrors.behaves };
const TESTABLE = 7;

function run(hours: number, here = true, only: string | null = null): Run {
  const mirrors = all.mirrors.filter(({ id }) => only === null || id === only);
  const [made] = pastRuns({ ...all, mirrors }, [{ hours, here, factor: 1 }]);
  if (!made) throw new Error("one run was asked for");
  return made;
}

describe("where the table begins", () => {
  test("the newest run of all, and the runs of a few since then", () => {
    const runs = [run(1, true, "aliyun"), run(2), run(30)];
    expect(startingRuns(runs, TESTABLE), "not the one before").toEqual(runs.slice(0, 2));
  });

  test("runs on another network count only where there is no other", () => {
    const away = run(1, false);
    const home = run(50);
    expect(startingRuns([away, home], TESTABLE), "what is true here").toEqual([home]);
    expect(startingRuns([away], TESTABLE), "better than nothing").toEqual([away]);
  });
});

describe("the recommended chain", () => {
  test("is not of a run of one mirror", () => {
    const runs = [run(1, true, "aliyun"), run(2)];
    expect(adviceOf(runs, TESTABLE)?.chain.mirrors, "of the run of all").toEqual(["goproxy-cn", "aliyun"]);
  });

  test("is of a run of a few where there was no other yet", () => {
    expect(adviceOf([run(1, true, "aliyun")], TESTABLE)?.chain.mirrors, "of what was chosen").toEqual([
      "aliyun",
    ]);
  });

  test("is none when the newest run found no sound mirror, whatever was so before", () => {
    const nothing = run(1);
    nothing.report.recommended = null;
    expect(adviceOf([nothing, run(2)], TESTABLE), "the older one is not true any more").toBeNull();
  });

  test("stays when a run was stopped before it could recommend anything", () => {
    const stopped = run(1);
    Object.assign(stopped.report, { recommended: null, cancelled: true });
    expect(adviceOf([stopped, run(2)], TESTABLE)?.chain.mirrors.length, "of the run before").toBe(2);
  });
});

test("a trend is of this network, the oldest first", () => {
  const points = trendOf([run(1), run(2, false), run(3)], "aliyun");
  expect(points.length, "without the other network").toBe(2);
  expect((points[0]?.at ?? 0) < (points[1]?.at ?? 0), "in the order of time").toBe(true);
  expect(trendOf([run(1)], "golang-org"), "it never answered").toEqual([]);
});
