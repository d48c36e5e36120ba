import { expect, test } from "vitest";
import { Latest } from "./latest";

test("what changed meanwhile is asked once more, and only the last answer counts", async () => {
  const told: string[] = [];
  const asked: string[] = [];
  let answer: () => void = () => undefined;
  const latest = new Latest<string>((text) => told.push(text));
  const ask = (text: string) => () => {
    asked.push(text);
    return new Promise<string>((resolve) => (answer = () => resolve(text)));
  };
  const done = latest.ask(ask("g"));
  void latest.ask(ask("gi"));
  void latest.ask(ask("git"));
  expect(asked, "one question at a time").toEqual(["g"]);
  answer();
  await Promise.resolve();
  await Promise.resolve();
  expect(asked, "not every key is a question").toEqual(["g", "git"]);
  answer();
  await done;
  expect(told, "an answer to an older text says nothing of this one").toEqual(["git"]);
});
