import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { zh } from "../src/i18n/zh";
import { axeFindings, openWindow } from "./app";

const t = en.environment;
const at = (scenario: ScenarioName, lang: "en" | "zh" = "en") =>
  openWindow(scenario, { page: "environment", lang });
const row = (name: string) => screen.getByRole("row", { name });
const field = (name: string) =>
  screen.findByRole<HTMLInputElement>("combobox", { name: t.editor.value(name) });

type User = Awaited<ReturnType<typeof at>>["user"];

async function type(user: User, name: string, value: string) {
  await user.click(screen.getByRole("button", { name: t.edit(name) }));
  const input = await field(name);
  await waitFor(() => expect(input.readOnly, "the value is there").toBe(false));
  await user.clear(input);
  const [text = "", key] = value.split("{");
  await user.paste(text);
  if (key) await user.keyboard(`{${key}`);
  return input;
}

describe("editor", () => {
  test("Enter keeps, Esc cancels, and the focus comes back to the pencil", async () => {
    const { user } = await at("good");
    await type(user, "GOBIN", "/home/gopher/bin{Escape}");
    const pencil = screen.getByRole("button", { name: t.edit("GOBIN") });
    await waitFor(() => expect(document.activeElement, "cancelled").toBe(pencil));
    expect(screen.queryByRole("region", { name: t.bar.label }), "nothing was kept").toBeNull();
    await type(user, "GOBIN", "/home/gopher/bin{Enter}");
    const bar = await screen.findByRole("region", { name: t.bar.label });
    expect(bar.textContent, "how many and which").toContain(t.bar.title(1));
    expect(within(row("GOBIN")).getByText(t.chips.edited), "the row says so").toBeTruthy();
    expect(screen.getByText(t.bar.said("GOBIN")).getAttribute("role"), "announced politely").toBe("status");
    expect(document.activeElement?.getAttribute("aria-label"), "kept").toBe(t.edit("GOBIN"));
  });

  test("what Go refuses cannot be kept", async () => {
    const { user } = await at("good");
    const input = await type(user, "GOPATH", "relative{Enter}");
    await waitFor(() => expect(input.getAttribute("aria-invalid"), "said while typing").toBe("true"));
    expect(screen.getByRole("button", { name: t.editor.keep }).hasAttribute("disabled")).toBe(true);
    expect(screen.queryByRole("region", { name: t.bar.label }), "nothing was kept").toBeNull();
  });

  test("an answer that comes late says nothing of what was typed since", async () => {
    const { user, example } = await at("good");
    const input = await type(user, "GOPATH", "/");
    let answer: () => void = () => undefined;
    example.hold("environment_check", new Promise<void>((resolve) => (answer = resolve)));
    await user.clear(input);
    await user.paste("/sound");
    await waitFor(() => expect(screen.getByText(t.editor.sound), "the newest answer").toBeTruthy());
    answer();
    await new Promise((resolve) => setTimeout(resolve));
    expect(input.getAttribute("aria-invalid"), "the empty value was refused, but is gone").toBeNull();
  });

  test("a secret is fetched only when it is edited", async () => {
    const { user, example, container } = await at("secret");
    const revealed = () => example.calls.filter(({ name }) => name === "environment_reveal").length;
    expect(container.textContent, "never shown").not.toContain("hunter2");
    expect(revealed(), "never fetched").toBe(0);
    await user.click(screen.getByRole("button", { name: t.edit("GOPROXY") }));
    const input = await field("GOPROXY");
    await waitFor(() => expect(input.value, "in its field").toContain("gopher:hunter2@"));
    expect(revealed()).toBe(1);
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("combobox"), "closed").toBeNull());
    expect(screen.queryByRole("region", { name: t.bar.label }), "nothing was changed").toBeNull();
  });

  test("what was typed survives other pages, and changes outside are said", async () => {
    const { user, example } = await at("good");
    await type(user, "GOFLAGS", "-mod=mod{Enter}");
    await type(user, "GOBIN", "/half");
    await user.keyboard("{Control>}1{/Control}");
    await user.keyboard("{Control>}2{/Control}");
    expect((await field("GOBIN")).value, "the open editor").toBe("/half");
    example.world.scenario.file.push("GOFLAGS=-mod=vendor");
    example.stir();
    const said = await screen.findByText(t.wish.overtaken, { exact: false });
    expect(said.textContent, "what it is now").toContain("-mod=vendor");
    await user.click(screen.getByRole("button", { name: t.wish.forgetOf("GOFLAGS") }));
    expect(await screen.findByText(t.bar.none), "announced").toBeTruthy();
  });
});

