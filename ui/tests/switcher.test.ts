import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { openWindow } from "./app";
import { dialog } from "./profiles";

const t = en.profiles;
const button = (name: RegExp | string = /^Profile: /) => screen.getByRole("button", { name });
const items = () => [...screen.getAllByRole("menuitemradio"), ...screen.getAllByRole("menuitem")];
const focused = () => document.activeElement?.querySelector(".label")?.textContent;

async function openSwitcher(scenario: ScenarioName = "profiles") {
  const view = await openWindow(scenario);
  button().focus();
  await view.user.keyboard("{ArrowDown}");
  await waitFor(() => expect(screen.getByRole("menu"), "it opens").toBeTruthy());
  return view;
}

describe("the switcher of the header", () => {
  test("says on every page what is in use", async () => {
    const { user } = await openWindow("profiles");
    for (const page of ["1", "2", "3", "4", "5", "6"]) {
      await user.keyboard(`{Control>}${page}{/Control}`);
      expect(button(t.switcher.label("Domestic")).textContent, "by its name").toContain("Domestic");
    }
  });

  test("says when the settings are none of the profiles", async () => {
    await openWindow("good");
    expect(button(t.switcher.label(t.switcher.custom))).toBeTruthy();
  });

  test("marks what is written and outranked, with a word", async () => {
    await openWindow("outranked");
    const shadowed = button(t.switcher.labelShadowed("Domestic"));
    expect(shadowed.textContent, "to be read, not only coloured").toContain(t.switcher.shadowed);
  });

  test("lists all of them with what they are for, the one in use checked", async () => {
    await openSwitcher();
    const names = items().map((item) => item.querySelector(".label")?.textContent);
    expect(names).toEqual([
      "Domestic",
      "Overseas",
      "Company",
      "Offline",
      "家里 NAS",
      "Customer A",
      t.back.to("Overseas"),
      t.switcher.manage,
    ]);
    const checked = screen.getByRole("menuitemradio", { checked: true });
    expect(checked.textContent, "with a word").toContain(t.switcher.inUse);
    expect(checked.textContent, "with its summary").toContain(shared.en.profiles.summaries.domestic);
    expect(focused(), "the keyboard begins there").toBe("Domestic");
  });

  test("is driven by arrows, Home, End and letters; Esc and Tab leave it", async () => {
    const { user } = await openSwitcher();
    await user.keyboard("{ArrowDown}");
    expect(focused()).toBe("Overseas");
    await user.keyboard("{End}");
    expect(focused()).toBe(t.switcher.manage);
    await user.keyboard("{ArrowDown}");
    expect(focused(), "the ends meet").toBe("Domestic");
    await user.keyboard("{ArrowUp}{Home}");
    expect(focused()).toBe("Domestic");
    await user.keyboard("of");
    expect(focused(), "the letters of a name").toBe("Offline");
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("menu"), "closed").toBeNull();
    expect(document.activeElement, "the focus is where it was").toBe(button());
    await user.keyboard("{ArrowDown}{Tab}");
    await waitFor(() => expect(screen.queryByRole("menu"), "nothing stays open").toBeNull());
  });

  test("a choice opens the preview, and writes nothing before", async () => {
    const { user, example } = await openSwitcher();
    const before = [...example.world.scenario.file];
    await user.keyboard("ove{Enter}");
    await waitFor(() => expect(dialog().textContent).toContain(en.plan.switchTo("Overseas")));
    expect(example.world.scenario.file, "not yet").toEqual(before);
    await user.click(within(dialog()).getByRole("button", { name: en.parts.cancel }));
    expect(document.activeElement, "back at the button").toBe(button());
  });

  test("leads back, and to the page", async () => {
    const { user } = await openSwitcher();
    await user.click(screen.getByRole("menuitem", { name: t.back.to("Overseas") }));
    await waitFor(() => expect(dialog().textContent).toContain(en.plan.returnTo("Overseas")));
    await user.click(within(dialog()).getByRole("button", { name: en.parts.cancel }));
    await user.click(button());
    await user.click(screen.getByRole("menuitem", { name: t.switcher.manage }));
    const heading = await screen.findByRole("heading", { level: 1 });
    expect(heading.textContent).toBe(en.shell.pages.profiles);
  });

  test("the company is described first, from any page", async () => {
    const { user } = await openSwitcher("good");
    await user.keyboard("co{Enter}");
    await waitFor(() => expect(dialog().textContent).toContain(t.company.title));
  });

  test("a click elsewhere closes it", async () => {
    const { user } = await openSwitcher();
    await user.click(screen.getByRole("main"));
    expect(screen.queryByRole("menu")).toBeNull();
  });

  test("draws few of five thousand, and reaches each by its letters", async () => {
    const { user } = await openSwitcher("crowd");
    expect(items().length, "reliability 1.F").toBeLessThanOrEqual(60);
    const [first] = items();
    expect(first?.getAttribute("aria-setsize"), "how many there are").toBe("5001");
    await user.keyboard("customer 4711");
    await waitFor(() => expect(focused(), "far below").toBe("Customer 4711"));
    expect(items().length, "still few").toBeLessThanOrEqual(60);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(dialog().textContent).toContain(en.plan.switchTo("Customer 4711")));
  });
});

describe("the palette", () => {
  test("switches to every profile that is not in use, and back", async () => {
    const { user } = await openWindow("profiles");
    await user.keyboard("{Control>}k{/Control}");
    const titles = () =>
      screen.getAllByRole("option").map((one) => one.querySelector(".title")?.textContent.trim());
    expect(titles(), "the way back").toContain(t.back.to("Overseas"));
    expect(titles(), "already").not.toContain(en.palette.switchTo("Domestic"));
    screen.getByRole("combobox").focus();
    await user.keyboard("switch nas{Enter}");
    const apply = await screen.findByRole("button", { name: en.plan.applySwitch });
    expect(dialog().contains(apply), "its preview").toBe(true);
    expect(dialog().textContent).toContain(en.plan.switchTo("家里 NAS"));
  });

  test("finds one of five thousand", async () => {
    const { user } = await openWindow("crowd");
    await user.keyboard("{Control>}k{/Control}");
    expect(screen.getAllByRole("option").length, "few before anything is typed").toBeLessThan(40);
    screen.getByRole("combobox").focus();
    await user.keyboard("customer 4711");
    await waitFor(() => expect(screen.getAllByRole("option").length, "the one").toBe(1));
  });
});
