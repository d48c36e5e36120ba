import { createContext } from "svelte";
import type { Failure } from "../../bridge/failure";
import { failureFrom } from "../../bridge/failure";
import type { Applied, Plan, Title } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Messages } from "../../i18n/en";
import type { Desk } from "../../state/desk.svelte";
import { plain } from "../../text/segment";

export type Purpose = keyof Messages["plan"]["titles"];

/** What the user wants, and how to ask for its plan: asked again when the world moved on. */
export type Wish = {
  purpose: Purpose;
  /** The profile that is switched or returned to. */
  profile?: Title | null;
  ask: () => Promise<Plan>;
  /** Called once when the change is in the file. */
  ondone?: (applied: Applied) => void;
  /** What follows when it is written, such as its proof. */
  next?: { label: string; run: () => void };
};

export type Step =
  | { is: "closed" }
  | { is: "planning" }
  | { is: "ready"; plan: Plan }
  | { is: "applying"; plan: Plan }
  | { is: "applied"; plan: Plan; applied: Applied }
  | { is: "refused"; failure: Failure };

/** The one rhythm of every change: preview, apply, what came of it, undo. */
export class PlanFlow {
  step = $state.raw<Step>({ is: "closed" });
  wish = $state.raw<Wish | null>(null);
  confirmed = $state.raw<readonly string[]>([]);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Every danger was confirmed by its name. */
  readonly allowed: boolean = $derived(
    this.step.is === "ready" && this.step.plan.dangers.every(({ name }) => this.confirmed.includes(name)),
  );

  open(wish: Wish): void {
    this.wish = wish;
    void this.again();
  }

  /** Comments out the line that outranks a value. */
  commentOut(assignment: string): void {
    this.open({ purpose: "comment_out", ask: () => this.#desk.bridge.call("startup_plan", { assignment }) });
  }

  /** Mends lines of the GOENV file. */
  repair(repairs: number[]): void {
    this.open({
      purpose: "repair",
      ask: () => this.#desk.bridge.call("environment_plan", { changes: [], repairs }),
    });
  }

  /** Sets one variable. */
  set(name: string, value: string): void {
    this.open({
      purpose: "edit",
      ask: () => this.#desk.bridge.call("environment_plan", { changes: [{ name, value }], repairs: [] }),
    });
  }

  /** Switches to a profile. */
  useProfile(id: string, profile: Title): void {
    this.open({ purpose: "profile", profile, ask: () => this.#desk.bridge.call("profile_plan", id) });
  }

  /** Returns to what was before the last switch; `profile` is none when it was a custom environment. */
  returnToPrevious(profile: Title | null): void {
    this.open({ purpose: "previous", profile, ask: () => this.#desk.bridge.call("profile_previous") });
  }

  undo(entry: string): void {
    this.open({ purpose: "undo", ask: () => this.#desk.bridge.call("history_undo", entry) });
  }

  /** Asks for the plan once more, of the world as it is now. */
  async again(): Promise<void> {
    const { wish } = this;
    if (!wish) return;
    this.confirmed = [];
    this.step = { is: "planning" };
    const step = await wish.ask().then(
      (plan): Step => ({ is: "ready", plan }),
      (raw: unknown): Step => ({ is: "refused", failure: failureFrom(raw) }),
    );
    // closed or asked for something else meanwhile
    if (this.wish === wish) this.step = step;
  }

  confirm(name: string, understood: boolean): void {
    const others = this.confirmed.filter((other) => other !== name);
    this.confirmed = understood ? [...others, name] : others;
  }

  async apply(): Promise<void> {
    if (this.step.is !== "ready" || !this.allowed) return;
    const { plan } = this.step;
    const { wish } = this;
    this.step = { is: "applying", plan };
    try {
      const confirmed = [...this.confirmed];
      const applied = await this.#desk.bridge.call("plan_apply", { id: plan.id, confirmed });
      this.#desk.replace(applied.overview);
      wish?.ondone?.(applied);
      this.step = { is: "applied", plan, applied };
    } catch (raw) {
      this.step = { is: "refused", failure: failureFrom(raw) };
    }
  }

  close(): void {
    // what is being written cannot be taken back half way
    if (this.step.is === "applying") return;
    if (this.step.is === "applied") this.#tell(this.step.applied);
    this.step = { is: "closed" };
    this.wish = null;
  }

  // the dialog is modal, so the toast with its undo waits until it is closed
  #tell({ outcomes, entry }: Applied): void {
    const { plan } = i18n.t;
    const sound = outcomes.every((outcome) => outcome.result.code === "in_effect");
    const names = i18n.format.list(outcomes.map((outcome) => outcome.name));
    const text =
      names === "" ? plan.toast.file : sound ? plan.toast.in_effect(names) : plan.toast.mixed(names);
    this.#desk.toasts.add({
      tone: sound ? "good" : "warn",
      text: sound ? (this.#whole() ?? text) : text,
      action: { label: plan.undo, run: () => this.undo(entry) },
    });
  }

  // a wish that has a name of its own is told by it, when all of it came true
  #whole(): string | null {
    const { toast } = i18n.t.plan;
    if (this.wish?.purpose === "undo") return toast.undone;
    return this.wish?.profile ? toast.profile(plain(i18n.told.title(this.wish.profile))) : null;
  }
}

export const [usePlans, providePlans] = createContext<PlanFlow>();
