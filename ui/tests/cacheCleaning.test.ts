import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { HandClock } from "../src/bridge/fake/clock";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";
import { asked, dialog, openCaches, plan, step } from "./caches";

const t = en.cache;
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const remove = () => dialog().getByRole("button", { name: /^(Delete |删除 )/ });

/** The page, scanned, with a clock that the test moves from now on. */
async function openSlow(...scenario: Parameters<typeof openCaches>) {
  const opened = await openCaches(...scenario);
  const clock = new HandClock();
  opened.example.clock = () => clock;
  return { ...opened, clock };
}

describe("a plan", () => {
  test("says exactly what goes, what it costs, and names object and size on its button", async () => {
    const opened = await openCaches();
    await plan(opened, "safe", /^Free /);
    expect(dialog().getByText(/Nothing to download again/), "the cost").toBeTruthy();
    const list = within(dialog().getByRole("group", { name: t.plan.listLabel }));
    expect(list.getByText("github.com/aws/aws-sdk-go@v1.55.5"), "the largest entry").toBeTruthy();
    expect(remove().textContent, "what and how much").toMatch(/Delete [\d.]+ GiB of module cache/);
    await waitFor(() =>
      expect(document.activeElement?.textContent.trim(), "Enter is Cancel").toBe(en.parts.cancel),
    );
    await opened.user.keyboard("{Enter}");
    expect(screen.queryByRole("dialog"), "closed").toBeNull();
    expect(asked(opened.example, "cache_clean"), "and nothing was deleted").toEqual([]);
  });

  test("speaks Chinese on its button", async () => {
    const opened = await openCaches("caches", "zh");
    await plan(opened, "everything", zh.cache.steps.empty);
    expect(remove().textContent.trim()).toMatch(/^删除 [\d.]+ GiB 缓存$/);
  });

  test("asks about programs of Go that run, with their folders", async () => {
    const opened = await openCaches("cachesRunning");
    await plan(opened, "safe", /^Free /);
    expect(dialog().getByText("~/src/billing · process 4711", { exact: false })).toBeTruthy();
    expect(remove().hasAttribute("disabled"), "not before it is confirmed").toBe(true);
    await opened.user.click(dialog().getByRole("checkbox", { name: t.plan.beside }));
    await opened.user.click(remove());
    await screen.findByRole("dialog", { name: t.report.title });
    const [wish] = asked(opened.example, "cache_clean") as { beside_running: boolean }[];
    expect(wish?.beside_running, "said to the core").toBe(true);
  });

  test("warns when nothing could be downloaded again, and says what stays", async () => {
    const opened = await openCaches("cachesOffline");
    await plan(opened, "everything", t.steps.empty);
    expect(dialog().getByText(t.plan.offline)).toBeTruthy();
    expect(dialog().getByText(/Go is working on/), "with its reason").toBeTruthy();
  });

  test("says when the mirrors in effect were last found working", async () => {
    const opened = await openCaches();
    await plan(opened, "everything", t.steps.empty);
    expect(dialog().getByText(t.plan.chainSeen("2 minutes ago"))).toBeTruthy();
  });

  test("that is too old is asked for again", async () => {
    const opened = await openCaches();
    await plan(opened, "safe", /^Free /);
    opened.example.world.cachePlans.clear();
    await opened.user.click(remove());
    await screen.findByText(t.plan.refused);
    await opened.user.click(dialog().getByRole("button", { name: en.plan.again }));
    await waitFor(() => expect(asked(opened.example, "cache_plan").length).toBe(2));
  });
});

describe("a deletion", () => {
  test("says how far it is, and what came of it; the page is scanned again", async () => {
    const opened = await openSlow();
    const { user, clock, example } = opened;
    await plan(opened, "safe", /^Free /);
    await user.click(remove());
    await clock.to(500);
    const bar = await screen.findByRole("progressbar", { name: t.plan.removing });
    await waitFor(() => expect(bar.getAttribute("aria-valuetext"), "in words").toMatch(/ gone, /));
    await clock.to(10_000);
    expect((await screen.findByRole("dialog", { name: t.report.title })).textContent).toMatch(/GiB freed/);
    await user.click(dialog().getByRole("button", { name: en.plan.done }));
    await waitFor(() => expect(asked(example, "cache_scan").length, "what is there now").toBe(2));
    const left = step("safe").findByText(/repositories are fetched again/);
    expect(await left, "only clones are left of that kind").toBeTruthy();
  });

  test("is stopped, and says what was done", async () => {
    const opened = await openSlow();
    await plan(opened, "safe", /^Free /);
    await opened.user.click(remove());
    await opened.clock.to(600);
    await opened.user.click(dialog().getByRole("button", { name: t.plan.stop }));
    const report = await screen.findByRole("dialog", { name: t.report.title });
    expect(report.textContent).toContain(t.report.cancelled);
    await opened.clock.to(10_000);
  });

  test("goes on out of sight, and tells how it ended", async () => {
    const opened = await openSlow();
    await plan(opened, "safe", /^Free /);
    await opened.user.click(remove());
    await opened.user.click(dialog().getByRole("button", { name: t.plan.hide }));
    const jobs = screen.getByRole("list", { name: en.shell.jobs });
    expect(await within(jobs).findByText(en.shell.jobNames.clean), "in sight everywhere").toBeTruthy();
    await opened.clock.to(10_000);
    expect(await screen.findByText(/GiB freed$/), "a toast").toBeTruthy();
    await opened.user.click(button(t.report.show));
    expect(await screen.findByRole("dialog", { name: t.report.title }), "the whole report").toBeTruthy();
  });
});

