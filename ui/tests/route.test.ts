import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import { en } from "../src/i18n/en";
import type { Lang } from "../src/i18n/format";
import { i18n } from "../src/i18n/i18n.svelte";
import { shared } from "../src/i18n/shared";
import { axeFindings, openWindow } from "./app";

const t = en.route;
const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: i18n.t.route.paths });
const row = (name: string) => within(screen.getByRole("row", { name: new RegExp(`^${name}`) }));

async function open(scenario: ScenarioName = "good", lang: Lang = "en") {
  const opened = await openWindow(scenario, { lang, page: "private" });
  await screen.findByRole("textbox", { name: i18n.t.route.paths });
  return opened;
}

type User = Awaited<ReturnType<typeof open>>["user"];

async function paste(user: User, text: string) {
  field().focus();
  await user.paste(text);
  await screen.findByRole("table", { name: i18n.t.route.table });
}

describe("the tester", () => {
  test("answers while one types, and contacts nobody", async () => {
    const { user, example } = await open();
    await paste(user, "github.com/spf13/cobra\nno-path\n");
    await waitFor(() => expect(row("github.com/spf13/cobra").getByText(t.none)).toBeTruthy());
    const said = shared.en.failures.path_invalid.split("{module}")[1] ?? "";
    expect(row("no-path").getByText(new RegExp(said.slice(1, 20))), "what is no path is said").toBeTruthy();
    expect(row("no-path").getByText(t.line(2)), "and where it stands").toBeTruthy();
    expect(
      example.calls.some(({ name }) => name === "mirror_test" || name === "mirror_prove"),
      "nothing is sent",
    ).toBe(false);
  });

  test("a private module goes to its origin, and the picture says so", async () => {
    const { user, example } = await open();
    example.world.scenario.file.push("GOPRIVATE=git.corp.example");
    await user.keyboard("{F5}");
    await paste(user, "git.corp.example/team/app");
    await waitFor(() => expect(row("git.corp.example").getAllByText("GOPRIVATE").length).toBeGreaterThan(0));
    const picture = screen.getByRole("list", { name: t.picture.label("git.corp.example/team/app") });
    expect(
      within(picture)
        .getAllByRole("button")
        .map((one) => one.textContent.trim())
        .join(" "),
      "no mirror stands in it",
    ).toMatch(/git\.corp\.example.*direct/s);
  });

  test("a node leads to what decides it", async () => {
    const { user } = await open();
    await paste(user, "github.com/spf13/cobra");
    const picture = await screen.findByRole("list", { name: t.picture.label("github.com/spf13/cobra") });
    await user.click(within(picture).getByRole("button", { name: /direct/ }));
    expect(screen.getByRole("main", { name: en.shell.pages.environment }), "GOVCS is there").toBeTruthy();
  });

  test.each(["en", "zh"] as const)("axe finds nothing, in %s", async (lang) => {
    const { user } = await open("good", lang);
    await paste(user, "github.com/spf13/cobra no-path");
    expect(await axeFindings()).toEqual([]);
  });
});

test("the overview draws the way of a public module", async () => {
  await openWindow("good", { page: "overview" });
  const picture = await screen.findByRole("list", { name: t.picture.label("github.com/spf13/cobra") });
  expect(within(picture).getAllByRole("listitem").length, "the module, its sources").toBeGreaterThan(1);
});
