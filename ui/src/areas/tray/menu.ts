import type { Overview, Profile, TrayMenu } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import { plain } from "../../text/segment";
import { visible } from "../../text/visible";
import { verdict } from "../overview/verdict";

/** More would not fit on a small screen, and a menu of the desktop cannot be searched. */
const MOST = 12;

/** The menu of the tray, in the language of the window. */
export function trayMenu(overview: Overview): TrayMenu {
  const { t, told, format } = i18n;
  const { active, previous } = overview.profiles;
  // the company form comes first: without it there is nothing to switch to
  const usable = overview.profiles.list.filter(({ state }) => state.code !== "needs_form");
  const before = previous?.title ?? null;
  return {
    verdict: visible(verdict(overview, t, format).text),
    profiles: first(usable, active).map(({ id, title }) => ({
      id,
      label: plain(told.title(title)),
      active: id === active,
    })),
    more: usable.length > MOST ? t.tray.more : null,
    previous: previous && t.tray.previous(before && plain(told.title(before))),
    open: t.tray.open,
    quit: t.tray.quit,
  };
}

// in the user's order, but never without the one that is in use
function first(profiles: readonly Profile[], active: string | null): readonly Profile[] {
  const head = profiles.slice(0, MOST);
  const used = profiles.slice(MOST).find(({ id }) => id === active);
  return used ? [...head.slice(0, -1), used] : head;
}
