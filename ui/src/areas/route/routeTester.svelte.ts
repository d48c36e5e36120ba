import { createContext } from "svelte";
import { failureFrom, type Failure } from "../../bridge/failure";
import type { Route, RouteAnswer } from "../../bridge/wire";
import type { Desk } from "../../state/desk.svelte";

/** A line of the tester, and what the core says of it. */
export type Tested = { target: string; answer: RouteAnswer };

/** More than anybody pastes, and less than what would make typing slow. */
const MOST = 500;

/** The narrow type of an answer that is a route. */
export function isRoute(answer: RouteAnswer): answer is Route {
  return "module" in answer;
}

/** Where modules come from, asked again while they are typed; what was typed stays while one looks at other pages. */
export class RouteTester {
  text = $state("");
  tested = $state.raw<readonly Tested[]>([]);
  failure = $state.raw<Failure | null>(null);
  /** The line whose way is drawn. */
  #shown = $state<string | null>(null);
  #asked = 0;

  constructor(readonly desk: Desk) {}

  /** The line that was chosen, or the first that has a way. */
  get shown(): Route | null {
    const routes = this.tested.flatMap(({ answer }) => (isRoute(answer) ? [answer] : []));
    return routes.find(({ module }) => module === this.#shown) ?? routes[0] ?? null;
  }

  show(module: string): void {
    this.#shown = module;
  }

  /** Asks for every line. Nobody outside is asked. */
  async ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const words = this.text.split(/[\s,]+/).filter((word) => word !== "");
    const targets = words.filter((word, at) => words.indexOf(word) === at).slice(0, MOST);
    if (targets.length === 0) {
      this.tested = [];
      this.failure = null;
      return;
    }
    try {
      const answers = await this.desk.bridge.call("route_read", { targets });
      // an answer to an older text says nothing of this one
      if (asked !== this.#asked) return;
      this.tested = answers.flatMap((answer, at) => {
        const target = targets[at];
        return target === undefined ? [] : [{ target, answer }];
      });
      this.failure = null;
    } catch (raw) {
      if (asked === this.#asked) this.failure = failureFrom(raw);
    }
  }
}

export const [useRoutes, provideRoutes] = createContext<RouteTester>();
