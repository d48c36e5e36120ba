import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { apply, card, choose, dialog, inCard, inDialog, openProfiles } from "./profiles";

const t = en.profiles;
const names = () => within(screen.getByRole("group", { name: t.list })).getAllByRole("heading", { level: 2 });
const headings = () => names().map((heading) => heading.querySelector("bdi")?.textContent);

describe("cards", () => {
  test("the one in use is marked, the others say what they would change today", async () => {
    await openProfiles();
    expect(screen.getByRole("heading", { name: t.now.active("Domestic") }), "in one sentence").toBeTruthy();
    expect(inCard("Domestic").getByText(t.card.inUse), "by a word, not by colour alone").toBeTruthy();
    expect(
      inCard("Domestic").queryByRole("button", { name: t.card.useOf("Domestic") }),
      "already",
    ).toBeNull();
    const overseas = card("Overseas").textContent;
    expect(overseas, "how many").toContain(t.card.would(2));
    expect(overseas, "what it is now").toContain(
      "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct",
    );
    expect(overseas, "why").toContain(shared.en.profiles.values.overseas?.GOPROXY);
  });

  test("a switch is previewed, told, and can be returned from", async () => {
    const { user, example } = await openProfiles();
    const before = [...example.world.scenario.file];
    await user.click(screen.getByRole("button", { name: t.card.useOf("Overseas") }));
    expect(dialog().textContent, "which").toContain(en.plan.switchTo("Overseas"));
    await screen.findByRole("button", { name: en.plan.applySwitch });
    expect(example.world.scenario.file, "nothing is written by looking").toEqual(before);
    await apply(user, en.plan.applySwitch);
    const toasts = screen.getByRole("region", { name: en.parts.notifications });
    expect(toasts.textContent, "told by its name").toContain(en.plan.toast.profile("Overseas"));
    expect(within(toasts).getByRole("button", { name: en.plan.undo }), "and undone from there").toBeTruthy();
    await user.click(screen.getByRole("button", { name: t.back.to("Domestic") }));
    expect(dialog().textContent, "the way back").toContain(en.plan.returnTo("Domestic"));
    await apply(user, en.plan.applyReturn);
    expect(screen.getByRole("heading", { name: t.now.active("Domestic") }), "where it began").toBeTruthy();
  });

  test("what outranks a value is named with its place, and can be shown and mended", async () => {
    const { user } = await openProfiles("outranked");
    expect(screen.getByRole("heading", { name: t.now.shadowed("Domestic") }), "no success").toBeTruthy();
    expect(card("Domestic").textContent, "by which line").toContain("~/.zshrc:12");
    await user.click(inCard("Domestic").getByRole("button", { name: shared.en.fixes.comment_out }));
    expect(dialog().textContent, "through its preview").toContain(en.plan.titles.comment_out);
    await user.click(inDialog().getByRole("button", { name: en.parts.cancel }));
    await user.click(inCard("Domestic").getByRole("button", { name: t.card.showOf("GOPROXY") }));
    const heading = screen.getByRole("heading", { level: 1 }).textContent;
    expect(heading, "where its layers are").toBe(en.shell.pages.environment);
  });

  test("a company that was not described yet is described first", async () => {
    const { user } = await openProfiles("good");
    const company = inCard("Company");
    expect(company.getByText(t.card.needsForm), "why").toBeTruthy();
    await user.click(company.getByRole("button", { name: new RegExp(t.card.form) }));
    expect(dialog().textContent).toContain(t.company.title);
  });

  test("a profile that cannot be used here says why", async () => {
    await openProfiles("cacheless");
    const offline = inCard("Offline");
    expect(offline.getByText(shared.en.failures.no_module_cache), "in words").toBeTruthy();
    expect(
      offline.queryByRole("button", { name: t.card.useOf("Offline") }),
      "no button that fails",
    ).toBeNull();
  });

  test("without Go they can be switched all the same", async () => {
    const { user, example } = await openProfiles("nogo");
    expect(screen.getByText(t.noGo), "said").toBeTruthy();
    await user.click(screen.getByRole("button", { name: t.card.useOf("Domestic") }));
    await apply(user, en.plan.applySwitch);
    expect(example.world.scenario.file.join("\n"), "written").toContain(
      "https://mirrors.aliyun.com/goproxy/",
    );
  });
});

