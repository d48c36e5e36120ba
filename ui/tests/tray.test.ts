import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { Example } from "../src/bridge/fake/example";
import { i18n } from "../src/i18n/i18n.svelte";
import { en } from "../src/i18n/en";
import { PAGES } from "../src/state/navigation.svelte";
import { axeFindings, openWindow } from "./app";

describe("the setting", () => {
  test("is off at first, and each choice is kept", async () => {
    const { user, example } = await openWindow("good", { page: "settings" });
    const choice = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });
    expect(choice(en.settings.trays.off).checked, "nobody asked for an icon").toBe(true);
    await user.click(choice(en.settings.trays.keep_running));
    await waitFor(() => expect(example.world.settings.tray, "kept").toBe("keep_running"));
    await user.click(choice(en.settings.trays.off));
    await waitFor(() => expect(example.world.settings.tray, "and taken back").toBe("off"));
  });

  test.each(["en", "zh"] as const)("says when this desktop shows no icons, in %s", async (lang) => {
    const { user, example } = await openWindow("nogo", { lang, page: "settings" });
    const t = i18n.t.settings;
    expect(await screen.findByText(t.noTray), "it can be chosen, and this is what comes of it").toBeTruthy();
    expect(await axeFindings(), "roles, names and structure").toEqual([]);
    example.world.scenario.trays = true;
    window.dispatchEvent(new Event("focus"));
    await waitFor(() => expect(screen.queryByText(t.noTray), "somebody shows them now").toBeNull());
    await user.click(screen.getByRole("radio", { name: t.trays.icon }));
    await waitFor(() => expect(example.world.settings.tray, "kept").toBe("icon"));
  });
});

describe("the icon", () => {
  const withIcon = (example: Example) => (example.world.settings.tray = "icon");
  const asked = (example: Example) => example.calls.filter(({ name }) => name.startsWith("tray_"));

  test("is not even asked for while the setting is off", async () => {
    const { example, user } = await openWindow("good");
    expect(asked(example), "nothing of it runs").toEqual([]);
    await user.keyboard(`{Control>}${String(PAGES.indexOf("settings") + 1)}{/Control}`);
    await user.click(await screen.findByRole("radio", { name: en.settings.trays.icon }));
    await waitFor(() => expect(example.world.tray?.open, "it is there at once").toBe(en.tray.open));
    await user.click(screen.getByRole("radio", { name: en.settings.trays.off }));
    await waitFor(() => expect(example.world.tray, "and gone at once").toBeNull());
  });

  test("speaks the language of the window, and is sent again only when it says something else", async () => {
    const { example, user } = await openWindow("good", { prepare: withIcon });
    await waitFor(() => expect(example.world.tray?.quit).toBe(en.tray.quit));
    const sent = () => asked(example).filter(({ name }) => name === "tray_show").length;
    const before = sent();
    const readings = () => example.calls.filter(({ name }) => name === "overview_read").length;
    const read = readings();
    example.stir();
    await waitFor(() => expect(readings(), "everything was read again").toBeGreaterThan(read));
    expect(sent(), "nothing of the menu changed").toBe(before);
    await user.keyboard(`{Control>}${String(PAGES.indexOf("settings") + 1)}{/Control}`);
    await user.click(await screen.findByRole("radio", { name: "中文" }));
    await waitFor(() => expect(example.world.tray?.quit, "Chinese").toBe("退出"));
  });

  test("choosing a profile there opens its preview and applies nothing", async () => {
    const { example } = await openWindow("good", { prepare: withIcon });
    await waitFor(() => expect(example.world.tray).not.toBeNull());
    example.choose({ event: "use_profile", id: "overseas" });
    expect(await screen.findByRole("dialog"), "the plan is shown").toBeTruthy();
    await screen.findByRole("button", { name: en.plan.applySwitch });
    const names = example.calls.map(({ name }) => name);
    expect(names, "it was planned").toContain("profile_plan");
    expect(names, "and only the user applies it").not.toContain("plan_apply");
  });

  test("leads to the page of profiles, also when the chosen one is gone", async () => {
    for (const event of [{ event: "show_profiles" }, { event: "use_profile", id: "gone" }] as const) {
      const { example, unmount } = await openWindow("good", { prepare: withIcon });
      await waitFor(() => expect(example.world.tray).not.toBeNull());
      example.choose(event);
      const title = await screen.findByRole("heading", { level: 1, name: en.shell.pages.profiles });
      expect(title, event.event).toBeTruthy();
      unmount();
    }
  });

  test("does not disturb what is being written", async () => {
    const { example, user } = await openWindow("good", { prepare: withIcon });
    await waitFor(() => expect(example.world.tray).not.toBeNull());
    let written: (value: unknown) => void = () => undefined;
    example.hold("plan_apply", new Promise((resolve) => (written = resolve)));
    example.choose({ event: "use_profile", id: "overseas" });
    await user.click(await screen.findByRole("button", { name: en.plan.applySwitch }));
    const planned = () => example.calls.filter(({ name }) => name === "profile_plan").length;
    const before = planned();
    example.choose({ event: "use_profile", id: "offline" });
    expect(planned(), "one thing after the other").toBe(before);
    written(null);
    expect(
      await screen.findByRole("button", { name: en.plan.done }),
      "what came of it is shown",
    ).toBeTruthy();
  });

  test("returning from there is previewed as well", async () => {
    const { example } = await openWindow("good", { prepare: withIcon });
    await waitFor(() => expect(example.world.tray).not.toBeNull());
    example.choose({ event: "return_to_previous" });
    expect(await screen.findByRole("dialog"), "a plan, or why there is none").toBeTruthy();
    expect(example.calls.map(({ name }) => name)).toContain("profile_previous");
  });
});
