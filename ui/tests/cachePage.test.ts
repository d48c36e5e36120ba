import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { i18n } from "../src/i18n/i18n.svelte";
import { shared } from "../src/i18n/shared";
import { axeFindings, openWindow } from "./app";
import { asked, dialog, map, openCaches, openScanning, step, steps, table } from "./caches";

const t = en.cache;
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const progress = () => screen.getByRole("progressbar", { name: en.shell.jobNames.scan });

describe("a scan", () => {
  test("begins with the page, and says how far it is", async () => {
    const { example, clock } = await openScanning();
    expect(asked(example, "cache_scan"), "once").toEqual([{ caches: [], exact: false }]);
    await clock.to(100);
    await waitFor(() => expect(progress().getAttribute("aria-valuetext"), "in words").toMatch(/^1 of 3/));
    expect(
      map().getByText(shared.en.cache_parts.trees),
      "what is counted is on the map already",
    ).toBeTruthy();
    expect(map().queryByRole("button"), "there is nothing to open yet").toBeNull();
    await clock.to(1000);
    expect(await screen.findByText(/3 caches · counted in/), "what it came to").toBeTruthy();
  });

  test("is stopped, and keeps what was counted", async () => {
    const { user, clock } = await openScanning();
    await clock.to(100);
    await user.click(button(t.head.stop));
    expect(await screen.findByText(t.head.partial), "and says that it is not all").toBeTruthy();
    expect(steps().getAllByRole("region").length, "the rest of the page is there").toBe(5);
  });

  test("goes on while other pages are looked at, and its result stays", async () => {
    const { user, clock, example } = await openScanning();
    await user.keyboard("{Control>}1{/Control}");
    const jobs = screen.getByRole("list", { name: en.shell.jobs });
    expect(await within(jobs).findByText(en.shell.jobNames.scan), "in sight everywhere").toBeTruthy();
    await clock.to(1000);
    await waitFor(() => expect(screen.queryByRole("list", { name: en.shell.jobs }), "done").toBeNull());
    expect(
      await screen.findByRole("heading", { name: en.overview.cache.title }),
      "on the overview",
    ).toBeTruthy();
    await user.keyboard("{Control>}6{/Control}");
    expect(steps().getAllByRole("region").length, "nothing is read again").toBe(5);
    expect(asked(example, "cache_scan").length, "one scan").toBe(1);
  });

  test("the overview scans nothing", async () => {
    const { example } = await openWindow("caches");
    expect(asked(example, "cache_scan")).toEqual([]);
    expect(screen.queryByRole("heading", { name: en.overview.cache.title }), "and claims nothing").toBeNull();
  });

  test("counts exactly when it is asked to", async () => {
    const { user, example } = await openCaches();
    expect(screen.getByText(/worked out from the zips/), "the first is an estimate").toBeTruthy();
    await user.click(button(t.head.exact));
    await waitFor(() => expect(screen.queryByText(/worked out from the zips/), "not this one").toBeNull());
    expect(asked(example, "cache_scan")[1]).toEqual({ caches: [], exact: true });
  });

  test("that fails says why, and can be tried again", async () => {
    const { user, example } = await openWindow("cachesUnread", { page: "cache" });
    expect((await screen.findByRole("alert")).textContent, "the reason").toContain(t.head.failed);
    await user.click(button(t.head.look));
    await waitFor(() => expect(asked(example, "cache_scan").length, "once more").toBe(2));
  });

  test("of nothing says that there is nothing", async () => {
    await openCaches("cachesEmpty");
    expect(screen.getByRole("heading", { name: t.head.empty })).toBeTruthy();
    expect(screen.queryByRole("list", { name: t.steps.label }), "nothing to free").toBeNull();
    expect(screen.getByText(shared.en.cache_conditions.absent), "where it would be").toBeTruthy();
  });
});

