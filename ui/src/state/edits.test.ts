import { describe, expect, test } from "vitest";
import { Example } from "../bridge/fake/example";
import { Edits } from "./edits.svelte";

function start() {
  const { world } = new Example("good");
  const edits = new Edits();
  const now = () => world.overview().environment;
  const variable = (name: string) => {
    const found = now().variables.find((one) => one.name === name);
    if (!found) throw new Error(`the example has no ${name}`);
    return found;
  };
  const write = (line: string) => world.scenario.file.push(line);
  return { edits, now, variable, write };
}

describe("edits", () => {
  test("are kept in the order in which they were made", () => {
    const { edits, variable } = start();
    edits.keep(variable("GOBIN"), "/bin");
    edits.keep(variable("GOFLAGS"), null);
    expect(edits.changes).toEqual([
      { name: "GOBIN", value: "/bin" },
      { name: "GOFLAGS", value: null },
    ]);
    expect([edits.of("GOBIN"), edits.of("GOFLAGS"), edits.of("GOPROXY")]).toEqual(["/bin", null, undefined]);
  });

  test("what the file says already is no edit", () => {
    const { edits, variable } = start();
    edits.keep(variable("GOFLAGS"), "-mod=mod");
    edits.keep(variable("GOFLAGS"), "-mod=readonly");
    edits.keep(variable("GOBIN"), null);
    expect(edits.names, "back to what it was, and unset what is not set").toEqual([]);
  });

  test("what the file says is compared with its credentials", () => {
    const { edits, variable } = start();
    edits.open("GOPROXY");
    edits.draft("GOPROXY")?.begin("https://u:p@host", "https://u:p@host");
    edits.keep(variable("GOPROXY"), "https://u:p@host");
    expect(edits.names, "the same secret").toEqual([]);
  });

  test("only what was applied is cleared", () => {
    const { edits, variable } = start();
    edits.keep(variable("GOBIN"), "/one");
    const { changes } = edits;
    edits.keep(variable("GOBIN"), "/two");
    edits.keep(variable("GOFLAGS"), null);
    edits.applied([...changes, { name: "GOFLAGS", value: null }]);
    expect(edits.changes, "changed since then").toEqual([{ name: "GOBIN", value: "/two" }]);
  });

  test("somebody else's change is noticed, and the same change settles the edit", () => {
    const { edits, now, variable, write } = start();
    edits.keep(variable("GOBIN"), "/mine");
    expect(edits.overtaken(variable("GOBIN")), "nothing happened").toBe(false);
    write("GOBIN=/theirs");
    edits.settle(now());
    expect(edits.of("GOBIN"), "mine is not lost").toBe("/mine");
    expect(edits.overtaken(variable("GOBIN")), "the file says something new").toBe(true);
    write("GOBIN=/mine");
    edits.settle(now());
    expect(edits.names, "done by somebody else").toEqual([]);
  });

  test("each change of the list is counted, for its announcement", () => {
    const { edits, variable } = start();
    edits.clear();
    edits.forget("GOBIN");
    expect(edits.turn, "nothing changed").toBe(0);
    edits.keep(variable("GOBIN"), "/bin");
    edits.clear();
    expect(edits.turn, "made, and discarded").toBe(2);
  });
});
