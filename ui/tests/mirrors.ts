import { screen, within } from "@testing-library/svelte";
import { expect, vi } from "vitest";
import { HandClock } from "../src/bridge/fake/clock";
import type { Example } from "../src/bridge/fake/example";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import type { Scenario } from "../src/bridge/fake/scenario";
import { i18n } from "../src/i18n/i18n.svelte";
import type { Lang } from "../src/i18n/format";
import { openWindow } from "./app";

type Options = { lang?: Lang; prepare?: (example: Example) => void };

/** The Mirrors page over an example, with its table. */
export async function openMirrors(scenario: ScenarioName | Scenario = "mirrors", options: Options = {}) {
  const opened = await openWindow(scenario, { ...options, page: "mirrors" });
  await screen.findByRole("table", { name: i18n.t.mirrors.table });
  return opened;
}

/** The same, with a clock that the test moves. */
export async function openByHand(scenario: ScenarioName = "mirrors", options: Options = {}) {
  const clock = new HandClock();
  const opened = await openMirrors(scenario, options);
  opened.example.clock = () => clock;
  return { ...opened, clock };
}

type User = Awaited<ReturnType<typeof openWindow>>["user"];

/** Presses the large button, and waits for the end. */
export async function testAll(user: User) {
  const t = i18n.t.mirrors.lead;
  await user.click(screen.getByRole("button", { name: t.all }));
  await ended();
}

/** Waits for the end of a test; a look at a whole page by roles at every sample would take longer than the test. */
export async function ended() {
  const running = () => document.querySelector("main [role=progressbar]");
  await vi.waitFor(() => expect(running(), "the test ends").toBeNull(), { timeout: 20_000 });
}

export const row = (name: string) => screen.getByRole("row", { name });
export const inRow = (name: string) => within(row(name));

/** The names of the mirrors from top to bottom. */
export function order(): (string | undefined)[] {
  const table = screen.getByRole("table", { name: i18n.t.mirrors.table });
  return within(table)
    .getAllByRole("rowheader")
    .map((cell) => cell.querySelector("button")?.textContent.trim());
}

/** Chooses a line of the menu of a mirror. */
export async function choose(user: User, name: string, item: string) {
  await user.click(inRow(name).getByRole("button", { name: i18n.t.mirrors.more(name) }));
  await user.click(screen.getByRole("menuitem", { name: new RegExp(`^${item}`) }));
}