describe("the map", () => {
  test("opens a part, then a module, and comes back", async () => {
    const { user } = await openCaches();
    await user.click(map().getByRole("button", { name: /^Extracted sources/ }));
    const modules = await screen.findByRole("list", { name: t.map.within(shared.en.cache_parts.trees) });
    expect(within(modules).getByText(/more$/), "the small ones together").toBeTruthy();
    await user.click(within(modules).getByRole("button", { name: /^github.com\/aws\/aws-sdk-go/ }));
    const versions = await screen.findByRole("list", { name: t.map.within("github.com/aws/aws-sdk-go") });
    expect(within(versions).getByText("v1.55.5"), "its versions").toBeTruthy();
    const crumbs = within(screen.getByRole("navigation", { name: t.map.crumbs }));
    await user.click(crumbs.getByRole("button", { name: shared.en.cache_parts.trees }));
    await user.click(crumbs.getByRole("button", { name: t.map.all }));
    expect(await screen.findByRole("list", { name: t.map.label }), "back at the beginning").toBeTruthy();
  });

  test("goes by keyboard: one stop, arrows, Enter, Backspace", async () => {
    const { user } = await openCaches();
    const tiles = map().getAllByRole("button");
    expect(tiles.filter(({ tabIndex }) => tabIndex === 0).length, "one stop for Tab").toBe(1);
    tiles[0]?.focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement, "the next one").toBe(tiles[1]);
    await user.keyboard("{Home}{Enter}");
    const inner = await screen.findByRole("list", { name: t.map.within(shared.en.cache_parts.trees) });
    expect(inner.contains(document.activeElement), "the keyboard goes on inside").toBe(true);
    await user.keyboard("{Backspace}");
    expect(await screen.findByRole("list", { name: t.map.label })).toBeTruthy();
  });

  test("says each block in words, with its share", async () => {
    await openCaches();
    const tile = map().getByRole("button", { name: /^Extracted sources/ });
    expect(tile.textContent).toMatch(/GiB · [\d,]+ versions\s+\d+%/);
  });
});

describe("the steps", () => {
  test("the first costs no download, and is the one to press", async () => {
    const { user, example } = await openCaches();
    expect(step("safe").getByText(/Nothing to download again/), "what it costs").toBeTruthy();
    await user.click(step("safe").getByRole("button", { name: /^Free / }));
    await screen.findByRole("dialog", { name: t.plan.titles.clean });
    const wish = { tiers: [{ tier: "trees" }, { tier: "leftovers" }], versions: [], caches: [] };
    expect(asked(example, "cache_plan"), "without clones, which need the network").toEqual([wish]);
  });

  test("take what is ticked, with the number that is chosen", async () => {
    const { user, example } = await openCaches();
    const versions = step("versions");
    await user.click(versions.getByRole("checkbox", { name: /no project needs/ }));
    await user.click(versions.getByRole("checkbox", { name: /^All but the newest/ }));
    await user.selectOptions(versions.getByRole("combobox", { name: /newest/ }), "1 version");
    await user.click(versions.getByRole("button", { name: t.steps.see }));
    await screen.findByRole("dialog");
    expect(asked(example, "cache_plan")).toEqual([
      { tiers: [{ tier: "older", keep: 1 }], versions: [], caches: [] },
    ]);
  });

  test("claim no sum of what may be counted twice", async () => {
    const { user } = await openCaches();
    await user.click(step("versions").getByRole("checkbox", { name: /^All but the newest/ }));
    expect(step("versions").getByText(/^up to /), "the most it can be").toBeTruthy();
  });

  test("with nothing ticked there is nothing to press", async () => {
    const { user } = await openCaches();
    for (const box of step("everything").getAllByRole("checkbox")) await user.click(box);
    expect(step("everything").getByText(t.steps.tickOne)).toBeTruthy();
    expect(step("everything").getByRole("button").hasAttribute("disabled")).toBe(true);
  });

  test("a limit is planned, and never kept by itself", async () => {
    const { user, example } = await openCaches();
    const limit = within(steps().getByRole("region", { name: t.limit.title }));
    const field = limit.getByRole("textbox", { name: t.limit.label });
    await user.clear(field);
    await user.type(field, "nothing");
    expect(limit.getByText(t.limit.invalid), "said at once").toBeTruthy();
    await user.clear(field);
    await user.type(field, "500");
    expect(limit.getByText(/kept already/), "nothing to do").toBeTruthy();
    await user.clear(field);
    await user.type(field, "2{Enter}");
    await screen.findByRole("dialog");
    const bytes = 2 * 1024 ** 3;
    expect(asked(example, "cache_plan")).toEqual([
      { tiers: [{ tier: "limit", bytes }], versions: [], caches: [] },
    ]);
  });

  test("without projects nothing is called unused, and one can be added", async () => {
    const { user, example } = await openCaches("cachesAlone");
    expect(step("versions").getByText(t.usage.none), "why").toBeTruthy();
    expect(step("versions").queryByRole("checkbox", { name: /no project needs/ })).toBeNull();
    expect(table().queryByText(t.usage.noProject), "neither in the table").toBeNull();
    await user.click(step("versions").getByRole("button", { name: t.usage.add }));
    await waitFor(() => expect(asked(example, "cache_scan").length, "looked at again").toBe(2));
    expect(asked(example, "project_browse"), "the page names no folder").toEqual([undefined]);
  });

  test("say by which projects they judge, and how", async () => {
    await openCaches();
    expect(step("versions").getByText(t.usage.judged("3", 3))).toBeTruthy();
    expect(step("versions").getByText(t.usage.sums("operator")), "not by the build list").toBeTruthy();
  });
});