describe("order and deletion", () => {
  test("buttons move a profile, say so, and keep the focus", async () => {
    const { user } = await openProfiles();
    await choose(user, "Customer A", t.menu.up);
    await waitFor(() => expect(headings().at(-1), "one up").toBe("家里 NAS"));
    expect(screen.getByText(t.menu.moved("Customer A", 5)).getAttribute("role"), "announced").toBe("status");
    const more = inCard("Customer A").getByRole("button", { name: t.card.more("Customer A") });
    await waitFor(() => expect(document.activeElement, "to move on from there").toBe(more));
    await user.click(inCard("Domestic").getByRole("button", { name: t.card.more("Domestic") }));
    const up = screen.getByRole("menuitem", { name: t.menu.up });
    expect(up.getAttribute("aria-disabled"), "nothing is above the first").toBe("true");
  });

  test("deleting names the profile, Cancel is the default, and it comes back to its place", async () => {
    const { user, example } = await openProfiles();
    const before = headings();
    await choose(user, "家里 NAS", t.menu.delete);
    expect(dialog().textContent, "which").toContain(t.remove.title("家里 NAS"));
    expect(document.activeElement?.textContent.trim(), "Enter harms nobody").toBe(en.parts.cancel);
    await user.click(inDialog().getByRole("button", { name: t.remove.yes("家里 NAS") }));
    const toast = await screen.findByText(t.remove.done("家里 NAS"));
    expect(headings(), "gone").not.toContain("家里 NAS");
    await user.click(within(toast.parentElement ?? toast).getByRole("button", { name: t.remove.undo }));
    await waitFor(() => expect(headings(), "as before").toEqual(before));
    const again = example.world.scenario.profiles.own.find(({ name }) => name === "家里 NAS");
    expect(again?.values.length, "with all its values").toBe(3);
  });

  test("one with credentials cannot be made again from here, so nothing promises it", async () => {
    const { user } = await openProfiles();
    await choose(user, "Customer A", t.menu.delete);
    await user.click(inDialog().getByRole("button", { name: t.remove.yes("Customer A") }));
    const toast = await screen.findByText(t.remove.done("Customer A"));
    const region = within(toast.parentElement ?? toast);
    expect(region.queryByRole("button", { name: t.remove.undo }), "the page never had them").toBeNull();
  });

  test("clearing the company's form can be undone", async () => {
    const { user, example } = await openProfiles();
    await choose(user, "Company", t.menu.clear);
    await user.click(inDialog().getByRole("button", { name: t.remove.yesForm }));
    const toast = await screen.findByText(t.remove.doneForm);
    expect(example.world.scenario.profiles.company.hosts, "empty").toEqual([]);
    await user.click(within(toast.parentElement ?? toast).getByRole("button", { name: t.remove.undo }));
    await waitFor(() =>
      expect(example.world.scenario.profiles.company.hosts.length, "filled in again").toBe(2),
    );
  });

  test("built-in ones cannot be deleted or edited, only duplicated", async () => {
    const { user } = await openProfiles();
    await user.click(inCard("Domestic").getByRole("button", { name: t.card.more("Domestic") }));
    const items = screen.getAllByRole("menuitem").map((item) => item.textContent.trim());
    expect(items).toEqual([t.menu.duplicate, t.menu.export, t.menu.up, t.menu.down]);
  });
});

