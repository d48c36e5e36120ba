import { execFileSync } from "node:child_process";
import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { en } from "../i18n/en";
import Button from "./Button.svelte";
import Code from "./Code.svelte";
import { folded, type DiffLine } from "./diff";
import DiffView from "./DiffView.svelte";
import Dialog from "./Dialog.svelte";
import Field from "./Field.svelte";
import Segmented from "./Segmented.svelte";
import Select from "./Select.svelte";
import Spinner from "./Spinner.svelte";
import ToastRegion from "./ToastRegion.svelte";
import { Toasts } from "./toasts.svelte";
import Value from "./Value.svelte";
import { wordsContext } from "./words";

const context = new Map([wordsContext(en.parts)]);
const says = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

test("icons are those of the package", () => {
  expect(
    () => execFileSync("node", ["scripts/icons.mjs", "--check"], { stdio: "pipe" }),
    "npm run icons",
  ).not.toThrow();
});

describe("Value", () => {
  test("shows markup as text and hidden characters as escapes", () => {
    const { container } = render(Value, { props: { text: "a\u202e<img src=x>" }, context });
    expect(container.querySelector("img"), "nothing of the value becomes an element").toBeNull();
    expect(container.textContent).toContain("a\\u202e<img src=x>");
    expect(container.querySelector("bdi")?.dir, "cannot reorder what stands around it").toBe("ltr");
  });

  test("tells empty from not set", () => {
    render(Value, { props: { text: "" }, context });
    render(Value, { props: { text: null }, context });
    expect(screen.getByText(en.parts.empty), "an empty value is a value").toBeTruthy();
    expect(screen.getByText(en.parts.unset), "no value is none").toBeTruthy();
  });

  test("cuts a long value and shows it whole when asked", async () => {
    const { container } = render(Value, { props: { text: "x".repeat(10_000) }, context });
    const shown = () => container.querySelector("bdi")?.textContent.length ?? 0;
    expect(shown(), "4 KiB and the sign that there is more").toBe(4097);
    await userEvent.click(screen.getByRole("button", { name: en.parts.showAll(10) }));
    expect(shown(), "all of it").toBe(10_000);
  });
});

describe("DiffView", () => {
  const same = (line: number): DiffLine => ({ kind: "same", text: `line ${String(line)}`, line });

  test("says in words what colour shows", () => {
    const lines: DiffLine[] = [
      { kind: "removed", text: "GOPROXY=direct", line: 1 },
      { kind: "added", text: "GOPROXY=off", line: 1 },
    ];
    render(DiffView, { props: { label: "diff", lines }, context });
    const rows = screen.getAllByRole("row").map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows, "number, sign, word, text").toEqual(["1− removed:GOPROXY=direct", "1+ added:GOPROXY=off"]);
  });

  test("folds what is far from a change, and nothing near it", () => {
    const lines = [
      ...Array.from({ length: 20 }, (_, index) => same(index + 1)),
      { ...same(21), kind: "added" as const },
    ];
    const rows = folded(lines);
    expect(rows[0], "the first seventeen lines").toMatchObject({ is: "gap", lines: { length: 17 } });
    expect(rows.length, "one fold, three lines around, the change").toBe(5);
  });

  test("does not fold a single line", () => {
    const rows = folded([1, 2, 3, 4].map(same).concat({ kind: "added", text: "x", line: 5 }));
    expect(
      rows.every(({ is }) => is === "line"),
      "a fold takes as much room as the line",
    ).toBe(true);
  });
});

describe("Dialog", () => {
  test("has a name, asks to close on Esc, gives the focus back", async () => {
    const opener = document.body.appendChild(document.createElement("button"));
    opener.focus();
    const onclose = vi.fn();
    const { unmount } = render(Dialog, {
      props: { title: "Preview", onclose, children: says("body") },
      context,
    });
    const dialog = screen.getByRole("dialog", { name: "Preview" });
    expect(dialog.contains(document.activeElement), "the focus is inside").toBe(true);
    await fireEvent(dialog, new Event("cancel", { cancelable: true }));
    expect(onclose, "the owner decides").toHaveBeenCalledOnce();
    unmount();
    expect(document.activeElement, "where it was before").toBe(opener);
  });
});

describe("Button", () => {
  test("a busy button keeps its focus and does nothing", async () => {
    const onclick = vi.fn();
    render(Button, { props: { busy: true, onclick, children: says("Apply") } });
    const button = screen.getByRole("button", { name: "Apply" });
    button.focus();
    await userEvent.click(button);
    expect(onclick, "not twice").not.toHaveBeenCalled();
    expect(document.activeElement, "the place is not lost").toBe(button);
    expect(button.getAttribute("aria-busy"), "and it is said").toBe("true");
  });
});

describe("fields", () => {
  test("a refused value is marked and explained", () => {
    render(Field, {
      props: { label: "GOPATH", value: "rel", verdict: { tone: "bad", text: "not absolute" } },
      context,
    });
    const input = screen.getByRole("textbox", { name: "GOPATH" });
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const described = input
      .getAttribute("aria-describedby")
      ?.split(" ")
      .map((id) => document.getElementById(id));
    expect(
      described?.some((node) => node?.textContent.includes("not absolute")),
      "the reason is tied to it",
    ).toBe(true);
  });

  test("a segment is a radio button", async () => {
    const onchange = vi.fn();
    const choices = [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ] as const;
    render(Segmented, { props: { label: "Theme", value: "a", choices, onchange } });
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "A" }).checked).toBe(true);
    await userEvent.click(screen.getByRole("radio", { name: "B" }));
    expect(onchange).toHaveBeenCalledWith("b");
  });

  test("a selection gives the value of the choice", async () => {
    const onchange = vi.fn();
    const choices = [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ] as const;
    render(Select, { props: { label: "Group", value: "a", choices, onchange } });
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Group" }), "B");
    expect(onchange).toHaveBeenCalledWith("b");
  });
});

describe("with a clock of its own", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("a spinner does not flash for what is quick", async () => {
    render(Spinner, { context });
    expect(screen.queryByText(en.parts.working), "not at once").toBeNull();
    await vi.advanceTimersByTimeAsync(301);
    expect(screen.getByText(en.parts.working), "after 300 ms").toBeTruthy();
  });

  test("a toast goes by itself, but not while it is held", async () => {
    const toasts = new Toasts();
    render(ToastRegion, { props: { toasts }, context });
    toasts.add({ tone: "good", text: "Written" });
    await vi.advanceTimersByTimeAsync(1000);
    await fireEvent.pointerEnter(screen.getByRole("region", { name: en.parts.notifications }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.getByText("Written"), "stays while pointed at").toBeTruthy();
    await fireEvent.pointerLeave(screen.getByRole("region", { name: en.parts.notifications }));
    await vi.advanceTimersByTimeAsync(8001);
    expect(screen.queryByText("Written"), "goes after that").toBeNull();
  });

  test("no more than three toasts at once", () => {
    const toasts = new Toasts();
    for (const text of ["a", "b", "c", "d"]) toasts.add({ tone: "plain", text });
    expect(toasts.list.map(({ text }) => text)).toEqual(["b", "c", "d"]);
  });
});

test("what is copied is the text itself", async () => {
  const user = userEvent.setup();
  render(Code, { props: { label: "Commands", text: "go env -w A=b\u202e" }, context });
  await user.click(screen.getByRole("button", { name: en.parts.copy }));
  expect(await navigator.clipboard.readText(), "not the escapes that are shown").toBe("go env -w A=b\u202e");
  expect(screen.getByText(en.parts.copied), "and it is said").toBeTruthy();
});
