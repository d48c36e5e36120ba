import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test, vi } from "vitest";
import { HandClock } from "../src/bridge/fake/clock";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import type { Lang } from "../src/i18n/format";
import { en } from "../src/i18n/en";
import { i18n } from "../src/i18n/i18n.svelte";
import { shared } from "../src/i18n/shared";
import { zh } from "../src/i18n/zh";
import { axeFindings } from "./app";
import { openMirrors } from "./mirrors";

const t = en.race;
const panel = () => within(screen.getByRole("region", { name: i18n.t.race.title }));
const button = (name: string | RegExp) => panel().getByRole("button", { name });

/** The panel, with its projects read, and a clock that the test moves. */
async function open(scenario: ScenarioName = "projects", lang: Lang = "en") {
  const clock = new HandClock();
  const opened = await openMirrors(scenario, { lang });
  opened.example.clock = () => clock;
  await waitFor(() =>
    expect(
      opened.example.calls.some(({ name }) => name === "project_list"),
      "the projects are read",
    ).toBe(true),
  );
  return { ...opened, clock };
}

const asked = (example: Awaited<ReturnType<typeof open>>["example"], name: string) =>
  example.calls.filter((call) => call.name === name).map(({ args }) => args);

/** Starts, and lets all of it happen. */
async function race({ user, clock }: Awaited<ReturnType<typeof open>>) {
  await user.click(await panel().findByRole("button", { name: i18n.t.race.start }));
  await clock.to(1_000_000);
  await panel().findByRole("button", { name: i18n.t.race.start });
}

const rows = () => within(panel().getByRole("table", { name: i18n.t.race.table }));
const row = (name: string) => within(rows().getByRole("row", { name: new RegExp(`^${name}`) }));

describe("before a race", () => {
  test("nothing is sent, and it is said what would be", async () => {
    const { example } = await open();
    const start = await panel().findByRole("button", { name: t.start });
    const described = document.getElementById(start.getAttribute("aria-describedby") ?? "");
    expect(described?.textContent.trim(), "beside the button").toBe(t.will(4, "500 MB"));
    expect(asked(example, "mirror_race"), "looking contacts nobody").toEqual([]);
  });

  test("the best of the last test are chosen, and the user may choose others", async () => {
    const { user, example, clock } = await open();
    const first = await panel().findByRole<HTMLInputElement>("checkbox", { name: "Goproxy.cn" });
    expect(first.checked, "it is ranked").toBe(true);
    await user.click(first);
    await user.click(button(t.entrants.more(3)));
    await user.click(panel().getByRole("checkbox", { name: "Tencent Cloud" }));
    await user.selectOptions(panel().getByRole("combobox", { name: t.budget.label }), "100 MB");
    await user.click(button(t.start));
    const [wish] = asked(example, "mirror_race") as { mirrors: string[]; budget: number }[];
    expect(wish?.mirrors, "without the one that was taken out").not.toContain("goproxy-cn");
    expect(wish?.mirrors, "with the one that was put in").toContain("tencent");
    expect(wish?.budget, "in megabytes").toBe(100);
    await clock.to(1_000_000);
  });

  test("a folder is picked in the system's own dialog", async () => {
    const { user, example } = await open("firstProject");
    expect(await panel().findByText(t.project.none), "there is none yet").toBeTruthy();
    expect(panel().queryByRole("button", { name: t.start }), "so nothing can run").toBeNull();
    await user.click(button(t.project.browse));
    expect(await panel().findByRole("option", { name: "~/src/shop" }), "it is there").toBeTruthy();
    expect(panel().getByText("git.corp.example/shop"), "with its module").toBeTruthy();
    expect(asked(example, "project_browse"), "the page names no folder").toEqual([undefined]);
  });

  test("what is no project is refused in words", async () => {
    const { user, example } = await open();
    const failure = {
      code: "no_project" as const,
      params: { path: "/home/gopher/music" },
      message: "no project",
    };
    example.refuse("project_browse", failure);
    await user.click(await panel().findByRole("button", { name: t.project.other }));
    const alert = await panel().findByRole("alert");
    expect(alert.textContent, "which folder").toContain("/home/gopher/music");
  });

  test("a project that is gone cannot run, and can be forgotten", async () => {
    const { user } = await open();
    const select = await panel().findByRole("combobox", { name: t.project.label });
    await user.selectOptions(select, "~/src/gone");
    expect((await panel().findByRole("alert")).textContent).toContain("/home/gopher/src/gone");
    expect(button(t.start).hasAttribute("disabled"), "nothing to run").toBe(true);
    await user.click(button(t.project.forget("~/src/gone")));
    await waitFor(() =>
      expect(panel().queryByRole("option", { name: "~/src/gone" }), "it left the list").toBeNull(),
    );
  });
});

