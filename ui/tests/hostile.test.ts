import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { catalogue } from "../src/bridge/fake/catalogue";
import { ownMirror, type KnownMirror } from "../src/bridge/fake/mirrorList";
import { failing, sound } from "../src/bridge/fake/mirrorScript";
import type { Scenario } from "../src/bridge/fake/scenario";
import { scenarios } from "../src/bridge/fake/scenarios";
import type { Verdict } from "../src/bridge/wire";
import { en } from "../src/i18n/en";
import CopyButton from "../src/parts/CopyButton.svelte";
import Select from "../src/parts/Select.svelte";
import { wordsContext } from "../src/parts/words";
import { PAGES } from "../src/state/navigation.svelte";
import { visible } from "../src/text/visible";
import { openWindow } from "./app";
import { openMirrors, testAll } from "./mirrors";
import { DISGUISE, MARKUP, PAYLOADS } from "./payloads";

const context = new Map([wordsContext(en.parts)]);

const RAW =
  // eslint-disable-next-line no-control-regex -- what must not be there
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u;
const web: Verdict = { code: "web_page", params: {} };
const SPOKEN = ["title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "alt"];
const MADE =
  "img,iframe,object,embed,video,audio,math,template,base,body *:is(script,style,link,meta),form[action],[autofocus],[src],[href]:not(.skip)";

/** A name of a variable that stands in somebody's file. */
const name = (payload: string) => `GO${payload.replaceAll("=", "-")}`;

const scenario: Scenario = {
  ...scenarios.good,
  more: Object.fromEntries(PAYLOADS.map((payload) => [name(payload), payload])),
};

/** The payloads a dozen at a time, each as the value of a variable that Go knows. */
function chunks(): [string, string][][] {
  const names = catalogue.filter(({ settable }) => settable).map((known) => known.name);
  const dozen = names.filter((known) => !/^GO(NO|SUMDB)/.test(known)).slice(0, 12);
  const rows = Math.ceil(PAYLOADS.length / dozen.length);
  return Array.from({ length: rows }, (_, row) =>
    PAYLOADS.slice(row * dozen.length, (row + 1) * dozen.length).map((payload, index) => [
      dozen[index] ?? "",
      payload,
    ]),
  );
}

/** What was shown is text: nothing ran, nothing was made, and nothing is disguised, neither to eyes nor to ears. */
function unharmed(place: string) {
  expect("__pwn" in window, `nothing ran: ${place}`).toBe(false);
  expect(
    [...document.querySelectorAll(MADE)].map((element) => element.outerHTML),
    `nothing was made: ${place}`,
  ).toEqual([]);
  for (const element of document.querySelectorAll("body, body *")) {
    for (const { name: attribute, value } of element.attributes) {
      expect(attribute, `no handler as an attribute: ${place}`).not.toMatch(/^on/);
      if (SPOKEN.includes(attribute)) expect(value, `${attribute}: ${place}`).not.toMatch(RAW);
    }
  }
  expect(document.body.textContent, `what is read: ${place}`).not.toMatch(RAW);
  expect(document.title, `the title of the window: ${place}`).toMatch(/^[A-Z][a-z ]+ – Gopherdesk$/);
}

/** Each of them is there as it is written, hidden characters as escapes. */
function shown(text: string | null, place: string, wanted: readonly string[] = PAYLOADS) {
  const missing = wanted.filter((payload) => !text?.includes(visible(payload)));
  expect(missing, `shown as written: ${place}`).toEqual([]);
}

test("the tables are whole", () => {
  expect(new Set(MARKUP).size, "forty of one kind").toBe(40);
  expect(new Set(DISGUISE).size, "thirty of the other").toBe(30);
});

test("in the cells, titles and labels of the table", async () => {
  const { container } = await openWindow(scenario, { page: "environment" });
  unharmed("the table");
  shown(container.querySelector("main")?.textContent ?? null, "values and names");
  const labels = [...document.querySelectorAll("[aria-label]")].map((one) => one.getAttribute("aria-label"));
  shown(labels.join("\n"), "in labels", PAYLOADS.map(name));
  const titles = [...document.querySelectorAll("[title]")].map((one) => one.getAttribute("title"));
  shown(titles.join("\n"), "in tooltips", PAYLOADS.map(name));
});

test("in the layers, findings and chips of shadowed values", async () => {
  for (const some of chunks()) {
    const shell = some.map(([variable, value], index) => ({
      name: variable,
      value,
      path: `~/${value}`,
      line: index + 1,
    }));
    const payloads = some.map(([, value]) => value);
    const file = some.map(([variable]) => `${variable}=mine`);
    const { user, unmount } = await openWindow({ ...scenarios.good, file, shell });
    unharmed("findings");
    shown(document.body.textContent, "the places in findings", payloads);
    await user.keyboard("{Control>}2{/Control}");
    unharmed("layers");
    shown(document.body.textContent, "values and places in layers", payloads);
    unmount();
  }
});

test("in the names of profiles and Gos", async () => {
  const own = PAYLOADS.map((payload, index) => ({
    id: `own-${String(index)}`,
    name: payload,
    values: [{ name: "GOFLAGS", value: payload }],
  }));
  const [usual] = scenarios.good.toolchains;
  const toolchains = PAYLOADS.map((payload, index) => ({
    ...usual,
    id: `t${String(index)}`,
    path: `/opt/${payload}/go`,
    version: `go1.26.8-${payload}`,
    used: index === 0,
  }));
  const hostile = { ...scenarios.good, toolchains, profiles: { ...scenarios.good.profiles, own } };
  const { user, container } = await openWindow(hostile as Scenario, { page: "settings" });
  unharmed("the choice of Go");
  shown(container.querySelector("main")?.textContent ?? null, "paths and versions");
  for (const [index, page] of PAGES.entries()) {
    await user.keyboard(`{Control>}${String(index + 1)}{/Control}`);
    unharmed(`page ${page}`);
  }
});

test("in toasts", async () => {
  const { user, example } = await openWindow("good", { page: "settings" });
  for (const reason of PAYLOADS) {
    example.refuse("desktop_open", { code: "internal", params: { reason }, message: reason });
    await user.click(screen.getByRole("button", { name: `${en.settings.open}: ${en.settings.stateFolder}` }));
    const region = screen.getByRole("region", { name: en.parts.notifications });
    await waitFor(() => expect(region.textContent, reason).toContain(visible(reason)));
    unharmed(`a toast: ${reason}`);
  }
});

test("in previews, copied commands, outcomes and the history", async () => {
  const { user, example } = await openWindow("fresh");
  const handlers = example.world.handlers();
  for (const some of chunks()) {
    const payloads = some.map(([, value]) => value);
    const changes = some.map(([variable, value]) => ({ name: variable, value }));
    const written = handlers.environment_plan({ changes, repairs: [] });
    const confirmed = changes.map((change) => change.name);
    handlers.plan_apply({ id: written.id, confirmed });
    example.stir();
    await user.keyboard("{Control>}z{/Control}");
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => shown(dialog.textContent, "values in a preview", payloads));
    unharmed("a preview");
    const boxes = within(dialog).queryAllByRole("checkbox");
    for (const box of boxes) await user.click(box);
    await user.click(within(dialog).getByRole("button", { name: en.plan.applyUndo }));
    await user.click(await within(dialog).findByRole("button", { name: en.plan.done }));
    unharmed("an outcome");
  }
  await user.keyboard(`{Control>}${String(PAGES.indexOf("history") + 1)}{/Control}`);
  const main = screen.getByRole("main");
  await waitFor(() => shown(main.textContent, "in the history"));
  unharmed("the history");
});

