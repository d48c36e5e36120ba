import { createContext } from "svelte";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Route, RouteAnswer } from "../../bridge/wire";
import type { Desk } from "../../state/desk.svelte";

/** How many are listed; more than that nobody reads. */
const MOST = 500;

/** The narrow type of an answer that is a route. */
export function isRoute(answer: RouteAnswer): answer is Route {
  return "steps" in answer;
}

/** Where modules come from, asked again while they are typed; what was typed stays while one looks at other pages. */
export class RouteTester {
  text = $state("");
  tested = $state.raw<readonly RouteAnswer[]>([]);
  /** The project whose modules are tested as well. */
  project = $state<string | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The line whose way is drawn. */
  #shown = $state<string | null>(null);
  #asked = 0;

  constructor(readonly desk: Desk) {}

  /** The line that was chosen, or the first that has a way. */
  get shown(): Route | null {
    const routes = this.tested.filter(isRoute);
    return routes.find(({ module }) => module === this.#shown) ?? routes[0] ?? null;
  }

  choose(project: string | null): void {
    this.project = project;
    void this.ask();
  }

  show(module: string): void {
    this.#shown = module;
  }

  /** Asks for every line. Nobody outside is asked. */
  async ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { text, project } = this;
    if (text.trim() === "" && project === null) {
      this.tested = [];
      this.failure = null;
      return;
    }
    try {
      const answers = await this.desk.bridge.call("route_read", { targets: [text], project });
      // an answer to an older text says nothing of this one
      if (asked !== this.#asked) return;
      this.tested = answers.slice(0, MOST);
      this.failure = null;
    } catch (raw) {
      if (asked === this.#asked) this.failure = failureFrom(raw);
    }
  }
}

export const [useRoutes, provideRoutes] = createContext<RouteTester>();
