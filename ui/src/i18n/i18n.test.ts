import { describe, expect, test } from "vitest";
import { en } from "./en";
import { Format } from "./format";
import { fill, shared } from "./shared";
import { zh } from "./zh";

type Tree = { [key: string]: string | Tree | ((...given: never[]) => string) };

function leaves(tree: Tree, path: string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "object" ? leaves(value, [...path, key]) : [[...path, key]],
  );
}

const text = (path: string[], tree: Tree): unknown =>
  path.reduce<unknown>((at, key) => (at as Tree)[key], tree);

describe("shared texts", () => {
  const paths = leaves(shared.en);

  test("both languages say the same things", () => {
    expect(
      leaves(shared.zh as unknown as Tree)
        .map(String)
        .sort(),
      "same keys",
    ).toEqual(paths.map(String).sort());
  });

  test("a hole in one language is a hole in the other", () => {
    const holes = (template: unknown) => [...new Set(String(template).match(/\{[a-z_]+\}/g))].sort();
    for (const path of paths) {
      const [english, chinese] = [shared.en, shared.zh].map((one) =>
        holes(text(path, one as unknown as Tree)),
      );
      expect(chinese, path.join(".")).toEqual(english);
    }
  });
});

describe("texts of the window", () => {
  const files = import.meta.glob<string>(
    ["../**/*.{svelte,ts}", "!../**/*.test.ts", "!./en.ts", "!./zh.ts"],
    {
      query: "?raw",
      import: "default",
      eager: true,
    },
  );
  const source = Object.values(files).join("\n");

  test.each(leaves(en as unknown as Tree).map((path) => [path.join(".")]))("%s is used", (joined) => {
    const path = joined.split(".");
    const [parent = "", key = ""] = path.slice(-2);
    const used = new RegExp(`\\.${key}\\b|\\.${parent}\\[`).test(source);
    expect(used, "a text that nothing shows is to be removed").toBe(true);
  });

  test("Chinese is not left in English", () => {
    const same = leaves(en as unknown as Tree).filter((path) => {
      const [english, chinese] = [en, zh].map((one) => text(path, one as unknown as Tree));
      return typeof english === "string" && english === chinese;
    });
    expect(same.map(String), "only the names of the languages are the same").toEqual([
      "palette,toEnglish",
      "palette,toChinese",
    ]);
  });
});

describe("templates", () => {
  test("strings stay apart as values, numbers join the words", () => {
    expect(fill("{path} line {line}: {what}", { path: "~/.zshrc", line: 12, what: ["A", "B"] })).toEqual([
      { is: "value", text: "~/.zshrc" },
      { is: "words", text: " line 12: " },
      { is: "value", text: "A" },
      { is: "words", text: ", " },
      { is: "value", text: "B" },
    ]);
  });

  test("a value that looks like a hole is not filled", () => {
    const [first] = fill("{value}", { value: "{path}", path: "no" });
    expect(first, "values are not templates").toEqual({ is: "value", text: "{path}" });
  });

  test("a hole without a value stays, so that it is noticed", () => {
    expect(fill("a {b}", {}), "no empty sentence").toEqual([{ is: "words", text: "a {b}" }]);
  });
});

describe("amounts", () => {
  const [english, chinese] = [new Format("en"), new Format("zh")];
  const now = new Date(2026, 5, 15, 12, 0).getTime();

  test("bytes", () => {
    expect(english.bytes(0), "no fraction of a byte").toBe("0 B");
    expect(english.bytes(6.1 * 1024 ** 3), "binary units").toBe("6.1 GiB");
    expect(english.bytes(412 * 1024 ** 2), "no false precision").toBe("412 MiB");
  });

  test("durations", () => {
    expect(english.duration(38)).toBe("38 ms");
    expect(chinese.duration(1400)).toBe("1.4 秒");
  });

  test("times", () => {
    expect(english.ago(now - 30_000, now), "under a minute").toBe("now");
    expect(chinese.ago(now - 3 * 86_400_000, now)).toBe("3天前");
    expect(english.day(now, now)).toBe("Today");
    expect(chinese.day(now - 86_400_000, now)).toBe("昨天");
    expect(english.date(new Date(2024, 0, 2, 9, 5).getTime(), now), "another year is named").toContain(
      "2024",
    );
  });

  test("lists", () => {
    expect(english.list(["A", "B", "C"])).toBe("A, B, and C");
    expect(chinese.list(["A", "B"])).toBe("A、B");
  });
});
