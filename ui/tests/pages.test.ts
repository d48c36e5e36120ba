import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { Example } from "../src/bridge/fake/example";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { PAGES, type PageId } from "../src/state/navigation.svelte";
import { axeFindings, openWindow } from "./app";

function edited(example: Example) {
  const handlers = example.world.handlers();
  for (const value of ["off", "direct"]) {
    const { id } = handlers.environment_plan({ changes: [{ name: "GOPROXY", value }], repairs: [] });
    handlers.plan_apply({ id, confirmed: [] });
  }
}

describe("overview", () => {
  test.each<[ScenarioName, string]>([
    ["fresh", en.overview.verdict.good("1.26.8")],
    ["good", en.overview.verdict.good("1.26.8")],
    ["shadowed", en.overview.verdict.shadowed("1.26.8", "GOPROXY")],
    ["broken", en.overview.verdict.warning("1.26.8", 1)],
    ["nogo", en.overview.verdict.noGo],
    ["failing", en.overview.verdict.failing],
    ["silent", en.overview.verdict.good("1.26.8")],
  ])("%s: %s", async (scenario, verdict) => {
    await openWindow(scenario);
    expect(await screen.findByRole("heading", { name: verdict }), "the one sentence").toBeTruthy();
  });

  test("without Go the way to one is shown, and the file can still be read", async () => {
    const { user, example } = await openWindow("nogo");
    expect(screen.getByText("GOPRIVATE"), "the settings are there all the same").toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.overview.fix.install_go }));
    expect(example.calls.at(-1), "a name, never an address").toEqual({
      name: "desktop_open",
      args: "go_download",
    });
    await user.click(screen.getByRole("button", { name: shared.en.fixes.choose_go }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(en.shell.pages.settings);
  });

  test("a failing Go is told with its reason, and the broken line can be repaired", async () => {
    const { user } = await openWindow("failing");
    expect(screen.getAllByText(/GOPATH entry is relative/).length, "what go says").toBeGreaterThan(0);
    await user.click(screen.getByRole("button", { name: shared.en.fixes.repair }));
    await user.click(await within(screen.getByRole("dialog")).findByRole("button", { name: en.plan.apply }));
    await user.click(await within(screen.getByRole("dialog")).findByRole("button", { name: en.plan.done }));
    expect(
      screen.getByRole("heading", { name: en.overview.verdict.good("1.26.8") }),
      "Go works again",
    ).toBeTruthy();
  });

  test("the last change can be undone from here", async () => {
    const { user } = await openWindow("fresh", { prepare: edited });
    const last = screen.getByRole("region", { name: en.overview.last.title });
    await user.click(within(last).getByRole("button", { name: en.overview.last.undo }));
    expect(screen.getByRole("dialog", { name: en.plan.titles.undo })).toBeTruthy();
  });

  test("hostile strings stay text", async () => {
    const { container } = await openWindow("hostile");
    expect(container.querySelector("img"), "no element comes from a value").toBeNull();
    expect(container.textContent.includes("\u202e"), "no override reaches the page").toBe(false);
    expect(container.textContent, "it is written out").toContain("\\u202e");
  });
});

describe("history", () => {
  test("lists what was done, newest first, with before and after", async () => {
    await openWindow("fresh", { page: "history", prepare: edited });
    const entries = await screen.findAllByRole("listitem");
    const texts = entries.map((entry) => entry.textContent).filter((text) => text.includes("GOPROXY"));
    expect(texts.length, "two changes").toBe(2);
    expect(texts[0], "the newer one").toMatch(/off[\s\S]*direct/);
  });

  test("an undone change says so and cannot be undone again", async () => {
    const { user } = await openWindow("fresh", { page: "history", prepare: edited });
    await user.keyboard("{Control>}z{/Control}");
    const dialog = within(screen.getByRole("dialog"));
    await user.click(await dialog.findByRole("button", { name: en.plan.applyUndo }));
    await user.click(await dialog.findByRole("button", { name: en.plan.done }));
    expect(await screen.findByText(en.history.undone), "marked").toBeTruthy();
    const main = within(screen.getByRole("main"));
    expect(
      main.getAllByRole("button", { name: /^Undo/ }).length,
      "the undo itself and the first change",
    ).toBe(2);
  });

  test("is inviting when empty, and can be read again when it failed", async () => {
    const { user } = await openWindow("fresh", { page: "history" });
    expect(await screen.findByText(en.history.empty)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.history.toEnvironment }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe(en.shell.pages.environment);
  });

  test("can be read again when it failed", async () => {
    const failure = { code: "store_busy", params: { path: "history.jsonl" }, message: "busy" } as const;
    const prepare = (example: Example) => example.refuse("history_list", failure);
    const { user } = await openWindow("fresh", { page: "history", prepare });
    expect(await screen.findByText(en.history.failed)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: en.parts.retry }));
    expect(await screen.findByText(en.history.empty), "the second reading").toBeTruthy();
  });
});

