import { describe, expect, test } from "vitest";
import { buildCache, moduleCache, usedCaches, versionsOf } from "../../bridge/fake/cacheWorld";
import { canDrill, moduleBlocks, partBlocks, versionBlocks } from "./blocks";
import { modulesOf, TOOLCHAIN } from "./rows";

const groups = modulesOf(usedCaches().versions);

describe("the map", () => {
  test("shows each part of all caches together, the largest first", () => {
    const versions = versionsOf("m1");
    const two = [moduleCache("m1", "~/go/pkg/mod", versions), moduleCache("m2", "~/old", versions)];
    const blocks = partBlocks([...two, buildCache("b1")]);
    const trees = blocks.find(({ part }) => part === "trees");
    const one = two[0]?.parts.find(({ part }) => part === "trees");
    expect(trees?.bytes, "both caches").toBe(2 * (one?.size.bytes ?? 0));
    const sizes = blocks.map(({ bytes }) => bytes);
    expect(sizes, "the largest first").toEqual(sizes.toSorted((a, b) => b - a));
  });

  test("opens what is known version by version", () => {
    expect(canDrill("trees")).toBe(true);
    expect(canDrill("results"), "the build cache has no names").toBe(false);
  });

  test("draws no slivers, and loses nothing by it", () => {
    const blocks = moduleBlocks(groups, "trees");
    const rest = blocks.at(-1);
    expect(blocks.length, "the large ones and the rest").toBeLessThan(42);
    expect(rest?.name, "the rest has no name").toBeNull();
    const all = groups
      .filter(({ module }) => module !== TOOLCHAIN)
      .flatMap(({ versions }) => versions)
      .reduce((sum, { tree }) => sum + (tree?.bytes ?? 0), 0);
    expect(
      blocks.reduce((sum, { bytes }) => sum + bytes, 0),
      "every byte is in a block",
    ).toBe(all);
  });

  test("keeps Go's own versions apart from modules", () => {
    expect(moduleBlocks(groups, "trees").some(({ name }) => name === TOOLCHAIN)).toBe(false);
    const toolchain = groups.find(({ module }) => module === TOOLCHAIN);
    expect(toolchain && versionBlocks(toolchain, "toolchains").length, "each of them").toBe(3);
  });
});
