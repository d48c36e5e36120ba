import { describe, expect, test } from "vitest";
import { squarify, type Box } from "./squarify";

const whole: Box = { x: 0, y: 0, width: 600, height: 400 };
const area = ({ width, height }: Box) => width * height;

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

describe("a divided box", () => {
  const weights = [6, 6, 4, 3, 2, 2, 1];
  const boxes = squarify(weights, whole);

  test("gives each weight its share", () => {
    for (const [index, box] of boxes.entries()) {
      const share = (weights[index] ?? 0) / 24;
      expect(area(box) / area(whole), `the share of ${String(weights[index])}`).toBeCloseTo(share, 6);
    }
  });

  test("lies within, and nothing on anything else", () => {
    for (const [index, box] of boxes.entries()) {
      expect(box.x >= -1e-6 && box.x + box.width <= 600 + 1e-6, "within its width").toBe(true);
      expect(box.y >= -1e-6 && box.y + box.height <= 400 + 1e-6, "within its height").toBe(true);
      for (const other of boxes.slice(index + 1))
        expect(overlap(box, other), "two blocks do not share a spot").toBeLessThan(1e-3);
    }
  });

  test("is made of blocks, not of slivers", () => {
    const worst = Math.max(...boxes.map(({ width, height }) => Math.max(width / height, height / width)));
    expect(worst, "as in the paper's example").toBeLessThan(3);
  });
});

describe("what could go wrong", () => {
  test("nothing at all", () => {
    expect(squarify([], whole), "no block").toEqual([]);
  });

  test("weights of nothing get no area, and nothing is not a number", () => {
    const boxes = squarify([5, 0, 0], whole);
    expect(boxes.map(area), "all of it for the one that weighs").toEqual([240_000, 0, 0]);
    expect(boxes.flatMap(Object.values).every(Number.isFinite), "numbers throughout").toBe(true);
  });

  test("a box without room", () => {
    const boxes = squarify([3, 2, 1], { x: 0, y: 0, width: 0, height: 100 });
    expect(boxes.flatMap(Object.values).every(Number.isFinite), "numbers throughout").toBe(true);
  });

  test("two thousand blocks keep their areas", () => {
    const weights = Array.from({ length: 2000 }, (_, index) => 2000 - index);
    const boxes = squarify(weights, whole);
    const all = boxes.reduce((sum, box) => sum + area(box), 0);
    expect(all / area(whole), "the whole box is used").toBeCloseTo(1, 6);
  });
});