test("in a refused plan", async () => {
  const { user, example } = await openWindow("good");
  const handlers = example.world.handlers();
  const { id } = handlers.environment_plan({ changes: [{ name: "GOBIN", value: "/b" }], repairs: [] });
  handlers.plan_apply({ id, confirmed: [] });
  example.stir();
  const what = [...PAYLOADS];
  example.refuse("history_undo", { code: "drifted", params: { what }, message: what.join() });
  await user.keyboard("{Control>}z{/Control}");
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => shown(dialog.textContent, "in a refusal"));
  unharmed("a refusal");
});

test("on the clipboard exactly as it is, and only there", async () => {
  const user = userEvent.setup();
  for (const text of PAYLOADS) {
    const { unmount } = render(CopyButton, { props: { text }, context });
    await user.click(screen.getByRole("button", { name: en.parts.copy }));
    expect(await navigator.clipboard.readText(), "not the escapes").toBe(text);
    expect(document.body.innerHTML, "nothing of it on the page").not.toMatch(/__pwn/);
    unmount();
  }
});

test("as choices of a list", () => {
  const choices = PAYLOADS.map((payload, index) => ({ value: String(index), label: visible(payload) }));
  render(Select, { label: "choice", value: "0", choices, onchange: () => undefined });
  expect(document.querySelectorAll("option").length, "one each").toBe(PAYLOADS.length);
  expect([...document.querySelectorAll(MADE)], "nothing was made").toEqual([]);
  shown(document.querySelector("select")?.textContent ?? null, "as text");
});

test("in the palette, and in what was searched for", async () => {
  const { user } = await openWindow(scenario);
  await user.keyboard("{Control>}k{/Control}");
  const field = screen.getByRole<HTMLInputElement>("combobox", { name: en.palette.title });
  for (const payload of PAYLOADS) {
    await user.clear(field);
    field.focus();
    await user.paste(name(payload).split(/\s/)[0] ?? "");
    unharmed(`the palette: ${payload}`);
    const found = screen.queryAllByRole("option").map((option) => option.textContent);
    expect(found.join("\n"), "found by its name").toContain(visible(name(payload).split(/\s/)[0] ?? ""));
  }
});

