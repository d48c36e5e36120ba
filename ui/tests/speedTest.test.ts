import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { axeFindings } from "./app";
import { choose, ended, inRow, openByHand, openMirrors, order, row, testAll } from "./mirrors";

const t = en.mirrors;
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const said = () => screen.getAllByRole("status").map((region) => region.textContent);
const asked = (example: Awaited<ReturnType<typeof openMirrors>>["example"]) =>
  example.calls.filter(({ name }) => name === "mirror_test").map(({ args }) => args);

describe("before a test", () => {
  test("nothing is sent, and it is said what would be", async () => {
    const { example } = await openMirrors();
    expect(asked(example), "looking at the page contacts nobody").toEqual([]);
    const all = button(t.lead.all);
    const will = t.lead.will(7, "64.0 MiB", "8.0 MiB");
    const described = document.getElementById(all.getAttribute("aria-describedby") ?? "");
    expect(described?.textContent.trim(), "beside the button, and for those who listen").toBe(will);
    expect(screen.getByRole("heading", { name: t.lead.never })).toBeTruthy();
  });

  test("those that are dead or invented are known, and not asked", async () => {
    const { user, example } = await openMirrors();
    expect(order(), "not in the table").not.toContain("GoCenter");
    expect(screen.getByText(t.gone.title(4)), "but named").toBeTruthy();
    await testAll(user);
    const tested = example.world.runs[0]?.report.mirrors.map(({ id }) => id);
    expect(
      tested?.some((id) => /invented|gocenter|baidu/.test(id)),
      "and left in peace",
    ).toBe(false);
  });
});

describe("while a test runs", () => {
  test("a row fills as its samples arrive, and the rank waits until it is settled", async () => {
    const { user, clock } = await openByHand();
    const before = order();
    await user.click(button(t.lead.all));
    await clock.to(160);
    const first = inRow("Goproxy.cn");
    await waitFor(() => expect(first.getByText("41 ms"), "the first sample").toBeTruthy());
    expect(first.getByText(shared.en.stages.sampling), "what is going on").toBeTruthy();
    await clock.to(400);
    await waitFor(() =>
      expect(
        first.getByRole("img", { name: t.samples("41 ms, 36 ms, 39 ms, 43 ms, 37 ms, and 38 ms") }),
      ).toBeTruthy(),
    );
    expect(order(), "nothing jumps while it is read").toEqual(before);
    expect(first.getByText(t.rank.testing), "no rank before its content is verified").toBeTruthy();
    await clock.to(100_000);
    await ended();
    expect(order().slice(0, 3), "by the projected time").toEqual([
      "Goproxy.cn",
      "Alibaba Cloud",
      "goproxy.io",
    ]);
    expect(inRow("Goproxy.cn").getByText(t.rank.is(1))).toBeTruthy();
  });

  test("phase, progress and data are said in words", async () => {
    const { user, clock } = await openByHand();
    await user.click(button(t.lead.all));
    expect(await screen.findByRole("heading", { name: t.lead.testing(7) })).toBeTruthy();
    expect(screen.getByText(t.lead.phases.latency)).toBeTruthy();
    await clock.to(800);
    const progress = screen.getByRole("progressbar");
    await waitFor(() => expect(progress.getAttribute("aria-valuetext")).toBe(t.lead.finished(1, 7)));
    const meter = screen.getByRole("meter", { name: t.lead.data });
    expect(meter.getAttribute("aria-valuetext"), "of its limit").toMatch(/KiB of at most 64\.0 MiB used$/);
    await clock.to(100_000);
    await ended();
  });

  test("goes on while other pages are looked at", async () => {
    const { user, clock } = await openByHand();
    await user.click(button(t.lead.all));
    await user.keyboard("{Control>}1{/Control}");
    const jobs = screen.getByRole("list", { name: en.shell.jobs });
    expect(await within(jobs).findByText(en.shell.jobNames.mirrors), "in sight everywhere").toBeTruthy();
    await clock.to(100_000);
    await waitFor(() => expect(screen.queryByRole("list", { name: en.shell.jobs }), "done").toBeNull());
    await user.keyboard("{Control>}3{/Control}");
    expect(await screen.findByRole("heading", { name: /^Goproxy\.cn is the fastest/ })).toBeTruthy();
  });

  test("each finished mirror is announced once, politely", async () => {
    const { user, clock } = await openByHand();
    await user.click(button(t.lead.all));
    await clock.to(430);
    const word = shared.en.verdict_short.web_page;
    await waitFor(() => expect(said(), "as it fails").toContain(t.said.other("Huawei Cloud", word)));
    await clock.to(500);
    expect(said(), "samples of others say nothing").toContain(t.said.other("Huawei Cloud", word));
    await clock.to(100_000);
    await ended();
  });

  test("axe finds nothing", async () => {
    const { user, clock } = await openByHand();
    await user.click(button(t.lead.all));
    await clock.to(500);
    await user.click(button("Goproxy.cn"));
    expect(await axeFindings(), "roles, names and structure").toEqual([]);
  });
});

