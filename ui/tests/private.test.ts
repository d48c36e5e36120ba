import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import { en } from "../src/i18n/en";
import type { Lang } from "../src/i18n/format";
import { i18n } from "../src/i18n/i18n.svelte";
import { shared } from "../src/i18n/shared";
import { axeFindings, openWindow } from "./app";

const t = en.route.lists;
const list = (name: string) => within(screen.getByRole("region", { name }));
const button = (name: string) => screen.getByRole("button", { name });
const patterns = (name: string) =>
  list(name)
    .queryAllByRole("checkbox")
    .map((box) => box.closest("label")?.textContent.trim());

async function open(scenario: ScenarioName = "good", lang: Lang = "en") {
  const opened = await openWindow(scenario, { lang, page: "private" });
  await screen.findByRole("textbox", { name: i18n.t.route.lists.paste });
  await waitFor(() =>
    expect(screen.getByRole("region", { name: "GOPRIVATE" }), "the lists are read").toBeTruthy(),
  );
  return opened;
}

describe("the lists", () => {
  test("whatever is pasted becomes a pattern, and is planned with the others", async () => {
    const { user, example } = await open();
    const before = patterns("GOPRIVATE");
    screen.getByRole("textbox", { name: t.paste }).focus();
    await user.paste("git@git.new.example:team/repo.git");
    await user.click(await screen.findByRole("button", { name: t.addPatterns("git.new.example") }));
    expect(patterns("GOPRIVATE"), "behind the others").toEqual([...before, "git.new.example"]);
    await user.click(button(t.previewOf("GOPRIVATE")));
    await screen.findByRole("dialog", { name: en.plan.titles.edit });
    const asked = example.calls.findLast(({ name }) => name === "private_plan");
    const wanted = [...before, "git.new.example"].map((pattern) => ({
      pattern,
      systems: null,
      enabled: true,
    }));
    expect(asked?.args).toEqual({ list: "GOPRIVATE", entries: wanted });
  });

  test("a public hoster as a whole is refused with the way out", async () => {
    const { user } = await open();
    screen.getByRole("textbox", { name: t.paste }).focus();
    await user.paste("https://github.com");
    const said = shared.en.paste_faults.whole_public_host.replace("{host} ", "");
    expect(await screen.findByText(new RegExp(said.slice(0, 30))), "why").toBeTruthy();
  });

  test("an entry is switched off, moved and taken out; discarding brings all back", async () => {
    const { user } = await open();
    const before = patterns("GOPRIVATE");
    const [first = "", second = ""] = before;
    await user.click(list("GOPRIVATE").getByRole("button", { name: t.down(first) }));
    expect(patterns("GOPRIVATE").slice(0, 2), "in their new order").toEqual([second, first]);
    await user.click(list("GOPRIVATE").getByRole("checkbox", { name: first }));
    expect(list("GOPRIVATE").getByText(t.off), "said in words").toBeTruthy();
    await user.click(list("GOPRIVATE").getByRole("button", { name: t.remove(second) }));
    expect(patterns("GOPRIVATE")).not.toContain(second);
    await user.click(list("GOPRIVATE").getByRole("button", { name: t.discard }));
    expect(patterns("GOPRIVATE"), "as in the file").toEqual(before);
  });

  test("proposals come from named folders, when they are asked for", async () => {
    const { user, example } = await open();
    expect(
      example.calls.some(({ name }) => name === "private_suggest"),
      "not before",
    ).toBe(false);
    await user.click(button(t.suggest));
    await user.click(await screen.findByRole("button", { name: t.addPatterns("git.corp.example") }));
    expect(patterns("GOPRIVATE"), "taken over").toContain("git.corp.example");
  });
});

test("credentials are looked at on request, and hosts are asked one by one", async () => {
  const { user, example } = await open();
  const c = en.route.credentials;
  await user.click(button(c.look));
  const [check] = await screen.findAllByRole("button", { name: /^Check .* with git$/ });
  expect(
    example.calls.some(({ name }) => name === "private_check"),
    "nobody was asked",
  ).toBe(false);
  if (check) await user.click(check);
  await waitFor(() => expect(example.calls.some(({ name }) => name === "private_check")).toBe(true));
});

test.each(["en", "zh"] as const)("axe finds nothing, in %s", async (lang) => {
  const { user } = await open("good", lang);
  await user.click(button(i18n.t.route.lists.suggest));
  await user.click(button(i18n.t.route.credentials.look));
  await screen.findByRole("group", { name: i18n.t.route.lists.suggested });
  expect(await axeFindings()).toEqual([]);
});