describe("while a race runs", () => {
  test("each has its turn, with its modules and the one that came last", async () => {
    const { user, clock } = await open();
    await user.click(await panel().findByRole("button", { name: t.start }));
    const now = () => row(t.entrants.now);
    await waitFor(() => expect(now().getByText(shared.en.race_states.running)).toBeTruthy());
    expect(row("Goproxy.cn").getByText(shared.en.race_states.waiting), "it waits").toBeTruthy();
    await clock.to(1500);
    await waitFor(() =>
      expect(now().getByRole("progressbar").getAttribute("aria-valuetext")).toBe(t.modulesDone("2", "12")),
    );
    expect(now().getByText("github.com/go-playground/validator/v10@v10.22.0"), "the last").toBeTruthy();
    expect(panel().getByText(t.running(t.entrants.now)), "in words").toBeTruthy();
    await clock.to(1_000_000);
    await panel().findByRole("button", { name: t.start });
  });

  test("it is stopped, and keeps what ran", async () => {
    const { user, clock } = await open();
    await user.click(await panel().findByRole("button", { name: t.start }));
    await clock.to(10_000);
    await user.click(button(t.stop));
    expect(await panel().findByRole("heading", { name: t.verdict.stopped })).toBeTruthy();
    expect(
      row(t.entrants.now).getByText(shared.en.race_states.complete),
      "who ran before keeps its figures",
    ).toBeTruthy();
    expect(rows().getAllByText(shared.en.race_states.stopped).length, "the others say so").toBeGreaterThan(0);
  });

  test("goes on while other pages are looked at", async () => {
    const { user, clock } = await open();
    await user.click(await panel().findByRole("button", { name: t.start }));
    await user.keyboard("{Control>}1{/Control}");
    const jobs = screen.getByRole("list", { name: en.shell.jobs });
    expect(await within(jobs).findByText(en.shell.jobNames.race), "in sight everywhere").toBeTruthy();
    await clock.to(1_000_000);
    await waitFor(() => expect(screen.queryByRole("list", { name: en.shell.jobs }), "done").toBeNull());
    await user.keyboard("{Control>}3{/Control}");
    expect(await screen.findByRole("table", { name: t.table }), "its result is kept").toBeTruthy();
  });

  test("each that is through is announced once", async () => {
    const opened = await open();
    const { user, clock } = opened;
    await user.click(await panel().findByRole("button", { name: t.start }));
    await clock.to(8_600);
    const said = () => screen.getAllByRole("status").map((region) => region.textContent);
    await waitFor(() =>
      expect(said()).toContain(t.said(t.entrants.now, shared.en.race_states.complete, "8.5 s")),
    );
    await clock.to(1_000_000);
  });
});

