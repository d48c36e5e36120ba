import type { Builtin, Difference, Profile, Profiles, Title } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { IconName } from "../../parts/icons";
import { plain } from "../../text/segment";

const icons: Record<Builtin, IconName> = {
  domestic: "house",
  overseas: "globe",
  company: "building",
  offline: "cloud-off",
};

export function iconOf(title: Title): IconName {
  return title.is === "builtin" ? icons[title.builtin] : "bookmark";
}

/** What a profile is called, where no markup can stand. */
export function nameOf(title: Title): string {
  return plain(i18n.told.title(title));
}

/** The profile that is in use, or the first that is written and outranked; none when the settings are others. */
export function current(profiles: Profiles | undefined): Profile | null {
  if (!profiles) return null;
  const { list, active } = profiles;
  return list.find(({ id }) => id === active) ?? list.find(({ state }) => state.code === "shadowed") ?? null;
}

export function isShadowed(profile: Profile | null): boolean {
  return profile?.state.code === "shadowed";
}

/** What is not as a profile wants it. */
export function differencesOf({ state }: Profile): readonly Difference[] {
  return state.code === "shadowed" || state.code === "differs" ? state.params.differences : [];
}

/** What a profile is for, in one line. */
export function summaryOf({ title, values }: Profile): string {
  if (title.is === "builtin") return i18n.told.summary(title.builtin);
  const names = values.slice(0, 3).map(({ name }) => name);
  const more = values.length > names.length ? "…" : "";
  return i18n.t.profiles.switcher.own(i18n.format.list(names) + more);
}

/** Those whose name holds every word. */
export function named(list: readonly Profile[], words: string): Profile[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...list];
  return list.filter(({ title }) => {
    const name = nameOf(title).toLowerCase();
    return wanted.every((word) => name.includes(word));
  });
}

/** By what the card of a profile is found on the page. */
export function cardId(id: string): string {
  return `profile-${id}`;
}

/** The profile of `after` that was not there before. */
export function madeSince(before: readonly Profile[], after: readonly Profile[]): Profile | null {
  const known = new Set(before.map(({ id }) => id));
  return after.find(({ id }) => !known.has(id)) ?? null;
}
