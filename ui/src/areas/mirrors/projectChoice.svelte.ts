import type { Bridge } from "../../bridge/bridge";
import type { Project, Projects } from "../../bridge/wire";
import { visible } from "../../text/visible";

/** The project whose modules a projection is for; none is a typical service. */
export class ProjectChoice {
  list = $state.raw<readonly Project[]>([]);
  #wanted = $state<string | null>(null);
  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** Those whose modules are known. */
  readonly usable: readonly Project[] = $derived(this.list.filter(({ failure }) => failure === null));

  /** Its id. */
  get chosen(): string | null {
    return this.usable.some(({ id }) => id === this.#wanted) ? this.#wanted : null;
  }

  choose(id: string | null): void {
    this.#wanted = id;
  }

  take({ list }: Projects): void {
    this.list = list;
  }

  async load(): Promise<void> {
    this.take(await this.#bridge.call("project_list"));
  }

  /** Lets the user pick a folder, which is chosen then. */
  async browse(): Promise<void> {
    const projects = await this.#bridge.call("project_browse");
    if (!projects) return;
    this.take(projects);
    // the one that was named last comes first
    this.choose(projects.list[0]?.id ?? null);
  }
}

/** What a project is called, hidden characters written out. */
export function projectName({ module, path }: Project): string {
  return visible(module ?? path);
}
