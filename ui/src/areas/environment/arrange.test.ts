import { describe, expect, test } from "vitest";
import { Example } from "../../bridge/fake/example";
import { scenarios } from "../../bridge/fake/scenarios";
import type { Variable } from "../../bridge/wire";
import { differsInTerminals, fitting, follows, isChanged, isShadowed, searchable, sections } from "./arrange";
import { whyFixed } from "./fixed";
import { masked } from "./masked";
import { shorten } from "./shorten";

const environment = (name: keyof typeof scenarios) => new Example(name).world.overview().environment;

function named(variables: readonly Variable[], name: string): Variable {
  const found = variables.find((variable) => variable.name === name);
  if (!found) throw new Error(`the example has no ${name}`);
  return found;
}

describe("order", () => {
  const { variables } = environment("shadowed");

  test("what differs from Go's defaults comes first, then the groups", () => {
    const ids = sections(variables).map(({ id }) => id);
    expect(ids, "no empty section").toEqual([
      "changed",
      "modules",
      "toolchain",
      "paths",
      "build",
      "cgo",
      "debug",
    ]);
    const all = sections(variables).flatMap((section) => section.variables);
    expect(new Set(all).size, "every variable stands in one section").toBe(variables.length);
  });

  test("a value that follows another one is not a change of its own", () => {
    const follower = named(variables, "GONOPROXY");
    expect(follows(follower), "the one it follows").toBe("GOPRIVATE");
    expect(isChanged(follower), "nobody set it").toBe(false);
    expect(follows(named(environment("fresh").variables, "GONOPROXY")), "nothing to follow").toBeNull();
  });

  test("shadowed is only what the file says in vain", () => {
    expect(isShadowed(named(variables, "GOPROXY")), "the shell says something else").toBe(true);
    expect(isShadowed(named(variables, "GOSUMDB")), "nothing outranks it").toBe(false);
    const bin = named(environment("secret").variables, "GOBIN");
    expect([isShadowed(bin), differsInTerminals(bin)], "the file says nothing").toEqual([false, true]);
  });
});

describe("search", () => {
  const all = searchable(environment("good").variables, (name) => `Meaning of ${name}`);
  const names = (...given: [Parameters<typeof fitting>[1], string]) =>
    fitting(all, ...given).map(({ name }) => name);

  test("every word counts, wherever it stands", () => {
    expect(names("all", "  goproxy.CN direct "), "in the value, without case").toEqual(["GOPROXY"]);
    expect(names("all", "meaning GOFLAGS"), "in the meaning").toEqual(["GOFLAGS"]);
    expect(names("all", "goproxy nothing"), "one word is missing").toEqual([]);
    expect(names("all", "   ").length, "spaces are no words").toBe(all.length);
  });

  test("filters", () => {
    const written = ["GOPROXY", "GOSUMDB", "GOPRIVATE", "GOFLAGS"];
    expect(names("changed", ""), "without followers").toEqual(written);
    expect(names("file", ""), "what the file says").toEqual(written);
    expect(names("file", "flags"), "and the words").toEqual(["GOFLAGS"]);
  });
});

test("a lock has a reason", () => {
  const { variables, file } = environment("good");
  const why = (name: string) => whyFixed(named(variables, name), file);
  expect(why("GOPROXY"), "can be set").toBeNull();
  expect([why("GOENV"), why("GOMOD"), why("GOTELEMETRY"), why("GOVERSION")]).toEqual([
    "environment",
    "project",
    "telemetry",
    "reported",
  ]);
  const readonly = environment("readonly");
  expect(whyFixed(named(readonly.variables, "GOPROXY"), readonly.file), "no file to write").toBe("file");
});

test("about three lines are shown of a long value", () => {
  expect(shorten("short"), "all of it").toBeNull();
  expect(shorten("x".repeat(190)), "just fits").toBeNull();
  expect(shorten("x".repeat(191))?.length, "the beginning").toBe(190);
  expect(shorten("长".repeat(6000))?.length, "wide characters take the room of two").toBe(95);
  expect(shorten("😀".repeat(500))?.length, "no half character").toBe(190);
});

test("a wish is shown without its credentials", () => {
  expect(masked("https://u:p@host/x,direct")).toBe("https://***@host/x,direct");
  expect(masked("https://u:p/@w@host|off"), "whatever the password holds").toBe("https://***@host|off");
  expect(masked("u:secret@proxy:8080"), "without a scheme").toBe("***@proxy:8080");
  expect(masked("git.example/x@v1,-mod=mod"), "nothing to hide").toBe("git.example/x@v1,-mod=mod");
});
