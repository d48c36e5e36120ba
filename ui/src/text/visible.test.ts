import { describe, expect, test } from "vitest";
import { pieces, visible } from "./visible";

describe("hidden characters are written out", () => {
  test.each([
    ["\u202e", "\\u202e", "right-to-left override"],
    ["\u2066", "\\u2066", "isolate"],
    ["\u200b", "\\u200b", "zero-width space"],
    ["\u200f", "\\u200f", "right-to-left mark"],
    ["\ufeff", "\\ufeff", "byte order mark"],
    ["\u0000", "\\x00", "NUL"],
    ["\u001b", "\\x1b", "escape"],
    ["\u0085", "\\x85", "next line, of C1"],
    ["\u2028", "\\u2028", "line separator"],
    ["\n", "\\n", "line feed"],
    ["\r", "\\r", "carriage return"],
    ["\t", "\\t", "tab"],
    ["\u{e0041}", "\\u{e0041}", "tag letter"],
    ["\ud800", "\\ud800", "half a surrogate pair"],
  ])("%j becomes %s", (character, escape, name) => {
    expect(visible(`a${character}b`), name).toBe(`a${escape}b`);
  });

  test("what can be seen stays", () => {
    const text = "https://goproxy.cn,direct 中文 é 🐹 <b>&amp;";
    expect(visible(text), "nothing here is hidden").toBe(text);
    expect(pieces(text), "one piece").toEqual([{ is: "plain", text }]);
  });

  test("escapes are pieces of their own, so that they can be marked", () => {
    expect(pieces("a\u202eb"), "three pieces in order").toEqual([
      { is: "plain", text: "a" },
      { is: "escape", text: "\\u202e" },
      { is: "plain", text: "b" },
    ]);
  });
});