describe("after a race", () => {
  test("the fastest is named, compared with now, and can be used", async () => {
    const opened = await open();
    const { user, example } = opened;
    await race(opened);
    expect(await panel().findByRole("heading", { name: /^Athens, office is the fastest/ })).toBeTruthy();
    expect(row("Athens, office").getByText(t.best), "marked in its row").toBeTruthy();
    expect(row("Athens, office").getByText(/× as fast$/), "against what is in effect").toBeTruthy();
    const comparison = within(panel().getByRole("table", { name: t.compare.title }));
    for (const label of [
      t.compare.total,
      t.compare.request,
      t.compare.rate,
      t.compare.errors,
      t.compare.came,
    ])
      expect(comparison.getByRole("rowheader", { name: label }), "before and after").toBeTruthy();
    await user.click(row("Athens, office").getByRole("button", { name: t.useTitle("Athens, office") }));
    expect(await screen.findByRole("dialog"), "a preview, as everywhere").toBeTruthy();
    const [wish] = asked(example, "mirror_use") as { mirrors: string[] }[];
    expect(wish?.mirrors).toEqual(["own-athens"]);
  });

  test("who does not give every module wins nothing, and go's words are there", async () => {
    const opened = await open();
    const { user } = opened;
    for (const name of ["Athens, office", "Alibaba Cloud", "Goproxy.cn"]) {
      const box = await panel().findByRole<HTMLInputElement>("checkbox", { name });
      if (box.checked) await user.click(box);
    }
    await user.click(button(t.entrants.more(3)));
    await user.click(panel().getByRole("checkbox", { name: "Tencent Cloud" }));
    await race(opened);
    expect(panel().getByRole("heading", { name: t.verdict.none })).toBeTruthy();
    expect(row("Tencent Cloud").getByText(shared.en.race_states.incomplete)).toBeTruthy();
    expect(rows().queryByRole("button", { name: t.useTitle("Tencent Cloud") }), "not to be used").toBeNull();
    expect(panel().getByText(/checksum mismatch/), "as go says it").toBeTruthy();
  });

  test("a race that cannot be run says why", async () => {
    const opened = await open("newerGo");
    await race(opened);
    expect(panel().getByRole("heading", { name: t.verdict.failed })).toBeTruthy();
    expect(panel().getByRole("alert").textContent, "which Go is wanted").toContain("go1.99");
  });
});

describe("a prefetch", () => {
  test("says beforehand where it puts what, and afterwards what is there", async () => {
    const { user, clock, example } = await open();
    const start = await panel().findByRole("button", { name: t.prefetch.start });
    const described = document.getElementById(start.getAttribute("aria-describedby") ?? "");
    expect(described?.textContent, "through the chain in effect").toContain("goproxy.cn");
    await user.click(start);
    const progress = () => panel().getByRole("progressbar", { name: t.prefetch.progress });
    await waitFor(() => expect(progress().getAttribute("aria-valuetext")).toBe(t.modulesDone("4", "12")));
    expect(panel().getByText(new RegExp(t.prefetch.there("4", "12"))), "some were there").toBeTruthy();
    await clock.to(1_000_000);
    const done = await panel().findByText(new RegExp(t.prefetch.complete("12", "~/go/pkg/mod")));
    expect(done.textContent, "and what came").toContain("8 modules came now");
    expect(asked(example, "mirror_prefetch")).toEqual([{ project: "d2" }]);
  });

  test("it is stopped, and keeps what came", async () => {
    const { user, clock } = await open();
    await user.click(await panel().findByRole("button", { name: t.prefetch.start }));
    await clock.to(1500);
    await user.click(button(t.prefetch.stop));
    expect(
      await panel().findByText(new RegExp(t.prefetch.incomplete("6", "12", "~/go/pkg/mod"))),
    ).toBeTruthy();
  });
});

describe("in every state", () => {
  test.each(["en", "zh"] as const)("axe finds nothing: %s", async (lang) => {
    const opened = await open("projects", lang);
    await panel().findByRole("button", { name: i18n.t.race.start });
    expect(await axeFindings(), "before").toEqual([]);
    await opened.user.click(button(i18n.t.race.start));
    await opened.clock.to(10_000);
    expect(await axeFindings(), "meanwhile").toEqual([]);
    await opened.clock.to(1_000_000);
    await panel().findByRole("button", { name: i18n.t.race.start });
    expect(await axeFindings(), "afterwards").toEqual([]);
  });

  test("Chinese is spoken in Chinese", async () => {
    const opened = await open("projects", "zh");
    await race(opened);
    expect(panel().getByRole("heading", { name: new RegExp(zh.race.verdict.best("Athens, office", "")) }));
    await vi.waitFor(() => expect(row(zh.race.entrants.now).getByText("全部取到")).toBeTruthy());
  });

  test("without go nothing can run", async () => {
    await open("nogo");
    expect(await panel().findByText(t.noGo)).toBeTruthy();
    expect(panel().queryByRole("button", { name: t.start })).toBeNull();
  });
});