describe("every cache", () => {
  test("is there with its place, who uses it, and what is not Go's", async () => {
    await openCaches();
    const list = within(screen.getByRole("region", { name: t.caches.title }));
    expect(list.getByText("~/go/pkg/mod")).toBeTruthy();
    expect(list.getByText("used by go1.24.11"), "another Go").toBeTruthy();
    expect(list.getByText("notes.txt"), "left alone").toBeTruthy();
  });

  test("that is refused says why in words", async () => {
    await openCaches("cachesRefused");
    const list = within(screen.getByRole("region", { name: t.caches.title }));
    expect(list.getByText(/is on a network disk/)).toBeTruthy();
    expect(list.getByText(/runs as the administrator/)).toBeTruthy();
  });
});

describe("axe finds nothing", () => {
  test.each(["en", "zh"] as const)("on the whole page, its map and its table, in %s", async (lang) => {
    const { user } = await openCaches("caches", lang);
    expect(await axeFindings(), "at first").toEqual([]);
    const [module] = table().getAllByRole("row").slice(1);
    if (module) await user.click(within(module).getByRole("button"));
    await user.click(table().getAllByRole("checkbox")[2] ?? document.body);
    await user.click(map().getAllByRole("button")[0] ?? document.body);
    expect(await axeFindings(), "opened, ticked and one level down").toEqual([]);
  });

  test.each(["en", "zh"] as const)("while it scans, in %s", async (lang) => {
    const { clock } = await openScanning("caches", lang);
    await clock.to(100);
    expect(await axeFindings()).toEqual([]);
    await clock.to(1000);
  });

  test.each(["en", "zh"] as const)("in a plan, its deletion and its report, in %s", async (lang) => {
    const { user } = await openCaches("cachesRunning", lang);
    await user.click(step("safe").getByRole("button", { name: /^(Free|释放)/ }));
    await screen.findByText(i18n.t.cache.plan.runningHelp);
    expect(await axeFindings(), "the plan").toEqual([]);
    await user.click(dialog().getByRole("checkbox"));
    await user.click(dialog().getByRole("button", { name: /^(Delete|删除)/ }));
    await screen.findByRole("dialog", { name: i18n.t.cache.report.title });
    expect(await axeFindings(), "the report").toEqual([]);
  });

  test.each(["en", "zh"] as const)("with damage and things set aside, in %s", async (lang) => {
    const { user } = await openCaches("cachesDamaged", lang);
    await user.click(button(i18n.t.cache.verify.start));
    await screen.findByRole("list", { name: i18n.t.cache.verify.list });
    expect(await axeFindings()).toEqual([]);
  });
});
