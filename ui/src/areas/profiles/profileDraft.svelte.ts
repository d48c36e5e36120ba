import type { Profile, SavedAs, SaveProfile, Variable } from "../../bridge/wire";
import { isChanged } from "../environment/arrange";

/** What the draft began with: nothing, a profile, or what Go uses now. */
export type Source = { is: "typed" } | { is: "profile"; profile: string } | { is: "now" };

/** One variable of a profile that is being edited. */
export class DraftValue {
  readonly name: string;
  readonly source: Source;
  text = $state("");
  set = $state(true);
  /** Its credentials never came to the page: kept as it is until the user asks to see it. */
  hidden = $state(false);
  /** Go refuses what stands here. */
  refused = $state(false);
  readonly #start: string;

  constructor(name: string, text: string | null, hidden = false, source: Source = { is: "typed" }) {
    this.name = name;
    this.source = source;
    this.text = text ?? "";
    this.#start = this.text;
    this.set = text !== null;
    this.hidden = hidden;
  }

  get to(): SavedAs {
    if (!this.set) return { is: "unset" };
    if (this.hidden && this.source.is === "profile") return { is: "as_in", profile: this.source.profile };
    const untouched = this.hidden || this.text === this.#start;
    if (untouched && this.source.is === "now") return { is: "as_now" };
    return { is: "value", value: this.text };
  }

  /** The value with its credentials came, for the field in which it is edited. */
  reveal(text: string): void {
    this.text = text;
    this.hidden = false;
  }
}

/** A profile that is being made or changed. */
export class ProfileDraft {
  /** The one that is changed; none makes a new one. */
  readonly id: string | null;
  name = $state("");
  values = $state.raw<readonly DraftValue[]>([]);
  /** It began with what differs from Go's defaults now. */
  readonly present: boolean;

  private constructor(id: string | null, name: string, values: DraftValue[], present = false) {
    this.id = id;
    this.name = name;
    this.values = values;
    this.present = present;
  }

  static empty(): ProfileDraft {
    return new ProfileDraft(null, "", []);
  }

  static of(profile: Profile): ProfileDraft {
    const name = profile.title.is === "own" ? profile.title.name : "";
    return new ProfileDraft(profile.id, name, valuesOf(profile));
  }

  static copyOf(profile: Profile, name: string): ProfileDraft {
    return new ProfileDraft(null, name, valuesOf(profile));
  }

  static ofPresent(variables: readonly Variable[]): ProfileDraft {
    const values = variables
      .filter((variable) => variable.settable && isChanged(variable))
      .map(({ name, value, masked }) => new DraftValue(name, value, masked, { is: "now" }));
    return new ProfileDraft(null, "", values, true);
  }

  get wish(): SaveProfile {
    const values = this.values.map((value) => ({ name: value.name, to: value.to }));
    return { id: this.id, name: this.name, values };
  }

  get refused(): boolean {
    return this.values.some((value) => value.set && value.refused);
  }

  add(name: string, text: string): void {
    this.values = [...this.values, new DraftValue(name, text)];
  }

  remove(name: string): void {
    this.values = this.values.filter((value) => value.name !== name);
  }
}

function valuesOf({ id, values }: Profile): DraftValue[] {
  return values.map(
    ({ name, value, masked }) => new DraftValue(name, value, masked, { is: "profile", profile: id }),
  );
}
