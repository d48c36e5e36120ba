/** What a simulated run waits on. */
export interface Clock {
  /** Resolves when `millis` more have passed since the clock began. */
  until(millis: number): Promise<void>;
}

/** Nothing waits; each step still is a task of its own, as events over a bridge are. */
export const noTime = (): Clock => ({ until: () => new Promise((resolve) => setTimeout(resolve)) });

/** The clock on the wall. */
export function realTime(): Clock {
  const began = performance.now();
  return {
    until: (millis) =>
      new Promise((resolve) => setTimeout(resolve, Math.max(0, millis - (performance.now() - began)))),
  };
}

/** A clock that moves only when it is told to. */
export class HandClock implements Clock {
  #now = 0;
  #waiting: { at: number; go: () => void }[] = [];

  until(millis: number): Promise<void> {
    if (millis <= this.#now) return Promise.resolve();
    return new Promise((go) => this.#waiting.push({ at: millis, go }));
  }

  /** Lets the time up to `millis` pass, with everything that happens meanwhile. */
  async to(millis: number): Promise<void> {
    this.#now = Math.max(this.#now, millis);
    for (let due = this.#due(); due.length > 0; due = this.#due()) {
      this.#waiting = this.#waiting.filter((one) => !due.includes(one));
      for (const { go } of due) go();
      // what waited runs now, and may wait again
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  #due() {
    return this.#waiting.filter(({ at }) => at <= this.#now);
  }
}
