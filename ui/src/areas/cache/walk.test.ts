import { describe, expect, test } from "vitest";
import { versionsOf } from "../../bridge/fake/cacheWorld";
import { modulesOf, rowsOf } from "./rows";
import { walked, type Walked } from "./walk";

const groups = modulesOf(versionsOf("m1"));
const first = groups[0];
// the first module is open: its versions are rows 1 to 7
const rows = rowsOf(groups, new Set([first?.module ?? ""]));
const last = rows.length - 1;
const held = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const press = (key: string, at: number, keys: Partial<typeof held> = {}) =>
  walked({ ...held, ...keys, key }, { at, rows, page: 10 });

describe("keys of the table", () => {
  test.each<[string, number, Walked | null]>([
    ["ArrowDown", 0, { is: "go", to: 1, range: false }],
    ["ArrowDown", last, { is: "go", to: last, range: false }],
    ["ArrowUp", 0, { is: "go", to: 0, range: false }],
    ["PageDown", 3, { is: "go", to: 13, range: false }],
    ["PageUp", 3, { is: "go", to: 0, range: false }],
    ["Home", 9, { is: "go", to: 0, range: false }],
    ["End", 0, { is: "go", to: last, range: false }],
    ["ArrowRight", 8, { is: "open", open: true }],
    ["ArrowRight", 0, { is: "go", to: 1, range: false }],
    ["ArrowRight", 1, null],
    ["ArrowLeft", 0, { is: "open", open: false }],
    ["ArrowLeft", 5, { is: "go", to: 0, range: false }],
    ["ArrowLeft", 8, null],
    ["Enter", 0, { is: "open", open: false }],
    ["Enter", 2, null],
    [" ", 2, { is: "tick", range: false }],
    ["x", 2, null],
  ])("%s in row %i", (key, at, does) => {
    expect(press(key, at)).toEqual(does);
  });

  test("Shift makes a range of it", () => {
    expect(press("ArrowDown", 2, { shiftKey: true })).toEqual({ is: "go", to: 3, range: true });
    expect(press(" ", 2, { shiftKey: true })).toEqual({ is: "tick", range: true });
  });

  test("Ctrl A takes all, and other commands stay the window's", () => {
    expect(press("a", 2, { ctrlKey: true })).toEqual({ is: "all" });
    expect(press("k", 2, { ctrlKey: true })).toBeNull();
  });

  test("an empty table has no keys", () => {
    expect(walked({ ...held, key: "ArrowDown" }, { at: 0, rows: [], page: 10 })).toBeNull();
  });
});