describe("settings", () => {
  test("another Go is used at once, and automatic comes back", async () => {
    const { user, example } = await openWindow("good", { page: "settings" });
    await user.click(screen.getByRole("radio", { name: /Go 1\.24\.11/ }));
    await waitFor(() => expect(example.world.settings.go, "chosen").toContain("go1.24.11"));
    await user.click(screen.getByRole("radio", { name: en.settings.automatic }));
    await waitFor(() => expect(example.world.settings.go, "follows the terminal").toBeNull());
  });

  test("a Go that does not run is listed with its reason and cannot be chosen", async () => {
    await openWindow("good", { page: "settings" });
    const radio = screen.getByRole<HTMLInputElement>("radio", { name: /Permission denied/ });
    expect(radio.disabled, "it could not answer").toBe(true);
  });

  test("language and theme change at once", async () => {
    const { user } = await openWindow("good", { page: "settings" });
    await user.click(screen.getByRole("radio", { name: en.settings.themes.contrast }));
    await waitFor(() => expect(document.documentElement.dataset.contrast, "on the document").toBe("more"));
    await user.click(screen.getByRole("radio", { name: "中文" }));
    expect(await screen.findByRole("heading", { level: 1, name: "设置" })).toBeTruthy();
  });

  test("the crash report is offered only when there is one", async () => {
    await openWindow("silent", { page: "settings" });
    expect(screen.getByText(en.settings.crash)).toBeTruthy();
  });
});

describe("axe finds nothing", () => {
  // the states in which a page looks different; a longer list has no other roles than a short one
  const everywhere = ["good", "hostile", "silent", "unreadable"] as const;
  const states: Record<PageId, readonly ScenarioName[]> = {
    overview: [...everywhere, "fresh", "shadowed", "nogo", "failing", "broken", "readonly"],
    environment: [...everywhere, "fresh", "shadowed", "nogo", "failing", "broken", "readonly"],
    private: [...everywhere, "nogo", "shadowed"],
    profiles: [...everywhere, "nogo", "profiles", "outranked", "cacheless", "damaged", "newer", "crowd"],
    mirrors: [
      ...everywhere,
      "nogo",
      "mirrors",
      "ownMirrors",
      "tested",
      "elsewhere",
      "deadMirror",
      "mirrorsDamaged",
    ],
    cache: [
      ...everywhere,
      "caches",
      "cachesEmpty",
      "cachesRefused",
      "cachesAside",
      "cachesAlone",
      "cachesUnread",
    ],
    history: ["fresh", "good"],
    settings: [...everywhere, "nogo"],
  };
  const cases = (["en", "zh"] as const).flatMap((lang) =>
    PAGES.flatMap((page) => states[page].map((scenario) => [lang, page, scenario] as const)),
  );
  test.each(cases)("%s %s %s", async (lang, page, scenario) => {
    await openWindow(scenario, {
      lang,
      page,
      ...(page === "history" && scenario === "good" ? { prepare: edited } : {}),
    });
    expect(await axeFindings(), "roles, names and structure").toEqual([]);
  });

  test.each(["en", "zh"] as const)("in the palette, a preview and its result, in %s", async (lang) => {
    const { user } = await openWindow("shadowed", { lang, prepare: edited });
    await user.keyboard("{Control>}k{/Control}");
    expect(await axeFindings(), "palette").toEqual([]);
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("?");
    expect(await axeFindings(), "shortcuts").toEqual([]);
    await user.click(screen.getByRole("button", { name: /Close|关闭/ }));
    await user.keyboard("{Control>}z{/Control}");
    const apply = await screen.findByRole("button", { name: /Undo the change|撤销这次修改/ });
    expect(await axeFindings(), "preview").toEqual([]);
    await user.click(apply);
    await screen.findByRole("button", { name: /Done|完成/ });
    expect(await axeFindings(), "result").toEqual([]);
  });
});
