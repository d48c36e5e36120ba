import type { TrayEvent, TrayMenu } from "../../bridge/wire";
import type { Desk } from "../../state/desk.svelte";
import type { PlanFlow } from "../plan/planFlow.svelte";
import { trayMenu } from "./menu";

/** Keeps the icon in the tray as the window is, and goes on with what is chosen there: with a preview. */
export function followTray(desk: Desk, plans: PlanFlow): void {
  let wanted = $state(false);
  // what could not be read says nothing against the icon
  $effect(() => {
    if (desk.snapshot) wanted = desk.snapshot.settings.tray !== "off";
  });
  // as text, so that only another menu is sent
  const menu = $derived(wanted && desk.snapshot ? JSON.stringify(trayMenu(desk.snapshot)) : null);

  $effect(() => {
    if (!wanted) return;
    const watch = desk.bridge.stream("tray_watch", null, (event) => choose(desk, plans, event));
    // without it a choice still brings the window
    watch.done.catch(() => undefined);
    return () => {
      watch.cancel();
      show(desk, null);
    };
  });
  $effect(() => {
    if (menu !== null) show(desk, JSON.parse(menu) as TrayMenu);
  });
}

function show(desk: Desk, menu: TrayMenu | null): void {
  // nothing needs a tray, so nobody is told when there is none
  desk.bridge.call("tray_show", menu).catch(() => undefined);
}

function choose(desk: Desk, plans: PlanFlow, event: TrayEvent): void {
  // what is being written is looked at first
  if (plans.step.is === "applying") return;
  const { list, previous } = desk.snapshot?.profiles ?? { list: [], previous: null };
  if (event.event === "use_profile") {
    const profile = list.find(({ id }) => id === event.id);
    // deleted since the menu was opened
    if (!profile) desk.navigation.go("profiles");
    else plans.useProfile(profile.id, profile.title);
  } else if (event.event === "return_to_previous") {
    plans.returnToPrevious(previous?.title ?? null);
  } else {
    desk.navigation.go("profiles");
  }
}
