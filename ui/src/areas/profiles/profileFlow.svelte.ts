import { createContext } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Overview, Previous, Profile, SaveProfile } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Desk } from "../../state/desk.svelte";
import type { PlanFlow } from "../plan/planFlow.svelte";
import { ProfileDraft } from "./profileDraft.svelte";
import { madeSince, nameOf } from "./standing";
import { Verification } from "./verification.svelte";

/** The one dialog on profiles that is open, wherever it was opened from. */
export type ProfileDialog =
  | { is: "closed" }
  | { is: "edit"; draft: ProfileDraft }
  | { is: "company" }
  | { is: "import" }
  | { is: "export"; profile: Profile }
  | { is: "remove"; profile: Profile };

/** What can be done with profiles, from the page, the header and the palette. */
export class ProfileFlow {
  dialog = $state.raw<ProfileDialog>({ is: "closed" });
  /** What moving a profile did, for those who listen. */
  said = $state("");
  /** The profile to show and to focus; the page takes it with `taken`. */
  wanted = $state<string | null>(null);
  readonly verifications = new SvelteMap<string, Verification>();
  readonly desk: Desk;
  readonly #plans: PlanFlow;

  constructor(desk: Desk, plans: PlanFlow) {
    this.desk = desk;
    this.#plans = plans;
  }

  get list(): readonly Profile[] {
    return this.desk.snapshot?.profiles.list ?? [];
  }

  close(): void {
    this.dialog = { is: "closed" };
  }

  open(dialog: ProfileDialog): void {
    this.dialog = dialog;
  }

  /** Previews the switch; a company that was not described yet is described first. */
  use({ id, title, state }: Profile): void {
    if (state.code === "needs_form") this.open({ is: "company" });
    else this.#plans.useProfile(id, title);
  }

  back({ title }: Previous): void {
    this.#plans.returnToPrevious(title);
  }

  verify(profile: Profile): void {
    const verification =
      this.verifications.get(profile.id) ?? new Verification(this.desk.bridge, this.desk.jobs);
    this.verifications.set(profile.id, verification);
    void verification.compare(profile);
  }

  forget(id: string): void {
    this.verifications.get(id)?.stop();
    this.verifications.delete(id);
  }

  /** Gives the profile that is to be shown, once. */
  taken(): string | null {
    const id = this.wanted;
    this.wanted = null;
    return id;
  }

  create(): void {
    this.open({ is: "edit", draft: ProfileDraft.empty() });
  }

  /** Keeps what differs from Go's defaults now as a profile. */
  keepPresent(): void {
    const variables = this.desk.snapshot?.environment.variables ?? [];
    this.open({ is: "edit", draft: ProfileDraft.ofPresent(variables) });
  }

  edit(profile: Profile): void {
    if (profile.id === "company") this.open({ is: "company" });
    else this.open({ is: "edit", draft: ProfileDraft.of(profile) });
  }

  duplicate(profile: Profile): void {
    const name = i18n.t.profiles.editor.copyOf(nameOf(profile.title));
    this.open({ is: "edit", draft: ProfileDraft.copyOf(profile, name) });
  }

  /** Moves a profile to the place `to`, from 0. */
  async move({ id, title }: Profile, to: number): Promise<void> {
    await this.desk.attempt(async () => {
      this.desk.replace(await this.desk.bridge.call("profile_move", { id, to }));
      this.said = i18n.t.profiles.menu.moved(nameOf(title), to + 1);
      this.wanted = id;
    });
  }

  /** Deletes a profile, or clears the company's form; what can be brought back can be brought back. */
  async remove(profile: Profile): Promise<void> {
    const { bridge } = this.desk;
    this.close();
    await this.desk.attempt(async () => {
      const again = await this.#wayBack(profile);
      this.desk.replace(await bridge.call("profile_delete", profile.id));
      this.forget(profile.id);
      const t = i18n.t.profiles.remove;
      const text = profile.id === "company" ? t.doneForm : t.done(nameOf(profile.title));
      const undo = again && { label: t.undo, run: () => void this.desk.attempt(again) };
      this.desk.toasts.add({ tone: "good", text, ...(undo ? { action: undo } : {}) });
    });
  }

  // credentials never came to the page, so a profile that has some cannot be made again from here
  async #wayBack(profile: Profile): Promise<(() => Promise<void>) | null> {
    const { bridge } = this.desk;
    if (profile.id === "company") {
      const form = await bridge.call("company_read");
      return async () => this.desk.replace(await bridge.call("company_save", form));
    }
    if (profile.values.some(({ masked }) => masked)) return null;
    const place = this.list.findIndex(({ id }) => id === profile.id);
    const wish: SaveProfile = {
      id: null,
      name: profile.title.is === "own" ? profile.title.name : nameOf(profile.title),
      values: profile.values.map(({ name, value }) => ({
        name,
        to: value === null ? { is: "unset" } : { is: "value", value },
      })),
    };
    return async () => {
      const made = await this.save(wish);
      if (made) this.desk.replace(await bridge.call("profile_move", { id: made.id, to: place }));
    };
  }

  /** Keeps a profile, and gives it as it is now. */
  async save(wish: SaveProfile): Promise<Profile | null> {
    const overview = await this.desk.bridge.call("profile_save", wish);
    return this.arrived(overview, wish.id);
  }

  /** Takes an overview after something was kept: the profile with `id`, or the one that is new. */
  arrived(overview: Overview, id: string | null = null): Profile | null {
    const before = this.list;
    this.desk.replace(overview);
    const { list } = overview.profiles;
    const kept = id === null ? madeSince(before, list) : (list.find((one) => one.id === id) ?? null);
    this.wanted = kept?.id ?? null;
    return kept;
  }
}

export const [useProfiles, provideProfiles] = createContext<ProfileFlow>();
