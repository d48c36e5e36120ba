import { expect, test } from "vitest";
import { Refusal, failureFrom } from "./failure";

const stale = { code: "stale", params: { path: "~/.config/go/env" }, message: "the file changed" } as const;

test("a failure of the core passes unchanged", () => {
  expect(failureFrom(stale), "the code decides what is shown").toBe(stale);
  expect(failureFrom(new Refusal(stale)), "unwrapped").toBe(stale);
});

test("a plain sentence comes from Tauri itself", () => {
  const failure = failureFrom("command nope not found");
  expect(failure.code, "no code of the core").toBe("bridge");
  expect(failure.message, "kept for the details").toBe("command nope not found");
});

test("anything else is told, not thrown again", () => {
  expect(failureFrom(new Error("boom")).code, "a fault of ours").toBe("internal");
  expect(failureFrom({ odd: true }).code, "an unknown shape").toBe("bridge");
});
