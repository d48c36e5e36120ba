import { screen, within } from "@testing-library/svelte";
import { en } from "../src/i18n/en";
import { i18n } from "../src/i18n/i18n.svelte";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import type { Lang } from "../src/i18n/format";
import { openWindow } from "./app";

/** The Profiles page over an example. */
export const openProfiles = (
  scenario: ScenarioName = "profiles",
  options: Omit<Parameters<typeof openWindow>[1] & object, "page"> & { lang?: Lang } = {},
) => openWindow(scenario, { ...options, page: "profiles" });

/** The card of a profile. */
export const card = (name: string) => screen.getByRole("region", { name });
export const inCard = (name: string) => within(card(name));
export const dialog = () => screen.getByRole("dialog");
export const inDialog = () => within(dialog());

type User = Awaited<ReturnType<typeof openWindow>>["user"];

/** Chooses a line of the menu of a card. */
export async function choose(user: User, profile: string, item: string) {
  const t = i18n.t.profiles;
  await user.click(inCard(profile).getByRole("button", { name: t.card.more(profile) }));
  await user.click(screen.getByRole("menuitem", { name: item }));
}

/** Writes what is in the preview, and closes it. */
export async function apply(user: User, verb: string) {
  await user.click(await inDialog().findByRole("button", { name: verb }));
  await user.click(await inDialog().findByRole("button", { name: en.plan.done }));
}
