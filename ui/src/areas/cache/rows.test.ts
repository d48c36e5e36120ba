import { describe, expect, test } from "vitest";
import { usedCaches } from "../../bridge/fake/cacheWorld";
import type { CachedVersion, UsingProject } from "../../bridge/wire";
import { matching, modulesOf, rowsOf, sorted, versionsOf, type SortKey } from "./rows";

const size = (bytes: number, files = 1) => ({ bytes, apparent: bytes, files, estimated: false });
const version = (module: string, name: string, bytes: number, more: Partial<CachedVersion> = {}) => ({
  id: `m:${module}@${name}`,
  cache: "m",
  module,
  version: name,
  state: "whole" as const,
  tree: size(bytes),
  download: null,
  size: size(bytes),
  published: null,
  fetched: null,
  used: null,
  used_by: [],
  ...more,
});
const projects: UsingProject[] = [
  { id: "p", name: "Billing", path: "~/billing", source: { source: "build_list" } },
];
const versions: CachedVersion[] = [
  version("b.example/x", "v1.2.0", 30, { used_by: [0], published: "2026-02-01T00:00:00Z" }),
  version("b.example/x", "v1.1.0", 20, { used: "2026-03-01T00:00:00Z" }),
  version("a.example/y", "v0.1.0", 40),
];
const groups = modulesOf(versions);
const names = (found: { module: string }[]) => found.map(({ module }) => module);

describe("modules", () => {
  test("hold their versions, with sums and the newest times", () => {
    expect(names(groups), "in the order in which they come").toEqual(["b.example/x", "a.example/y"]);
    expect(groups[0], "both versions together").toMatchObject({ bytes: 50, files: 2, usedBy: [0] });
    expect(groups[0]?.published, "of the newest").toBe(Date.parse("2026-02-01T00:00:00Z"));
    expect(groups[0]?.used, "the last time any was read").toBe(Date.parse("2026-03-01T00:00:00Z"));
    expect(groups[1]?.used, "unknown is not 1970").toBe(0);
  });

  test("a time that is none is unknown", () => {
    const [group] = modulesOf([version("c.example", "v1.0.0", 1, { used: "yesterday" })]);
    expect(group?.used).toBe(0);
  });
});

describe("a search", () => {
  const found = (query: string, wanted: "all" | "used" | "unused" = "all") =>
    matching(groups, query, wanted, projects).map(({ module, versions: some }) => [module, some.length]);

  test("finds a part of a path, with all its versions", () => {
    expect(found("EXAMPLE/X")).toEqual([["b.example/x", 2]]);
  });

  test("finds one version, and counts it alone", () => {
    expect(found("v1.1")).toEqual([["b.example/x", 1]]);
    expect(matching(groups, "v1.1", "all", projects)[0]?.bytes, "its size alone").toBe(20);
  });

  test("finds what a project uses", () => {
    expect(found("billing")).toEqual([["b.example/x", 1]]);
  });

  test("wants every word", () => {
    expect(found("example v0.1")).toEqual([["a.example/y", 1]]);
    expect(found("y v1.2")).toEqual([]);
  });

  test("can want only what no project uses, and only what one does", () => {
    expect(found("", "unused")).toEqual([
      ["b.example/x", 1],
      ["a.example/y", 1],
    ]);
    expect(found("", "used")).toEqual([["b.example/x", 1]]);
  });
});

describe("an order", () => {
  test.each<[SortKey, boolean, string[]]>([
    ["module", false, ["a.example/y", "b.example/x"]],
    ["module", true, ["b.example/x", "a.example/y"]],
    ["bytes", true, ["b.example/x", "a.example/y"]],
    ["bytes", false, ["a.example/y", "b.example/x"]],
    ["versions", true, ["b.example/x", "a.example/y"]],
    ["projects", false, ["a.example/y", "b.example/x"]],
  ])("by %s, descending: %s", (by, descending, wanted) => {
    expect(names(sorted(groups, { by, descending }))).toEqual(wanted);
  });

  test("what is equal stays by path", () => {
    const equal = modulesOf([version("z.example", "v1.0.0", 1), version("a.example", "v1.0.0", 1)]);
    expect(names(sorted(equal, { by: "bytes", descending: true }))).toEqual(["a.example", "z.example"]);
  });
});

describe("rows", () => {
  test("an open module is followed by its versions", () => {
    const rows = rowsOf(groups, new Set(["b.example/x"]));
    expect(rows.map(({ id }) => id)).toEqual([
      "b.example/x",
      "m:b.example/x@v1.2.0",
      "m:b.example/x@v1.1.0",
      "a.example/y",
    ]);
    expect(
      rows.map((row) => versionsOf(row).length),
      "what a row stands for",
    ).toEqual([2, 1, 1, 1]);
  });

  test("twenty thousand versions have a row for each when all is open", () => {
    const many = modulesOf(usedCaches(20_000).versions);
    const rows = rowsOf(many, new Set(names(many)));
    const all = many.reduce((sum, group) => sum + group.versions.length, 0);
    expect(rows.length, "modules and versions").toBe(all + many.length);
    expect(new Set(rows.map(({ id }) => id)).size, "each by a name of its own").toBe(rows.length);
  });
});
