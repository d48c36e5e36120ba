import type { Component } from "svelte";
import type { PageId } from "../state/navigation.svelte";
import Cache from "./cache/Cache.svelte";
import Environment from "./environment/Environment.svelte";
import History from "./history/History.svelte";
import Mirrors from "./mirrors/Mirrors.svelte";
import Overview from "./overview/Overview.svelte";
import Private from "./private/Private.svelte";
import Profiles from "./profiles/Profiles.svelte";
import Settings from "./settings/Settings.svelte";

export const views: Record<PageId, Component> = {
  overview: Overview,
  environment: Environment,
  mirrors: Mirrors,
  profiles: Profiles,
  private: Private,
  cache: Cache,
  history: History,
  settings: Settings,
};
