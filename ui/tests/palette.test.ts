import { fireEvent, screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { openWindow } from "./app";

const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: en.palette.title });
const titles = () =>
  screen.getAllByRole("option").map((option) => option.querySelector(".title")?.textContent.trim());

async function openPalette() {
  const opened = await openWindow();
  await opened.user.keyboard("{Control>}k{/Control}");
  field().focus();
  return opened;
}

describe("the palette", () => {
  test("offers pages and actions before anything is typed", async () => {
    await openPalette();
    const pages = Object.values(en.shell.pages);
    expect(titles().slice(0, pages.length), "pages first").toEqual(pages);
    expect(titles(), "and what can be done").toContain(en.palette.undo);
  });

  test("finds variables, those that begin with the word first", async () => {
    const { user } = await openPalette();
    await user.keyboard("gop");
    expect(titles()[0], "in the order of the environment").toBe("GOPROXY");
    expect(titles(), "every one that begins so").toContain("GOPRIVATE");
  });

  test("arrows choose, the ends meet, and the choice is announced", async () => {
    const { user } = await openPalette();
    const active = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "");
    expect(active()?.textContent).toContain(en.shell.pages.overview);
    await user.keyboard("{ArrowDown}");
    expect(active()?.textContent).toContain(en.shell.pages.environment);
    expect(active()?.getAttribute("aria-selected")).toBe("true");
    await user.keyboard("{ArrowUp}{ArrowUp}");
    expect(active()?.textContent, "from the first to the last").toContain(en.palette.shortcuts);
  });

  test("Enter goes to the variable", async () => {
    const { user } = await openPalette();
    await user.keyboard("gosumdb{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: en.shell.pages.environment })).toBeTruthy();
    expect(screen.queryByRole("combobox", { name: en.palette.title }), "closed").toBeNull();
  });

  test("Enter of an input method chooses a word, not an entry", async () => {
    const { user } = await openPalette();
    await user.keyboard("gosumdb");
    await fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
    expect(screen.getByRole("heading", { level: 1 }).textContent, "still here").toBe(en.shell.pages.overview);
  });

  test("says when nothing is found", async () => {
    const { user } = await openPalette();
    await user.keyboard("zzzz");
    expect(screen.queryAllByRole("option"), "nothing to choose").toEqual([]);
    expect(screen.getByText(en.palette.none)).toBeTruthy();
    await user.keyboard("{Enter}");
    expect(screen.getByText(en.palette.none), "Enter on nothing does nothing").toBeTruthy();
  });

  test("changes the language without a restart", async () => {
    const { user } = await openPalette();
    await user.keyboard("中文{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: "总览" }), "at once").toBeTruthy();
    expect(document.documentElement.lang, "for fonts and screen readers").toBe("zh-CN");
  });

  test("changes the theme", async () => {
    const { user } = await openPalette();
    await user.keyboard("dark{Enter}");
    await expect
      .poll(() => document.documentElement.dataset.theme, { message: "on the document" })
      .toBe("dark");
  });
});