describe("stopping", () => {
  test("answers at once and keeps what was measured", async () => {
    const { user, clock, example } = await openByHand();
    await user.click(button(t.lead.all));
    await clock.to(430);
    await user.click(button(t.lead.stop));
    expect(await screen.findByRole("heading", { name: t.lead.stopped })).toBeTruthy();
    expect(inRow("Goproxy.cn").getByText("39 ms"), "measured before").toBeTruthy();
    expect(inRow("Goproxy.cn").getByText(shared.en.verdict_short.stopped), "and not more").toBeTruthy();
    expect(inRow("Huawei Cloud").getByText(shared.en.verdict_short.web_page), "known before").toBeTruthy();
    expect(example.world.runs[0]?.report.cancelled, "the core was asked to stop").toBe(true);
  });

  test("works from the header, too", async () => {
    const { user, clock } = await openByHand();
    await user.click(button(t.lead.all));
    await clock.to(100);
    await user.click(button(`${en.shell.stop}: ${en.shell.jobNames.mirrors}`));
    expect(await screen.findByRole("heading", { name: t.lead.stopped })).toBeTruthy();
  });
});

describe("after a test", () => {
  test("failed ones are last, with the reason in words, and never ranked", async () => {
    const { user } = await openMirrors();
    await testAll(user);
    expect(order().slice(-3).sort(), "whatever their speed").toEqual([
      "Huawei Cloud",
      "Tencent Cloud",
      "proxy.golang.org",
    ]);
    expect(inRow("Tencent Cloud").getByText(/is not what everybody else gets/)).toBeTruthy();
    expect(inRow("Tencent Cloud").getByText(t.rank.none), "the fastest of all").toBeTruthy();
    expect(inRow("Huawei Cloud").getByText(shared.en.verdict.web_page), "in a whole sentence").toBeTruthy();
  });

  test("what was verified stands beside each, with what has to be kept in mind", async () => {
    const { user } = await openMirrors();
    await testAll(user);
    const marks = (name: string) =>
      inRow(name)
        .getAllByRole("listitem")
        .map((mark) => mark.textContent.trim());
    expect(marks("Goproxy.cn")).toEqual([t.chips.hash, t.chips.sumdb, t.chips.toolchain, t.chips.fresh]);
    const other = shared.en.conditions_short.other_database;
    expect(marks("Alibaba Cloud"), "its condition").toEqual([
      t.chips.hash,
      t.chips.toolchain,
      t.chips.fresh,
      other,
    ]);
    expect(marks("proxy.golang.com.cn"), "why it has no rank").toContain(
      shared.en.verdict_short.not_downloaded,
    );
  });

  test("the failed ones are tested again, and only they", async () => {
    const { user, example } = await openMirrors();
    await testAll(user);
    await user.click(button(t.lead.again(3)));
    await ended();
    const ids = ["tencent", "huawei", "golang-org"];
    expect(asked(example).at(-1)).toEqual({ mirrors: ids, patient: false, project: null });
    expect(inRow("Goproxy.cn").getByText(t.rank.is(1)), "what is known of the others stays").toBeTruthy();
  });

  test("one that was cut off can be waited for", async () => {
    const { user, example } = await openMirrors("ownMirrors");
    await testAll(user);
    expect(inRow("Old NAS").getByText("slower than 1.2 s"), "not dead").toBeTruthy();
    await choose(user, "Old NAS", t.menu.patient);
    await ended();
    expect(inRow("Old NAS").queryByText(t.rank.none), "it has a rank").toBeNull();
    expect(asked(example).at(-1)).toEqual({ mirrors: ["own-old"], patient: true, project: null });
  });

  test("several can be chosen", async () => {
    const { user, example } = await openMirrors();
    await user.click(screen.getByRole("checkbox", { name: t.choose("Alibaba Cloud") }));
    await user.click(screen.getByRole("checkbox", { name: t.choose("goproxy.io") }));
    const start = button(t.lead.start(2));
    expect(screen.getByText(t.lead.will(2, "64.0 MiB", "8.0 MiB")), "what that sends").toBeTruthy();
    await user.click(start);
    await ended();
    expect(asked(example)).toEqual([{ mirrors: ["aliyun", "goproxy-io"], patient: false, project: null }]);
    await user.click(screen.getByRole("checkbox", { name: t.chooseAll }));
    await user.click(button(t.lead.unchoose));
    expect(button(t.lead.all), "all of them again").toBeTruthy();
  });

  test("no mirror is sound: said, with where to look", async () => {
    const { user } = await openMirrors("portal");
    await testAll(user);
    expect(screen.getByRole("heading", { name: t.lead.none })).toBeTruthy();
    expect(screen.getByText(t.lead.noneHelp)).toBeTruthy();
    expect(screen.queryByRole("region", { name: t.chain.title }), "nothing to recommend").toBeNull();
    expect(inRow("Goproxy.cn").getByText(shared.en.verdict.captive_portal)).toBeTruthy();
  });

  test("a changed network keeps nothing of it", async () => {
    const { user, example } = await openMirrors("roaming");
    await testAll(user);
    expect(screen.getByRole("heading", { name: t.lead.interrupted })).toBeTruthy();
    expect(row("Goproxy.cn").textContent, "as before the test").not.toMatch(/\d ms/);
    expect(example.world.runs, "no run").toEqual([]);
  });

  test("the way that was measured is said", async () => {
    const { user } = await openMirrors("proxied");
    await testAll(user);
    expect(
      screen.getByText(new RegExp(t.lead.through("http://127.0.0.1:7890").replaceAll(".", "\\."))),
    ).toBeTruthy();
  });

  test("a test that cannot be made says why", async () => {
    const { user, example } = await openMirrors();
    example.world.scenario.mirrors.refused = {
      code: "unknown_mirror",
      params: { mirror: "x" },
      message: "gone",
    };
    await testAll(user);
    expect(screen.getByRole("heading", { name: t.lead.failed })).toBeTruthy();
    expect(screen.getByRole("alert").textContent, "in words").toContain("No mirror is called x");
  });
});

