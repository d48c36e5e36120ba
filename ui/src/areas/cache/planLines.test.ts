import { describe, expect, test } from "vitest";
import type { CacheKind, CachePart, PlanItem } from "../../bridge/wire";
import { groupsOf, linesOf, objectOf } from "./planLines";

const item = (kind: CacheKind, part: CachePart, name: string, bytes: number): PlanItem => ({
  cache: kind,
  kind,
  part,
  name,
  size: { bytes, apparent: bytes, files: 2, estimated: false },
});
const tree = item("modules", "trees", "a.example@v1.0.0", 5);
const zip = item("modules", "downloads", "a.example@v1.0.0", 3);
const large = item("modules", "downloads", "b.example@v1.0.0", 30);
const built = item("build", "results", "~/.cache/go-build", 9);

test("a plan is listed part by part, the largest first", () => {
  const groups = groupsOf([tree, zip, large, built]);
  expect(groups.map(({ part, bytes }) => [part, bytes])).toEqual([
    ["downloads", 33],
    ["results", 9],
    ["trees", 5],
  ]);
  const lines = linesOf(groups).map((line) => (line.is === "group" ? line.group.part : line.item.name));
  expect(lines, "within a part likewise; a part of one is one line").toEqual([
    "downloads",
    large.name,
    zip.name,
    built.name,
    tree.name,
  ]);
});

describe("what the button names", () => {
  test.each<[string, PlanItem[], ReturnType<typeof objectOf>]>([
    ["one part of its own name", [tree], "trees"],
    ["versions are of their cache", [tree, zip], "modules"],
    ["results are the build cache", [built], "build"],
    ["several caches have no common name", [tree, built], null],
    ["nothing has none", [], null],
  ])("%s", (_, items, object) => {
    expect(objectOf(groupsOf(items))).toBe(object);
  });
});
