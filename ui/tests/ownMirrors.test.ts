import { screen, waitFor, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import { en } from "../src/i18n/en";
import { axeFindings } from "./app";
import { choose, inRow, openMirrors, order } from "./mirrors";

const t = en.mirrors;
const button = (name: string) => screen.getByRole("button", { name });
const dialog = () => within(screen.getByRole("dialog"));
const field = (name: string) => dialog().getByRole<HTMLInputElement>("textbox", { name });
type User = Awaited<ReturnType<typeof openMirrors>>["user"];

async function fill(user: User, name: string, value: string) {
  await user.clear(field(name));
  field(name).focus();
  await user.paste(value);
}

async function save(user: User) {
  await user.click(dialog().getByRole("button", { name: t.editor.save }));
}

const closed = () => waitFor(() => expect(screen.queryByRole("dialog"), "closed").toBeNull());

describe("adding", () => {
  test("an address is enough, and the row has the focus", async () => {
    const { user, example } = await openMirrors();
    await user.click(button(t.tools.add));
    expect(document.activeElement, "where one begins").toBe(field(t.editor.address));
    await fill(user, t.editor.address, "https://athens.team.example");
    await save(user);
    await closed();
    expect(order(), "called by its host").toContain("athens.team.example");
    expect(inRow("athens.team.example").getByText(t.own), "marked").toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent.trim()).toBe("athens.team.example"));
    expect(
      example.calls.some(({ name }) => name === "mirror_test"),
      "nothing is contacted by it",
    ).toBe(false);
  });

  test("a refusal is said at its field, and nothing is lost", async () => {
    const { user } = await openMirrors("ownMirrors");
    await user.click(button(t.tools.add));
    await fill(user, t.editor.address, "https://goproxy.cn/");
    await fill(user, t.editor.name, "Old NAS");
    await save(user);
    await waitFor(() => expect(field(t.editor.address).getAttribute("aria-invalid"), "listed").toBe("true"));
    expect(dialog().getByText(/is in the list already/)).toBeTruthy();
    await fill(user, t.editor.address, "https://athens.team.example");
    await save(user);
    await waitFor(() => expect(field(t.editor.name).getAttribute("aria-invalid"), "taken").toBe("true"));
    await fill(user, t.editor.name, "Athens, team");
    await fill(user, t.editor.probe, "no module");
    await save(user);
    await waitFor(() => expect(field(t.editor.probe).getAttribute("aria-invalid"), "no module").toBe("true"));
    expect(field(t.editor.address).value, "as it was typed").toBe("https://athens.team.example");
  });

  test("what Go would make of the address is said while it is typed", async () => {
    const { user, example } = await openMirrors();
    await user.click(button(t.tools.add));
    await fill(user, t.editor.address, "https://athens.team.example");
    await waitFor(() => expect(dialog().getByText(en.environment.editor.sound)).toBeTruthy());
    const asked = example.calls.findLast(({ name }) => name === "environment_check");
    expect(asked?.args).toEqual({ name: "GOPROXY", value: "https://athens.team.example" });
  });
});

describe("changing", () => {
  test("credentials are not fetched unless they are asked for, and stay", async () => {
    const { user, example, container } = await openMirrors("ownMirrors");
    await choose(user, "Athens, office", t.menu.edit);
    expect(dialog().queryByRole("textbox", { name: t.editor.address }), "hidden").toBeNull();
    await fill(user, t.editor.name, "Athens, cellar");
    await save(user);
    await closed();
    const saved = example.calls.findLast(({ name }) => name === "mirror_save")?.args;
    expect(saved, "the address was never here").toMatchObject({ id: "own-athens", url: null });
    const kept = example.world.scenario.mirrors.own.find(({ id }) => id === "own-athens");
    expect(kept?.url, "with its login").toContain("hunter2@");
    expect(container.textContent, "nowhere on the page").not.toContain("hunter2");
  });

  test("an address with credentials is shown only in its field", async () => {
    const { user } = await openMirrors("ownMirrors");
    await choose(user, "Athens, office", t.menu.edit);
    await user.click(dialog().getByRole("button", { name: t.editor.reveal }));
    await waitFor(() => expect(field(t.editor.address).value).toContain("gopher:hunter2@"));
  });

  test("another address forgets what was measured of the old one", async () => {
    const { user } = await openMirrors("tested");
    expect(inRow("Old NAS").getByText("slower than 1.2 s")).toBeTruthy();
    await choose(user, "Old NAS", t.menu.edit);
    await fill(user, t.editor.address, "https://nas.home.example");
    await save(user);
    await closed();
    expect(inRow("Old NAS").queryByText("slower than 1.2 s"), "not of this one").toBeNull();
  });

  test("shipped ones cannot be edited or removed", async () => {
    const { user } = await openMirrors();
    await user.click(inRow("goproxy.io").getByRole("button", { name: t.more("goproxy.io") }));
    const items = screen.getAllByRole("menuitem").map((item) => item.textContent);
    expect(items.some((item) => item.includes(t.menu.edit) || item.includes(t.menu.remove))).toBe(false);
  });
});

