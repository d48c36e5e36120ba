import { Channel, invoke } from "@tauri-apps/api/core";
import type { Bridge, CallName, EventOf, Reply, Running, StreamName } from "./bridge";
import { Refusal, failureFrom } from "./failure";
import type { Commands } from "./wire";

async function send<K extends keyof Commands>(name: K, payload: Record<string, unknown>): Promise<Reply<K>> {
  try {
    return await invoke<Reply<K>>(name, payload);
  } catch (raw) {
    throw new Refusal(failureFrom(raw));
  }
}

/** The bridge of the product: Tauri's IPC. */
export const tauriBridge: Bridge = {
  call<K extends CallName>(name: K, args?: Commands[K][0]) {
    return send(name, { args: args ?? null });
  },

  stream<K extends StreamName>(
    name: K,
    args: Commands[K][0],
    onEvent: (event: EventOf<K>) => void,
  ): Running<Reply<K>> {
    const job = crypto.randomUUID();
    const events = new Channel<EventOf<K>>(onEvent);
    return {
      done: send(name, { job, args, events }),
      // an unknown job is ignored on the other side, so a late cancel does no harm
      cancel: () => void send("job_cancel", { args: job }).catch(() => undefined),
    };
  },
};
