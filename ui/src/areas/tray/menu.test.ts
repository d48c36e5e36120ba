import { beforeEach, describe, expect, test } from "vitest";
import { World } from "../../bridge/fake/world";
import { scenarios } from "../../bridge/fake/scenarios";
import type { Overview, Profile } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import { trayMenu } from "./menu";

const own = (number: number): Profile => ({
  id: `own${String(number)}`,
  title: { is: "own", name: `Line ${String(number)}` },
  values: [],
  state: { code: "differs", params: { differences: [] } },
});

function overview(profiles: Partial<Overview["profiles"]>): Overview {
  const { profiles: shipped, ...rest } = new World(structuredClone(scenarios.good)).overview();
  return { ...rest, profiles: { ...shipped, ...profiles } };
}

beforeEach(() => (i18n.choice = "en"));

describe("the menu of the tray", () => {
  test("says how things are, and marks the profile in use, in both languages", () => {
    const list: Profile[] = [own(1), { ...own(2), title: { is: "builtin", builtin: "domestic" } }];
    const shown = overview({ list, active: "own2", previous: { title: null, entry: "e1" } });
    expect(trayMenu(shown), "English").toEqual({
      verdict: "Go 1.26.8 works, and its settings are sound",
      profiles: [
        { id: "own1", label: "Line 1", active: false },
        { id: "own2", label: "Domestic", active: true },
      ],
      more: null,
      previous: "Return to the values before…",
      open: "Open Gopherdesk",
      quit: "Quit",
    });
    i18n.choice = "zh";
    const { profiles, previous, quit } = trayMenu({
      ...shown,
      profiles: { ...shown.profiles, previous: { title: { is: "own", name: "Line 1" }, entry: "e1" } },
    });
    expect([profiles[1]?.label, previous, quit], "Chinese").toEqual(["国内", "回到“Line 1”…", "退出"]);
  });

  test("shows twelve, the one in use among them, and the way to the others", () => {
    const list = Array.from({ length: 5000 }, (_, number) => own(number));
    const { profiles, more } = trayMenu(overview({ list, active: "own4000" }));
    expect(profiles.length, "a menu of the desktop cannot be searched").toBe(12);
    expect(profiles.at(-1), "never without the one in use").toEqual({
      id: "own4000",
      label: "Line 4000",
      active: true,
    });
    expect(more, "the page has them all").toBe("More profiles…");
    expect(trayMenu(overview({ list: list.slice(0, 12) })).more, "all are there").toBeNull();
  });

  test("leaves out what has no values yet", () => {
    const list: Profile[] = [own(1), { ...own(2), state: { code: "needs_form", params: {} } }];
    expect(trayMenu(overview({ list })).profiles.map(({ id }) => id)).toEqual(["own1"]);
  });

  test("a hostile name stays one line of text", () => {
    const list: Profile[] = [{ ...own(1), title: { is: "own", name: "a\u202Eb\n\u0007<b>" } }];
    const label = trayMenu(overview({ list })).profiles[0]?.label;
    expect(label, "what hides or reorders is written out").toBe("a\\u202eb\\n\\x07<b>");
  });
});
