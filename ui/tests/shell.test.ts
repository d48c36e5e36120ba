import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { Refusal } from "../src/bridge/failure";
import { en } from "../src/i18n/en";
import { openWindow } from "./app";

const heading = () => screen.getByRole("heading", { level: 1 }).textContent;

describe("pages", () => {
  test("the rail shows the pages there are, and says which one is open", async () => {
    const { user } = await openWindow();
    const rail = screen.getByRole("navigation", { name: en.shell.rail });
    const names = within(rail)
      .getAllByRole("button")
      .map((button) => button.getAttribute("title"));
    expect(names, "no entry that leads nowhere").toEqual(Object.values(en.shell.pages));
    await user.click(within(rail).getByRole("button", { name: en.shell.pages.history }));
    expect(heading()).toBe(en.shell.pages.history);
    expect(within(rail).getByRole("button", { current: "page" }).textContent).toContain(
      en.shell.pages.history,
    );
  });

  test("every page has its number", async () => {
    const { user } = await openWindow();
    for (const [index, name] of Object.values(en.shell.pages).entries()) {
      await user.keyboard(`{Control>}${String(index + 1)}{/Control}`);
      expect(heading(), `Ctrl ${String(index + 1)}`).toBe(name);
    }
  });
});

describe("keys", () => {
  test("F5 reads again", async () => {
    const { user, example } = await openWindow();
    const readings = () => example.calls.filter(({ name }) => name === "overview_read").length;
    await waitFor(() => {
      expect(
        example.calls.map(({ name }) => name),
        "the shell was asked",
      ).toContain("shell_ask");
      expect(document.body.textContent, "and has answered").not.toContain(en.overview.under.asking);
    });
    const before = readings();
    await user.keyboard("{F5}");
    await waitFor(() => expect(readings(), "once more").toBe(before + 1));
  });

  test("? lists the shortcuts, Esc closes the list", async () => {
    const { user } = await openWindow();
    await user.keyboard("?");
    const dialog = screen.getByRole("dialog", { name: en.shortcuts.title });
    await fireEvent(dialog, new Event("cancel", { cancelable: true }));
    expect(screen.queryByRole("dialog"), "closed").toBeNull();
  });

  test("Ctrl Z without a change says so", async () => {
    const { user } = await openWindow();
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.getByText(en.history.nothingToUndo)).toBeTruthy();
  });

  test("keys do nothing while something is being written", async () => {
    const { user } = await openWindow();
    const input = document.body.appendChild(document.createElement("input"));
    input.focus();
    await user.keyboard("?{Control>}z{/Control}");
    expect(screen.queryByRole("dialog"), "neither list nor undo").toBeNull();
    expect(screen.queryByText(en.history.nothingToUndo), "Ctrl Z is the field's own").toBeNull();
    expect(input.value, "the letter arrives").toBe("?");
  });
});

describe("the world outside", () => {
  test("a change outside shows without a click", async () => {
    const { example } = await openWindow("fresh");
    expect(screen.queryByText("GOPROXY"), "nothing changed yet").toBeNull();
    example.world.scenario.file.push("GOPROXY=off");
    example.stir();
    expect(await screen.findByText("GOPROXY"), "read again").toBeTruthy();
  });

  test("looking at the window reads again", async () => {
    const { example } = await openWindow("fresh");
    example.world.scenario.file.push("GOSUMDB=off");
    window.dispatchEvent(new Event("focus"));
    expect(await screen.findByText("GOSUMDB"), "read again").toBeTruthy();
  });

  test("the login shell is asked once, after the first paint", async () => {
    const { example } = await openWindow();
    await waitFor(() => expect(example.world.asked, "asked").toBe(true));
    const names = example.calls.map(({ name }) => name);
    expect(names.indexOf("overview_read"), "the page comes first").toBeLessThan(names.indexOf("shell_ask"));
    expect(names.filter((name) => name === "shell_ask").length, "once").toBe(1);
  });
});

describe("faults of the window itself", () => {
  test("an unhandled rejection is told, and the window goes on", async () => {
    const { user } = await openWindow();
    const reason = new Error("something unforeseen");
    window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent, "calm words").toContain(en.states.crashTitle);
    await user.click(within(alert).getByRole("button", { name: en.states.copyDetails }));
    expect(await navigator.clipboard.readText(), "for a report").toContain("something unforeseen");
    await user.click(within(alert).getByRole("button", { name: en.parts.retry }));
    expect(screen.queryByRole("alert"), "put away").toBeNull();
  });

  test("a page that cannot be drawn leaves the others", async () => {
    const { user } = await openWindow("good", {
      prepare: (example) => {
        // a shape that no type allows
        Object.assign(example.world.scenario.toolchains[0] ?? {}, { found: null });
      },
      page: "settings",
    });
    expect(screen.getByRole("alert").textContent).toContain(en.states.crashTitle);
    await user.click(screen.getByRole("button", { name: en.shell.pages.history }));
    expect(screen.queryByRole("alert"), "history is not concerned").toBeNull();
  });
});

test("a refused button says why in a toast", async () => {
  const { user, example } = await openWindow("good", { page: "settings" });
  example.refuse("desktop_open", { code: "internal", params: { reason: "no file manager" }, message: "" });
  await user.click(screen.getByRole("button", { name: `${en.settings.open}: ${en.settings.stateFolder}` }));
  expect(await screen.findByText(/no file manager/), "with the reason").toBeTruthy();
});

test("a failed reading can be tried again", async () => {
  const failure = { code: "file_busy", params: { path: "~/.config/go/env" }, message: "busy" } as const;
  const { user } = await openWindow("good", {
    prepare: (example) => example.refuse("overview_read", failure),
  });
  expect(screen.getByRole("alert").textContent, "what failed").toContain(en.states.failedTitle);
  expect(new Refusal(failure).message, "the details").toBe("busy");
  await user.click(screen.getByRole("button", { name: en.parts.retry }));
  expect(await screen.findByRole("heading", { name: en.overview.verdict.good("1.26.8") })).toBeTruthy();
});