describe("removing", () => {
  test("names the mirror, Cancel is the default, and it comes back to its place", async () => {
    const { user } = await openMirrors("ownMirrors");
    const before = order();
    await choose(user, "Old NAS", t.menu.remove);
    expect(screen.getByRole("dialog", { name: t.remove.title("Old NAS") })).toBeTruthy();
    expect(document.activeElement?.textContent.trim(), "Enter harms nobody").toBe(en.parts.cancel);
    await user.click(dialog().getByRole("button", { name: t.remove.yes("Old NAS") }));
    const toast = await screen.findByText(t.remove.done("Old NAS"));
    expect(order(), "gone").not.toContain("Old NAS");
    await user.click(within(toast.parentElement ?? toast).getByRole("button", { name: t.remove.undo }));
    await waitFor(() => expect(order(), "as before").toEqual(before));
  });

  test("one with credentials cannot be written again from here, so nothing promises it", async () => {
    const { user } = await openMirrors("ownMirrors");
    await choose(user, "Athens, office", t.menu.remove);
    await user.click(dialog().getByRole("button", { name: t.remove.yes("Athens, office") }));
    const toast = await screen.findByText(t.remove.done("Athens, office"));
    expect(within(toast.parentElement ?? toast).queryByRole("button", { name: t.remove.undo })).toBeNull();
  });
});

describe("the user's order", () => {
  test("is set by buttons, said, and the focus stays", async () => {
    const { user } = await openMirrors("tested");
    await user.click(screen.getByRole("radio", { name: t.tools.ownOrder }));
    expect(order().slice(0, 3)).toEqual(["Athens, office", "Old NAS", "Goproxy.cn"]);
    await choose(user, "Goproxy.cn", t.menu.up);
    await waitFor(() => expect(order()[1], "one up").toBe("Goproxy.cn"));
    expect(screen.getByText(t.menu.moved("Goproxy.cn", 2)).getAttribute("role"), "announced").toBe("status");
    const more = inRow("Goproxy.cn").getByRole("button", { name: t.more("Goproxy.cn") });
    await waitFor(() => expect(document.activeElement, "to move on from there").toBe(more));
    expect(inRow("Athens, office").getByText(t.rank.is(1)), "ranks are still there").toBeTruthy();
  });

  test("cannot be changed where ranks rule", async () => {
    const { user } = await openMirrors("tested");
    await user.click(inRow("Goproxy.cn").getByRole("button", { name: t.more("Goproxy.cn") }));
    expect(screen.queryByRole("menuitem", { name: t.menu.up }), "it would move nothing").toBeNull();
  });
});

describe("importing", () => {
  test("shows what was found before it is kept, and why something is left out", async () => {
    const { user, example } = await openMirrors();
    await user.click(button(t.tools.importing));
    const text = "https://a.example,https://goproxy.cn|https://u:p@b.example,direct";
    dialog().getByRole("textbox", { name: t.import.paste }).focus();
    await user.paste(text);
    await user.click(dialog().getByRole("button", { name: t.import.read }));
    const found = await dialog().findByRole("list", { name: t.import.list });
    expect(within(found).getAllByRole("listitem").length, "direct is no mirror").toBe(3);
    expect(within(found).getByText(/is in the list already/), "left out").toBeTruthy();
    expect(found.textContent, "masked").not.toContain("u:p@");
    expect(example.world.scenario.mirrors.own, "nothing is kept yet").toEqual([]);
    await user.click(dialog().getByRole("button", { name: t.import.keep(2) }));
    await closed();
    expect(order(), "both").toEqual(expect.arrayContaining(["a.example", "b.example"]));
    expect(await screen.findByText(t.import.kept(2))).toBeTruthy();
  });

  test("a text without mirrors is refused in words", async () => {
    const { user } = await openMirrors();
    await user.click(button(t.tools.importing));
    dialog().getByRole("textbox", { name: t.import.paste }).focus();
    await user.paste("direct");
    await user.click(dialog().getByRole("button", { name: t.import.read }));
    expect((await dialog().findByRole("alert")).textContent).toContain("There is no mirror in the text");
  });
});

test("what a newer version wrote stays as it is", async () => {
  const newer = {
    code: "store_newer",
    params: { path: "~/.config/gopherdesk/mirrors.json" },
    message: "newer",
  } as const;
  const { user } = await openMirrors("ownMirrors", {
    prepare: ({ world }) => (world.scenario.mirrors.trouble = newer),
  });
  expect(screen.getByText(t.trouble)).toBeTruthy();
  expect(button(t.tools.add).hasAttribute("disabled"), "nothing could be saved").toBe(true);
  await user.keyboard("{Control>}1{/Control}");
});

test.each(["en", "zh"] as const)("axe finds nothing in the dialogs, in %s", async (lang) => {
  const { user } = await openMirrors("ownMirrors", { lang });
  const words = lang === "en" ? en.mirrors : (await import("../src/i18n/zh")).zh.mirrors;
  for (const name of [words.tools.add, words.tools.importing]) {
    await user.click(button(name));
    expect(await axeFindings(), name).toEqual([]);
    await user.click(dialog().getByRole("button", { name: /Cancel|取消/ }));
  }
  await choose(user, "Athens, office", words.menu.remove);
  expect(await axeFindings(), "removal").toEqual([]);
});
