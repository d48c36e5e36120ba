import type { Messages } from "../i18n/en";

export type JobName = keyof Messages["shell"]["jobNames"];
export type RunningJob = {
  readonly id: number;
  readonly name: JobName;
  readonly cancel: (() => void) | null;
};

/** Work that goes on while the user looks at other things. */
export class Jobs {
  list = $state.raw<readonly RunningJob[]>([]);
  #next = 1;

  /** Shows `work` as running until it ends, however it ends. */
  async track<T>(name: JobName, work: Promise<T>, cancel: (() => void) | null = null): Promise<T> {
    const id = this.#next;
    this.#next += 1;
    this.list = [...this.list, { id, name, cancel }];
    try {
      return await work;
    } finally {
      this.list = this.list.filter((job) => job.id !== id);
    }
  }
}
