import { describe, expect, test } from "vitest";
import { firstShown, TypeAhead } from "./menu";

const labels = ["Domestic", "Overseas", "Company", "Offline", "国内 2"];

describe("letters", () => {
  test("that follow each other belong together, until somebody pauses", () => {
    const typed = new TypeAhead();
    expect(typed.find(labels, 0, "o", 5000), "the next one").toBe(1);
    expect(typed.find(labels, 1, "f", 5200), "a word, not another letter").toBe(3);
    expect(typed.find(labels, 3, "c", 9000), "a new word").toBe(2);
    expect(typed.find(labels, 2, "x", 9100), "nothing is called so").toBeNull();
  });

  test("one letter again and again goes round", () => {
    const typed = new TypeAhead();
    const first = typed.find(labels, 0, "o", 5000);
    expect(first).toBe(1);
    expect(typed.find(labels, 1, "o", 5100), "the next with it").toBe(3);
    expect(typed.find(labels, 3, "o", 5200), "and round").toBe(1);
  });
});

test("a long list is drawn around the focus, and not beyond its ends", () => {
  expect(firstShown(5000, 0, 50)).toBe(0);
  expect(firstShown(5000, 2500, 50)).toBe(2475);
  expect(firstShown(5000, 4999, 50)).toBe(4950);
  expect(firstShown(4, 3, 50), "a short one whole").toBe(0);
});
