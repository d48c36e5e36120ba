/** Asks one question at a time; what changes meanwhile is asked once more, and only the last answer counts. */
export class Latest<T> {
  #running = false;
  #next: (() => Promise<T>) | null = null;
  readonly #tell: (answer: T) => void;

  constructor(tell: (answer: T) => void) {
    this.#tell = tell;
  }

  /** Asks now, or as soon as the question before is answered; `ask` does not reject. */
  async ask(ask: () => Promise<T>): Promise<void> {
    this.#next = ask;
    if (this.#running) return;
    this.#running = true;
    for (let now = this.#take(); now; now = this.#take()) {
      const answer = await now();
      // something newer waits: this answer is to a question that nobody asks any more
      if (!this.#waits()) this.#tell(answer);
    }
    this.#running = false;
  }

  #waits(): boolean {
    return this.#next !== null;
  }

  #take(): (() => Promise<T>) | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}
