import type { Bridge } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { CompanyForm, CompanyPreview, PublicSource } from "../../bridge/wire";
import { Latest } from "../../state/latest";

type Answer = { preview: CompanyPreview } | { failure: Failure };

/** The company form as it is filled in, and what it comes to. */
export class CompanyDraft {
  hosts = $state("");
  proxy = $state("");
  login = $state(false);
  public = $state<PublicSource>("company");
  preview = $state.raw<CompanyPreview | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #bridge: Bridge;
  readonly #latest = new Latest<Answer>((answer) => this.#tell(answer));

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  get form(): CompanyForm {
    const hosts = this.hosts.split("\n").filter((line) => line.trim() !== "");
    return { hosts, proxy: this.proxy.trim(), login: this.login, public: this.public };
  }

  /** What was filled in before. */
  async read(): Promise<void> {
    const form = await this.#bridge.call("company_read");
    this.hosts = form.hosts.join("\n");
    this.proxy = form.proxy;
    this.login = form.login;
    this.public = form.public;
    this.look();
  }

  /** Asks what the form comes to now; nothing is kept. */
  look(): void {
    const { form } = this;
    void this.#latest.ask(() =>
      this.#bridge.call("company_preview", form).then(
        (preview): Answer => ({ preview }),
        (raw: unknown): Answer => ({ failure: failureFrom(raw) }),
      ),
    );
  }

  #tell(answer: Answer): void {
    if ("preview" in answer) {
      this.preview = answer.preview;
      this.failure = null;
    } else {
      this.failure = answer.failure;
      // an address that is half typed leaves the values of the moment before in sight
      if (answer.failure.code === "company_form_empty") this.preview = null;
    }
  }
}
