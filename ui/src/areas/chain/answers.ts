import type { MirrorAnswer } from "../../bridge/wire";

/** What a source can be made to answer, from the usual to the odd. */
export const ANSWERS: readonly MirrorAnswer[] = [
  "ok",
  "not_found",
  "gone",
  "unauthorized",
  "forbidden",
  "too_many",
  "server_error",
  "bad_gateway",
  "unavailable",
  "no_such_host",
  "refused",
  "timeout",
  "silence",
  "page",
  "wrong_hash",
];
