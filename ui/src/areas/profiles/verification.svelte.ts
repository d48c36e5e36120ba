import type { Bridge, Running } from "../../bridge/bridge";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Fetched, Profile, ProfileState, Verified, VerifyEvent } from "../../bridge/wire";
import type { Jobs } from "../../state/jobs.svelte";

/** What a download is tried with, unless the user names another module: small, public, never changed. */
export const SMALL_MODULE = "rsc.io/quote@v1.5.2";

/** One verification of a profile; it goes on while the user looks at other pages. */
export class Verification {
  state = $state.raw<ProfileState | null>(null);
  /** When it was compared, in milliseconds since 1970. */
  at = $state(0);
  /** The module that is being downloaded. */
  fetching = $state<string | null>(null);
  fetched = $state.raw<Fetched | null>(null);
  stopped = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** The module that the user typed. */
  module = $state(SMALL_MODULE);
  /** The profile as it was told then: another one means that the world was read again since. */
  seen = $state.raw<Profile | null>(null);
  #running: Running<Verified> | null = null;

  constructor(
    readonly bridge: Bridge,
    readonly jobs: Jobs,
  ) {}

  /** Compares the profile with what Go sees; nothing is contacted. */
  async compare(profile: Profile): Promise<void> {
    this.seen = profile;
    await this.#run(profile, false);
  }

  /** Downloads the module through the profile. */
  async download(profile: Profile): Promise<void> {
    this.seen = profile;
    this.fetched = null;
    this.stopped = false;
    this.fetching = this.module.trim();
    await this.#run(profile, true);
    this.fetching = null;
  }

  stop(): void {
    this.#running?.cancel();
  }

  async #run({ id }: Profile, fetch: boolean): Promise<void> {
    this.failure = null;
    const wish = { id, fetch, module: fetch ? this.fetching : null };
    const running = this.bridge.stream("profile_verify", wish, (event) => this.#tell(event));
    this.#running = running;
    const tracked = fetch ? this.jobs.track("verify", running.done, () => running.cancel()) : running.done;
    try {
      const verified = await tracked;
      this.#compared(verified.state);
      this.fetched = verified.fetch;
      this.stopped = verified.cancelled;
    } catch (raw) {
      this.failure = failureFrom(raw);
    }
    if (this.#running === running) this.#running = null;
  }

  #tell(event: VerifyEvent): void {
    if (event.event === "compared") this.#compared(event.state);
    else this.fetching = event.module;
  }

  #compared(state: ProfileState): void {
    this.state = state;
    this.at = Date.now();
  }
}
