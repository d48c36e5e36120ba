import type { Failure } from "./failure";
import type { Commands } from "./wire";

type Args<K extends keyof Commands> = Commands[K][0];
export type Reply<K extends keyof Commands> = Commands[K][1];
export type StreamName = {
  [K in keyof Commands]: Commands[K] extends [unknown, unknown, unknown] ? K : never;
}[keyof Commands];
export type CallName = Exclude<keyof Commands, StreamName>;
export type EventOf<K extends StreamName> = Commands[K] extends [unknown, unknown, infer E] ? E : never;

/** A command without arguments is called without arguments. */
export type Given<K extends keyof Commands> = Args<K> extends null ? [] : [args: Args<K>];

/** A long command: it can be cancelled before its first event. */
export interface Running<R> {
  readonly done: Promise<R>;
  cancel(): void;
}

/** The other side of the window: the core in the product, an example in tests and in a plain browser. */
export interface Bridge {
  call<K extends CallName>(name: K, ...given: Given<K>): Promise<Reply<K>>;
  stream<K extends StreamName>(
    name: K,
    args: Args<K>,
    onEvent: (event: EventOf<K>) => void,
  ): Running<Reply<K>>;
}

/** What a part of the page knows of something far away. */
export type Remote<T> = { is: "waiting" } | { is: "ready"; value: T } | { is: "failed"; failure: Failure };