describe("rows", () => {
  test("a shadowed value opens by itself and shows every layer", async () => {
    await at("shadowed");
    const layers = screen.getByRole("list", { name: t.details("GOPROXY") });
    expect(within(layers).getAllByRole("listitem").length, "shell, file and default").toBe(3);
    expect(within(layers).getByText(shared.en.wins.terminals)).toBeTruthy();
    expect(screen.getByRole("button", { name: t.commentOut }), "the way out").toBeTruthy();
  });

  test("a follower and a lock say why", async () => {
    const { user } = await at("good");
    expect(within(row("GONOPROXY")).getByText(t.chips.follows("GOPRIVATE"))).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "GOENV" }));
    expect(screen.getByText(t.fixed.environment), "in words").toBeTruthy();
    expect(screen.queryByRole("button", { name: t.edit("GOENV") }), "no pencil").toBeNull();
  });

  test("a long value is clamped, and shown when asked", async () => {
    const { user } = await at("hostile");
    const shown = within(row("GOPRIVATE"));
    expect(row("GOPRIVATE").textContent.length, "only its beginning").toBeLessThan(500);
    await user.click(shown.getByRole("button", { name: t.value.more("6,000") }));
    expect(shown.getByRole("button", { name: t.value.less }), "and back").toBeTruthy();
  });

  test("the search keeps the focus, answers to its keys, and has a way back", async () => {
    const { user } = await at("good");
    await user.keyboard("{Control>}f{/Control}");
    const search = screen.getByRole("searchbox", { name: t.search });
    expect(document.activeElement, "by its keys").toBe(search);
    await user.keyboard("nothing like this");
    expect(document.activeElement, "while typing").toBe(search);
    await user.click(screen.getByRole("button", { name: t.none.showAll }));
    expect(row("GOPROXY"), "everything again").toBeTruthy();
  });

  test("the palette leads to a row, also on this page", async () => {
    const { user } = await at("good");
    await user.keyboard("{Control>}f{/Control}zzz{Control>}k{/Control}");
    screen.getByRole("combobox", { name: en.palette.title }).focus();
    await user.keyboard("GOTMPDIR{Enter}");
    const name = await screen.findByRole("button", { name: "GOTMPDIR" });
    expect(name.getAttribute("aria-expanded"), "opened, whatever was searched").toBe("true");
    await waitFor(() => expect(document.activeElement, "where the user looks").toBe(name));
  });
});

describe("rescue", () => {
  test("a file that stops Go is shown line by line, with its repair", async () => {
    const { user } = await at("failing");
    expect(screen.getByText(t.file.rescue)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: t.file.repairLine(1) }));
    expect(await screen.findByRole("dialog", { name: en.plan.titles.repair })).toBeTruthy();
  });

  test("a file that cannot be written has no pencils", async () => {
    await at("readonly");
    expect(within(row("GOPROXY")).getByRole("img", { name: t.fixed.file })).toBeTruthy();
  });
});

test("Chinese", async () => {
  await at("shadowed", "zh");
  expect(within(row("GOPROXY")).getByText(zh.environment.chips.shadowed)).toBeTruthy();
});

test("axe finds nothing while a value is edited and others wait", async () => {
  const { user } = await at("shadowed");
  await type(user, "GOBIN", "/home/gopher/bin{Enter}");
  await type(user, "GOPATH", "relative");
  expect(await axeFindings(), "roles, names and structure").toEqual([]);
});