test("in the names, addresses, notes and verdicts of mirrors", async () => {
  const own = PAYLOADS.map((payload, index): KnownMirror => ({
    ...ownMirror(`own-${String(index)}`, payload, `https://mirror.example/${payload}`, payload),
    operator: { en: payload, zh: payload },
    databases: [payload],
    notes: [{ text: { en: payload, zh: payload }, source: payload, date: payload }],
  }));
  const verdicts: ((text: string) => Verdict)[] = [
    (module) => ({ code: "wrong_hash", params: { module, known: module, got: module } }),
    (asked) => ({ code: "not_a_module_proxy", params: { asked } }),
    (reason) => ({ code: "connection_lost", params: { reason } }),
    (to) => ({ code: "redirect_refused", params: { to, reason: "downgrade" } }),
  ];
  const behaves = Object.fromEntries(
    own.map(({ id }, index) => [
      id,
      failing(10, "sampling", verdicts[index % verdicts.length]?.(PAYLOADS[index] ?? "") ?? web),
    ]),
  );
  const mirrors = { ...scenarios.mirrors.mirrors, own, behaves };
  const { user } = await openMirrors({ ...scenarios.mirrors, mirrors });
  const main = screen.getByRole("main");
  shown(main.textContent, "names and addresses");
  unharmed("the table of mirrors");
  await testAll(user);
  shown(main.textContent, "reasons");
  unharmed("reasons");
  for (const name of within(main).getAllByRole("rowheader").slice(0, PAYLOADS.length)) {
    const button = name.querySelector("button");
    if (button) await user.click(button);
  }
  unharmed("details and notes");
});

test("in the names of modules, versions, projects, caches and programs", async () => {
  const { caches } = scenarios.caches;
  const [cache] = caches.caches;
  const [version] = caches.versions;
  const size = { bytes: 1024, apparent: 1000, files: 1, estimated: false };
  for (let from = 0; from < PAYLOADS.length; from += 24) {
    const some = PAYLOADS.slice(from, from + 24);
    const world = {
      ...caches,
      caches: some.map((payload, index) => ({
        ...cache,
        id: `m${String(index)}`,
        path: payload,
        strangers: [payload],
        unread: [{ path: payload, code: "cache_system", params: { path: payload, reason: payload } }],
      })),
      versions: some.map((payload, index) => ({
        ...version,
        id: `m:${String(index)}`,
        module: payload,
        version: payload,
        used_by: [index],
      })),
      projects: some.map((payload, index) => ({
        id: `d${String(index)}`,
        name: payload,
        path: payload,
        source: { source: "unknown" },
      })),
      running: some.map((payload, index) => ({ pid: index, name: payload, folder: payload })),
      kept: some.map((payload) => ({ path: payload, code: "entry_locked", params: { path: payload } })),
      asides: some.map((payload, index) => ({
        id: `a${String(index)}`,
        removed: [{ kind: "build", part: "results", path: payload, bytes: 1, files: 1 }],
        size,
        at: new Date().toISOString(),
        purging: false,
      })),
    };
    const hostile = { ...scenarios.caches, caches: world } as unknown as Scenario;
    const { user, unmount } = await openWindow(hostile, { page: "cache" });
    const main = screen.getByRole("main");
    // a role is dear to look for while every event of the scan changes the page
    await waitFor(() => expect(main.textContent).toContain(en.cache.head.again), { timeout: 30_000 });
    const safe = screen.getByRole("button", { name: /^Free / });
    shown(main.textContent, "modules, projects, caches", some);
    unharmed("the page of caches");
    await user.click(safe);
    const dialog = await screen.findByRole("dialog", {}, { timeout: 30_000 });
    await waitFor(() => expect(dialog.textContent).toContain(en.cache.plan.runningHelp), {
      timeout: 30_000,
    });
    shown(dialog.textContent, "programs, entries and what is kept", some);
    unharmed("a plan");
    unmount();
  }
});

test("in the recommended chain, what it is proven by, and its conditions", async () => {
  for (const payload of PAYLOADS) {
    const own = [ownMirror("own-1", payload, `https://mirror.example/${payload.replaceAll(",", "")}`)];
    const behaves = {
      "own-1": sound(5, 9_000_000, {
        proxy: payload,
        conditions: [
          { code: "redirects", params: { to: payload } },
          { code: "stale", params: { module: payload, version: payload, newest: payload } },
        ],
      }),
    };
    const mirrors = {
      ...scenarios.mirrors.mirrors,
      own,
      behaves,
      past: [{ hours: 1, here: true, factor: 1 }],
    };
    const { unmount } = await openMirrors({ ...scenarios.mirrors, mirrors });
    const region = await screen.findByRole("region", { name: en.mirrors.chain.title });
    expect(region.textContent, "in the picture of the chain").toContain(visible(payload));
    unharmed(`the chain: ${payload}`);
    unmount();
  }
});
