import type { Failure as CoreFailure } from "./wire";

/** Why a call failed: what the core says, or that the bridge itself did not hold. */
export type Failure = CoreFailure | { code: "bridge"; params: Record<symbol, never>; message: string };

/** Thrown by every call that the other side refuses; `failure` says why. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** Whatever was thrown, as the failure that the page can explain. */
export function failureFrom(raw: unknown): Failure {
  if (raw instanceof Refusal) return raw.failure;
  if (isFailure(raw)) return raw;
  if (raw instanceof Error)
    return { code: "internal", params: { reason: raw.message }, message: raw.message };
  // Tauri itself rejects with a plain sentence: unknown command, refused by the capability, bad arguments
  return { code: "bridge", params: {}, message: typeof raw === "string" ? raw : JSON.stringify(raw) };
}

function isFailure(raw: unknown): raw is Failure {
  return typeof raw === "object" && raw !== null && "code" in raw && "params" in raw && "message" in raw;
}
