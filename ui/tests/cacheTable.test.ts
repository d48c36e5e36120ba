import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";
import { asked, openCaches, table } from "./caches";

const t = en.cache.table;
const rows = () => table().getAllByRole("row").slice(1);
const names = () => rows().map((row) => within(row).getByRole("rowheader").textContent.trim());
const focused = () => document.activeElement?.getAttribute("data-row");
const selected = () =>
  rows()
    .filter((row) => row.getAttribute("aria-selected") === "true")
    .map((row) => row.getAttribute("data-row"));

describe("the table", () => {
  test("begins with the largest module, and says who uses it and how that is known", async () => {
    await openCaches();
    const [first] = rows();
    expect(names()[0]).toBe("github.com/aws/aws-sdk-go");
    expect(first?.textContent, "its projects").toContain("billing, gateway");
    const operator = rows().find((row) => row.textContent.includes("k8s.io/client-go"));
    expect(operator?.textContent, "known by go.sum only").toContain("operator (go.sum)");
    expect(table().getAllByText(en.cache.usage.noProject).length, "in words").toBeGreaterThan(0);
  });

  test("sorts by each column, and the other way round", async () => {
    const { user } = await openCaches();
    const head = (name: string) => table().getByRole("columnheader", { name });
    await user.click(within(head(t.columns.module)).getByRole("button"));
    expect(head(t.columns.module).getAttribute("aria-sort")).toBe("ascending");
    expect(names()[0], "by path").toBe("example.com/group0/module0");
    await user.click(within(head(t.columns.module)).getByRole("button"));
    expect(head(t.columns.module).getAttribute("aria-sort")).toBe("descending");
    for (const column of [t.columns.versions, t.columns.files, t.columns.published, t.columns.used]) {
      await user.click(within(head(column)).getByRole("button"));
      expect(head(column).getAttribute("aria-sort"), `${column}: the most first`).toBe("descending");
    }
  });

  test("searches in paths, versions and projects, and says what it found", async () => {
    const { user } = await openCaches();
    await user.keyboard("{Control>}f{/Control}");
    await user.keyboard("aws");
    expect(names(), "by path").toEqual(["github.com/aws/aws-sdk-go"]);
    expect(screen.getByText(t.count("1", "7", 1)), "counted").toBeTruthy();
    await user.keyboard("{Control>}f{/Control}{Backspace}nothing like this");
    expect(screen.getByText(t.none("nothing like this"))).toBeTruthy();
    await user.click(screen.getByRole("button", { name: t.all }));
    expect(names().length, "all again").toBeGreaterThan(20);
  });

  test("shows only what no project uses", async () => {
    const { user } = await openCaches();
    await user.click(screen.getByRole("radio", { name: t.wanted.unused }));
    expect(names()[0], "the used versions are not counted").toBe("github.com/aws/aws-sdk-go");
    expect(rows()[0]?.textContent).toContain(en.cache.usage.noProject);
    await user.click(screen.getByRole("radio", { name: t.wanted.used }));
    expect(table().queryByText(en.cache.usage.noProject)).toBeNull();
  });

  test("speaks Chinese", async () => {
    await openCaches("caches", "zh");
    expect(table().getByRole("columnheader", { name: zh.cache.table.columns.used })).toBeTruthy();
    expect(rows()[0]?.textContent).toContain("billing、gateway");
  });

  test("draws a screenful of twenty thousand versions, and knows how many there are", async () => {
    await openCaches("cachesLarge");
    expect(rows().length, "not all of them").toBeLessThan(60);
    const count = Number(screen.getByRole("treegrid").getAttribute("aria-rowcount"));
    expect(count, "as many as there are modules").toBeGreaterThan(5000);
  });
});

describe("by keyboard", () => {
  test("arrows walk, open and close; Space ticks; Shift makes a range", async () => {
    const { user } = await openCaches();
    rows()[0]?.focus();
    await user.keyboard("{ArrowRight}");
    await waitFor(() => expect(names()[1], "its versions").toBe("v1.55.5"));
    await user.keyboard("{ArrowDown}{ArrowDown} ");
    expect(focused()).toBe("2");
    expect(selected(), "one version").toEqual(["2"]);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    expect(selected(), "and the two below it").toEqual(["2", "3", "4"]);
    await user.keyboard("{ArrowLeft}");
    expect(focused(), "to its module").toBe("0");
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(names()[1], "closed").not.toBe("v1.55.5"));
    await user.keyboard("{End}");
    const last = Number(screen.getByRole("treegrid").getAttribute("aria-rowcount")) - 2;
    await waitFor(() =>
      expect(focused(), "the end of a list that is not drawn as a whole").toBe(String(last)),
    );
  });

  test("Ctrl A ticks everything that is found", async () => {
    const { user } = await openCaches();
    rows()[0]?.focus();
    await user.keyboard("{Control>}a{/Control}");
    expect(await screen.findByText(/1,222 versions ticked/), "every version").toBeTruthy();
    await user.click(screen.getByRole("button", { name: t.clear }));
    await waitFor(() => expect(selected()).toEqual([]));
  });

  test("Tab comes to one row, not to hundreds", async () => {
    await openCaches();
    expect(rows().filter(({ tabIndex }) => tabIndex === 0).length).toBe(1);
  });
});

describe("ticked versions", () => {
  test("a range by Shift, a module with all its versions, and the plan of exactly those", async () => {
    const { user, example } = await openCaches();
    const box = (row: number) => within(rows()[row] ?? document.body).getByRole("checkbox");
    await user.click(box(0));
    expect(screen.getByText(/7 versions ticked/), "the module's").toBeTruthy();
    await fireEvent.click(box(2), { shiftKey: true });
    expect(screen.getByText(/13 versions ticked/), "with the two below").toBeTruthy();
    await user.click(within(rows()[1] ?? document.body).getByRole("button"));
    await user.click(box(2));
    const partly = box(1);
    expect(partly instanceof HTMLInputElement && partly.indeterminate, "some of them").toBe(true);
    await user.click(screen.getByRole("button", { name: t.plan }));
    await screen.findByRole("dialog");
    const [wish] = asked(example, "cache_plan") as { versions: string[] }[];
    expect(wish?.versions.length, "what is ticked").toBe(12);
    expect(wish?.versions, "by their rows").toContain("m1:github.com/aws/aws-sdk-go@v1.55.5");
  });
});
