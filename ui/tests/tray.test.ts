import { screen, waitFor } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { i18n } from "../src/i18n/i18n.svelte";
import { en } from "../src/i18n/en";
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
