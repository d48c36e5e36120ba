import { createSubscriber } from "svelte/reactivity";

const STEP = 30_000;

/** The time, for what says how long ago something was: whoever reads it is told when it moved on. */
class Minute {
  readonly #subscribe = createSubscriber((update) => {
    // a hidden window wakes nobody up, and is right again as soon as it is seen
    const move = () => {
      if (!document.hidden) update();
    };
    const timer = setInterval(move, STEP);
    document.addEventListener("visibilitychange", move);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", move);
    };
  });

  /** Milliseconds since 1970. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const minute = new Minute();