describe("a project of the user", () => {
  const choice = () => screen.getByRole("combobox", { name: t.project.label });

  test("is what the times are for, from the next test on", async () => {
    const { user, example } = await openMirrors("projected");
    await testAll(user);
    expect(screen.getByRole("heading", { name: t.lead.best("Goproxy.cn", "4.2 s") })).toBeTruthy();
    await user.selectOptions(choice(), "git.corp.example/shop");
    await testAll(user);
    expect(asked(example).at(-1)).toEqual({ mirrors: [], patient: false, project: "d2" });
    expect(
      screen.getByRole("heading", { name: /^Goproxy\.cn is the fastest: .* for your project$/ }),
    ).toBeTruthy();
    expect(screen.getByRole("columnheader", { name: t.columns.ofProject })).toBeTruthy();
    expect(screen.getByText(/^~\/src\/shop: 12 modules/), "which, and how large").toBeTruthy();
  });

  test("is not compared with times for something else", async () => {
    const { user } = await openMirrors("projected");
    await testAll(user);
    await user.selectOptions(choice(), "git.corp.example/shop");
    await choose(user, "Alibaba Cloud", t.menu.test);
    await ended();
    expect(inRow("Alibaba Cloud").getByText(t.rank.is(1)), "the only one with such a time").toBeTruthy();
    expect(inRow("Goproxy.cn").getByText(t.rank.none), "its time was for a typical service").toBeTruthy();
    expect(inRow("Goproxy.cn").getByText("39 ms"), "what was measured stays true").toBeTruthy();
  });

  test("can be picked, and one that cannot be read is not offered", async () => {
    const { user } = await openMirrors("projected");
    const offered = () =>
      within(choice())
        .getAllByRole("option")
        .map((option) => option.textContent);
    expect(offered()).toEqual([t.project.typical, "git.corp.example/shop"]);
    await user.click(button(t.project.browse));
    await waitFor(() => expect(offered(), "a workspace by its folder").toContain("~/src/tools"));
    expect((choice() as HTMLSelectElement).value, "chosen at once").toBe("d1");
  });
});
