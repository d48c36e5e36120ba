import { expect, test } from "vitest";
import { brought, drawn } from "./drawn";

test("of a long list only what is in sight is drawn", () => {
  const { from, to } = drawn(20_000, 40, 400_000, 600);
  expect(from, "from a little above").toBe(9992);
  expect(to, "to a little below").toBe(10_023);
});

test("a list that became shorter is drawn at its end", () => {
  expect(drawn(10, 40, 400_000, 600), "all of it").toEqual({ from: 0, to: 10 });
});

test("before the room is known something is drawn", () => {
  expect(drawn(20_000, 40, 0, 0).to, "a screenful").toBe(38);
});

test("a row comes into sight, and nothing moves for one that is", () => {
  expect(brought(5, 40, 400, 600, 36), "above: at the top").toBe(200);
  expect(brought(12, 40, 400, 600, 36), "in sight").toBe(400);
  expect(brought(50, 40, 400, 600, 36), "below: at the lower edge").toBe(50 * 40 + 40 + 36 - 600);
});
