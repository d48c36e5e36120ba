import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import { en } from "../src/i18n/en";
import type { Lang } from "../src/i18n/format";
import { i18n } from "../src/i18n/i18n.svelte";
import { shared } from "../src/i18n/shared";
import { axeFindings } from "./app";
import { openMirrors } from "./mirrors";

const t = en.chain;
const card = () => within(screen.getByRole("region", { name: i18n.t.chain.title }));
const button = (name: string) => card().getByRole("button", { name });
const text = () => card().getByRole<HTMLInputElement>("textbox", { name: "GOPROXY" });
const dialog = () => within(screen.getByRole("dialog"));

async function open(scenario: ScenarioName = "mirrors", lang: Lang = "en") {
  const opened = await openMirrors(scenario, { lang });
  await waitFor(() => expect(text().value, "what is in effect").not.toBe(""));
  return opened;
}

type User = Awaited<ReturnType<typeof open>>["user"];

/** Writes a chain as text, and waits until the list follows. */
async function write(user: User, goproxy: string, entries: number) {
  await user.clear(text());
  text().focus();
  await user.paste(goproxy);
  await waitFor(() => expect(sources(), "the list follows the text").toHaveLength(entries));
}

/** The names in the list, from top to bottom. */
const sources = () => {
  const list = card().queryByRole("list", { name: i18n.t.chain.list });
  return list ? within(list).queryAllByRole("group") : [];
};
const names = () => sources().map((row) => row.getAttribute("aria-label"));

describe("list and text", () => {
  test("are one thing: what is typed is listed, what is moved is written", async () => {
    const { user } = await open();
    await write(user, "https://a.example,https://b.example|direct", 3);
    expect(names()).toEqual(["1: https://a.example", "2: https://b.example", "3: direct"]);
    await user.click(button(t.up("https://b.example")));
    await waitFor(() => expect(text().value).toBe("https://b.example,https://a.example|direct"));
    expect(document.activeElement?.getAttribute("aria-label"), "where it can be moved on").toBe(
      t.down("https://b.example"),
    );
    await user.selectOptions(
      card().getByRole("combobox", { name: t.junction.label(1) }),
      t.junction.onAnyError,
    );
    await waitFor(() => expect(text().value).toBe("https://b.example|https://a.example|direct"));
    await user.click(button(t.remove("https://a.example")));
    await waitFor(() => expect(text().value).toBe("https://b.example|direct"));
  });

  test("a source is added before the end, by name or by address", async () => {
    const { user } = await open();
    await write(user, "https://a.example,direct", 2);
    await user.click(button(t.add.label));
    await user.click(screen.getByRole("menuitem", { name: /^Goproxy\.cn/ }));
    await waitFor(() => expect(text().value).toBe("https://a.example,https://goproxy.cn,direct"));
    await user.click(button(t.add.label));
    await user.click(screen.getByRole("menuitem", { name: t.add.address }));
    await user.keyboard("https://b.example{Enter}");
    await waitFor(() =>
      expect(text().value).toBe("https://a.example,https://goproxy.cn,https://b.example,direct"),
    );
    expect(screen.queryByRole("dialog"), "Enter previews nothing").toBeNull();
  });

  test("what nobody is asked is said, and mended by one button", async () => {
    const { user } = await open();
    await write(user, "https://a.example,direct,https://b.example", 3);
    expect(card().getByText(t.chips.unreached), "in the list").toBeTruthy();
    const said = shared.en.problems.proxy_unreachable.replace("{entry}", "https://b.example");
    await user.click(button(t.mendOf(said)));
    await waitFor(() => expect(text().value).toBe("https://a.example,direct"));
    expect(card().getByText(t.noProblems)).toBeTruthy();
  });

  test("what Go refuses cannot be previewed", async () => {
    const { user } = await open();
    await write(user, "localhost,direct", 2);
    expect(button(t.preview)).toHaveProperty("disabled", true);
  });
});

describe("using it", () => {
  test("both variables are planned together, and reset returns to what is in effect", async () => {
    const { user, example } = await open();
    const before = text().value;
    await write(user, "https://a.example,direct", 2);
    await user.click(button(t.preview));
    await screen.findByRole("dialog", { name: en.plan.titles.chain });
    const asked = example.calls.findLast(({ name }) => name === "chain_plan");
    const gosumdb = card().getByRole<HTMLInputElement>("combobox", { name: "GOSUMDB" }).value;
    expect(asked?.args).toEqual({ goproxy: "https://a.example,direct", gosumdb });
    await user.keyboard("{Escape}");
    await user.click(button(t.reset));
    await waitFor(() => expect(text().value).toBe(before));
  });
});

describe("rehearsal", () => {
  test("an answer is chosen, and what follows is said", async () => {
    const { user, example } = await open();
    await write(user, "https://a.example,https://b.example|direct", 3);
    await user.click(button(t.rehearse));
    expect(await dialog().findByText(/The module comes from/), "the second has it").toBeTruthy();
    const first = dialog().getByRole("combobox", { name: t.rehearsal.answerOf("https://a.example") });
    await user.selectOptions(first, shared.en.answers.bad_gateway);
    expect(await dialog().findByText(/ends the download/), "a comma goes on for a 404 only").toBeTruthy();
    await user.selectOptions(first, shared.en.answers.silence);
    expect(await dialog().findByText(t.rehearsal.forEver)).toBeTruthy();
    expect(
      example.calls.some(({ name }) => name === "mirror_test" || name === "mirror_prove"),
      "nothing is sent",
    ).toBe(false);
  });

  test.each(["en", "zh"] as const)("axe finds nothing, in %s", async (lang) => {
    const { user } = await open("mirrors", lang);
    await write(user, "https://a.example,direct,junk", 3);
    expect(await axeFindings(), "the builder").toEqual([]);
    await user.click(button(i18n.t.chain.rehearse));
    await dialog().findByRole("list", { name: i18n.t.chain.rehearsal.steps });
    expect(await axeFindings(), "the rehearsal").toEqual([]);
  });
});
