import { createContext } from "svelte";
import type { Bridge, Remote } from "../bridge/bridge";
import { failureFrom } from "../bridge/failure";
import type { ChangeSettings, DesktopPlace, Overview } from "../bridge/wire";
import { i18n } from "../i18n/i18n.svelte";
import { plain } from "../text/segment";
import { Toasts } from "../parts/toasts.svelte";
import { Appearance } from "./appearance.svelte";
import { Edits } from "./edits.svelte";
import { Jobs } from "./jobs.svelte";
import { Navigation } from "./navigation.svelte";
import { recall, remember } from "./remembered";

/** Everything the window knows, in one place; the overview is only ever replaced as a whole. */
export class Desk {
  overview = $state.raw<Remote<Overview>>({ is: "waiting" });
  refreshing = $state(false);
  readonly navigation = new Navigation();
  readonly jobs = new Jobs();
  readonly edits = new Edits();
  readonly toasts = new Toasts();
  readonly appearance = new Appearance();
  #again = false;
  #readings = 0;

  constructor(readonly bridge: Bridge) {
    const { language, theme } = recall();
    i18n.choice = language ?? i18n.choice;
    this.appearance.theme = theme ?? "system";
  }

  /** The last overview that could be read. */
  get snapshot(): Overview | null {
    return this.overview.is === "ready" ? this.overview.value : null;
  }

  /** Takes the overview that a mutation returned. */
  replace(overview: Overview): void {
    this.overview = { is: "ready", value: overview };
    this.edits.settle(overview.environment);
    i18n.choice = overview.settings.language;
    this.appearance.theme = overview.settings.theme;
    remember(overview.settings);
  }

  /** Reads everything again; a call during a reading leads to one more reading, not to many. */
  async refresh(): Promise<void> {
    if (this.refreshing) {
      this.#again = true;
      return;
    }
    this.refreshing = true;
    this.#readings += 1;
    try {
      this.replace(await this.bridge.call("overview_read"));
    } catch (raw) {
      this.overview = { is: "failed", failure: failureFrom(raw) };
    } finally {
      this.refreshing = false;
    }
    if (this.#again) {
      this.#again = false;
      await this.refresh();
    }
  }

  /** Looks at everything anew because the user asked: the login shell, too. */
  async recheck(): Promise<void> {
    await this.refresh();
    await this.#askShell();
  }

  /** Begins to read and to watch the world outside; the answer ends it. */
  start(): () => void {
    const refresh = () => void this.refresh();
    void this.recheck();
    // also when the watch begins: what changed before it, and after the first reading, nobody else would tell
    const watch = this.bridge.stream("world_watch", null, refresh);
    // without the watch the window still reads again whenever it is looked at
    watch.done.catch(() => undefined);
    window.addEventListener("focus", refresh);
    return () => {
      window.removeEventListener("focus", refresh);
      watch.cancel();
    };
  }

  async change(settings: ChangeSettings): Promise<void> {
    await this.attempt(async () => this.replace(await this.bridge.call("settings_change", settings)));
  }

  async open(place: DesktopPlace): Promise<void> {
    await this.attempt(() => this.bridge.call("desktop_open", place));
  }

  /** Runs what a button asked for; a refusal is told in a toast. */
  async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (raw) {
      this.toasts.add({ tone: "bad", text: plain(i18n.told.failure(failureFrom(raw))) });
    }
  }

  async #askShell(): Promise<void> {
    if (!this.snapshot) return;
    const before = this.#readings;
    try {
      const overview = await this.jobs.track("shell", this.bridge.call("shell_ask"));
      // what was read meanwhile may be newer than this answer
      if (this.#readings === before) this.replace(overview);
      else await this.refresh();
    } catch {
      // the next reading of the overview tells how the question ended
    }
  }
}

export const [useDesk, provideDesk] = createContext<Desk>();