describe("a whole cache", () => {
  async function emptied() {
    const opened = await openSlow();
    await plan(opened, "everything", t.steps.empty);
    expect(dialog().getByText(t.plan.undoable), "said beforehand").toBeTruthy();
    await opened.user.click(remove());
    await screen.findByText(/set aside\. Deleted in a moment/);
    return opened;
  }
  const strip = () => within(screen.getByRole("region", { name: t.aside.label }));

  test("leaves its place at once, and is put back by Ctrl Z", async () => {
    const { user, example } = await emptied();
    expect(screen.queryByRole("dialog"), "nothing covers the page").toBeNull();
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByText(t.aside.restored);
    expect(asked(example, "cache_restore").length).toBe(1);
    expect(asked(example, "cache_purge"), "nothing was deleted").toEqual([]);
  });

  test("is put back by the toast and by the strip", async () => {
    const { user, example } = await emptied();
    await user.click(strip().getByRole("button", { name: t.aside.putBack }));
    await waitFor(() => expect(asked(example, "cache_restore").length).toBe(1));
    expect(asked(example, "cache_purge")).toEqual([]);
  });

  test("is deleted when nobody wants it back, with progress", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const opened = await emptied();
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    await waitFor(() => expect(asked(opened.example, "cache_purge").length, "by itself").toBe(1));
    await opened.clock.to(600);
    expect(await screen.findByRole("progressbar", { name: t.plan.removing })).toBeTruthy();
    expect(strip().queryByRole("button", { name: t.aside.putBack }), "too late for that").toBeNull();
    await opened.clock.to(10_000);
    expect(await screen.findByText(/GiB freed$/)).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("region", { name: t.aside.label }), "gone").toBeNull());
  });

  test("waits while it is pointed at", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { user, example } = await emptied();
    await user.hover(strip().getByRole("button", { name: t.aside.putBack }));
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(asked(example, "cache_purge"), "nothing happens meanwhile").toEqual([]);
  });

  test("that an earlier run left is offered; deleting that was interrupted goes on by itself", async () => {
    const { user, example } = await openCaches("cachesAside");
    await waitFor(() => expect(asked(example, "cache_purge"), "and only that").toEqual(["aside-half"]));
    expect(strip().getAllByRole("button", { name: t.aside.putBack }).length, "the one that is whole").toBe(1);
    const said = strip().getByText(/go-build/).textContent;
    expect(said.split("go-build").length - 1, "two parts of one cache lie in one place").toBe(1);
    await user.click(await strip().findByRole("button", { name: t.aside.putBack }));
    await waitFor(() => expect(asked(example, "cache_restore")).toEqual(["aside-old"]));
  });
});

describe("damage", () => {
  test("is found, said in words, and repaired through a plan", async () => {
    const { user, example } = await openCaches("cachesDamaged");
    await user.click(button(t.verify.start));
    const list = within(await screen.findByRole("list", { name: t.verify.list }));
    expect(list.getByText(/changed, or half deleted/), "what is wrong").toBeTruthy();
    expect(list.getByText("~/src/billing"), "against which go.sum").toBeTruthy();
    await user.click(button(t.verify.repairAll(4)));
    await screen.findByRole("dialog", { name: t.plan.titles.repair });
    expect((asked(example, "cache_repair") as string[][])[0]?.length, "just those").toBe(4);
    await user.click(await dialog().findByRole("button", { name: /^Delete / }));
    await screen.findByRole("dialog", { name: t.report.title });
    await user.click(dialog().getByRole("button", { name: en.plan.done }));
    expect(screen.queryByRole("list", { name: t.verify.list }), "not damaged any more").toBeNull();
  });

  test("where there is none is said", async () => {
    const { user } = await openCaches();
    await user.click(button(t.verify.start));
    expect(await screen.findByText(t.verify.sound("1,222"))).toBeTruthy();
  });

  test("a check is stopped, and claims only what it looked at", async () => {
    const { user, clock } = await openSlow();
    await user.click(button(t.verify.start));
    await clock.to(700);
    await user.click(screen.getAllByRole("button", { name: t.verify.stop })[0] ?? document.body);
    expect(await screen.findByText(/^Stopped; 306 versions/)).toBeTruthy();
    await clock.to(10_000);
  });
});
