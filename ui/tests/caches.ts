import { configure, screen, waitFor, within } from "@testing-library/svelte";
import { expect } from "vitest";
import { HandClock } from "../src/bridge/fake/clock";
import type { Example } from "../src/bridge/fake/example";
import type { Scenario } from "../src/bridge/fake/scenario";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import type { Lang } from "../src/i18n/format";
import { i18n } from "../src/i18n/i18n.svelte";
import { openWindow } from "./app";

// roles are looked for in hundreds of rows; a slow machine is no fault of a page
configure({ asyncUtilTimeout: 20_000 });

/** The page of caches, scanned. */
export async function openCaches(scenario: ScenarioName | Scenario = "caches", lang: Lang = "en") {
  const opened = await openWindow(scenario, { lang, page: "cache" });
  // a role is dear to look for while every event of the scan changes the page
  const { head } = i18n.t.cache;
  await waitFor(() => expect(document.body.textContent, "scanned").toContain(head.again));
  return opened;
}

/** The same, with a clock that the test moves; the scan has not begun to count. */
export async function openScanning(scenario: ScenarioName = "caches", lang: Lang = "en") {
  const clock = new HandClock();
  const opened = await openWindow(scenario, {
    lang,
    page: "cache",
    prepare: (example) => (example.clock = () => clock),
  });
  await screen.findByRole("button", { name: i18n.t.cache.head.stop });
  return { ...opened, clock };
}

export const asked = ({ calls }: Example, name: string) =>
  calls.filter((call) => call.name === name).map(({ args }) => args);

export const steps = () => within(screen.getByRole("list", { name: i18n.t.cache.steps.label }));
export const step = (name: keyof typeof i18n.t.cache.steps.titles) =>
  within(steps().getByRole("region", { name: i18n.t.cache.steps.titles[name] }));
export const dialog = () => within(screen.getByRole("dialog"));
export const table = () => within(screen.getByRole("treegrid", { name: i18n.t.cache.table.label }));
export const map = () => within(screen.getByRole("list", { name: i18n.t.cache.map.label }));

/** Opens the plan of a step and waits for what it says. */
export async function plan(
  { user }: Awaited<ReturnType<typeof openWindow>>,
  name: keyof typeof i18n.t.cache.steps.titles,
  button: string | RegExp,
) {
  await user.click(step(name).getByRole("button", { name: button }));
  await waitFor(() => expect(dialog().getByText(/^(Exactly this goes|具体删除)/), "the plan").toBeTruthy());
}