describe("verify", () => {
  const verify = (name: string) => screen.getByRole("button", { name: t.card.verifyOf(name) });
  const panel = (name: string) => within(screen.getByRole("region", { name: t.verify.label(name) }));

  test("compares at once, and contacts nobody before it is asked to", async () => {
    const { user, example } = await openProfiles();
    await user.click(verify("Domestic"));
    expect(await panel("Domestic").findByText(new RegExp(t.verify.sound)), "the verdict").toBeTruthy();
    const asked = example.calls.findLast(({ name }) => name === "profile_verify");
    expect(asked?.args, "no download").toEqual({ id: "domestic", fetch: false, module: null });
    const through = "https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct";
    expect(
      panel("Domestic").getByText(t.verify.will("rsc.io/quote@v1.5.2", through)),
      "said before what will be contacted",
    ).toBeTruthy();
  });

  test("a download runs on another page, and its result waits here", async () => {
    let arrive: () => void = () => undefined;
    const prepare = (example: Awaited<ReturnType<typeof openProfiles>>["example"]) =>
      example.hold("profile_verify", Promise.resolve());
    const { user, example } = await openProfiles("profiles", { prepare });
    await user.click(verify("Domestic"));
    await panel("Domestic").findByText(new RegExp(t.verify.sound));
    example.hold("profile_verify", new Promise<void>((resolve) => (arrive = resolve)));
    await user.click(panel("Domestic").getByRole("button", { name: t.verify.download }));
    const jobs = await screen.findByRole("list", { name: en.shell.jobs });
    expect(
      within(jobs).getByRole("button", { name: `${en.shell.stop}: ${en.shell.jobNames.verify}` }),
      "can be stopped from everywhere",
    ).toBeTruthy();
    await user.keyboard("{Control>}1{/Control}");
    arrive();
    await waitFor(() => expect(screen.queryByRole("list", { name: en.shell.jobs }), "done").toBeNull());
    await user.keyboard("{Control>}4{/Control}");
    const works = t.verify.works("rsc.io/quote@v1.5.2", "1.4 s");
    expect(panel("Domestic").getByText(new RegExp(works.replaceAll(".", "\\.")))).toBeTruthy();
  });

  test("stops when it is asked to", async () => {
    const { user, example } = await openProfiles();
    await user.click(verify("Domestic"));
    await panel("Domestic").findByText(new RegExp(t.verify.sound));
    example.hold("profile_verify", new Promise(() => undefined));
    await user.click(panel("Domestic").getByRole("button", { name: t.verify.download }));
    await user.click(await panel("Domestic").findByRole("button", { name: t.verify.stop }));
    expect(await panel("Domestic").findByText(t.verify.stopped), "said").toBeTruthy();
    expect(screen.queryByRole("list", { name: en.shell.jobs }), "nothing runs").toBeNull();
  });

  test("a failure is told in words, with go's own beside them", async () => {
    const { user } = await openProfiles("unreached");
    await user.click(verify("Domestic"));
    await panel("Domestic").findByText(new RegExp(t.verify.sound));
    await user.click(panel("Domestic").getByRole("button", { name: t.verify.download }));
    const fails = t.verify.fails("rsc.io/quote@v1.5.2", "1.4 s");
    expect(await panel("Domestic").findByText(new RegExp(fails)), "what happened").toBeTruthy();
    expect(panel("Domestic").getByText(/no such host/), "what go says").toBeTruthy();
  });

  test("a shadow is reported, not claimed; and one that is not in use has nothing to try", async () => {
    const { user } = await openProfiles("outranked");
    await user.click(verify("Domestic"));
    expect(await panel("Domestic").findByText(new RegExp(t.verify.shadowed("GOPROXY")))).toBeTruthy();
    await user.click(verify("家里 NAS"));
    expect(
      await panel("家里 NAS").findByText(t.verify.later),
      "a download would go another way",
    ).toBeTruthy();
    await user.click(panel("家里 NAS").getByRole("button", { name: t.verify.close }));
    expect(screen.queryByRole("region", { name: t.verify.label("家里 NAS") }), "closed").toBeNull();
  });

  test("says why it could not be done", async () => {
    const { user, example } = await openProfiles();
    example.world.scenario.profiles.own = [];
    await user.click(verify("Customer A"));
    const region = await screen.findByRole("region", { name: t.verify.label("Customer A") });
    await waitFor(() =>
      expect(within(region).getByRole("alert").textContent, "forgotten meanwhile").toBeTruthy(),
    );
  });
});

describe("the file of the profiles", () => {
  test("of a newer version stays as it is", async () => {
    await openProfiles("newer");
    expect(screen.getByText(t.trouble), "said").toBeTruthy();
    const create = screen.getByRole("button", { name: t.create });
    expect(create.hasAttribute("disabled"), "nothing could be saved").toBe(true);
    expect(screen.getByRole("button", { name: t.card.useOf("Overseas") }), "the others work").toBeTruthy();
  });

  test("that is damaged is set aside by the next save", async () => {
    const { user, example } = await openProfiles("damaged");
    expect(screen.getByText(/line 41/), "what is wrong with it").toBeTruthy();
    expect(screen.getByRole("button", { name: t.create }).hasAttribute("disabled"), "can be saved").toBe(
      false,
    );
    await user.click(screen.getByRole("button", { name: t.openFolder }));
    expect(example.calls.at(-1), "by name").toEqual({ name: "desktop_open", args: "config_folder" });
  });
});

describe("five thousand", () => {
  const rows = () => screen.getByRole("main").querySelectorAll("li, section").length;

  test("only some are drawn, and every one is found by its name", async () => {
    const { user } = await openProfiles("crowd");
    expect(rows(), "reliability 1.F").toBeLessThanOrEqual(200);
    await user.type(screen.getByRole("searchbox", { name: t.find }), "customer 4711");
    await waitFor(() => expect(headings(), "the one").toEqual(["Customer 4711"]));
    await user.type(screen.getByRole("searchbox", { name: t.find }), " no");
    await user.click(screen.getByRole("button", { name: t.none.all }));
    expect(headings().length, "a page of them again").toBe(12);
  });

  test("pages lead through all of them, and a moved one is followed", async () => {
    const { user } = await openProfiles("crowd");
    expect(screen.getByText(t.page.where(1, 12, "5,000")), "where one is").toBeTruthy();
    await user.click(screen.getByRole("button", { name: t.page.on }));
    expect(headings()[0], "the thirteenth").toBe("Customer 0007");
    await choose(user, "Customer 0007", t.menu.up);
    await waitFor(() => expect(headings().at(-1), "on the page before, now").toBe("Customer 0007"));
  });

  test("many values are folded, those that would change first", async () => {
    const { user } = await openProfiles("crowd");
    const everything = inCard("Everything at once");
    const shown = () => everything.getAllByRole("listitem").length;
    expect(shown(), "the first few").toBe(6);
    await user.click(everything.getByRole("button", { name: t.card.all(30) }));
    expect(shown(), "all of them").toBe(30);
  });
});
