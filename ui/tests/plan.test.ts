import { fireEvent, screen, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import type { Example } from "../src/bridge/fake/example";
import { en } from "../src/i18n/en";
import { shared } from "../src/i18n/shared";
import { openWindow } from "./app";

const commentOut = shared.en.fixes.comment_out;
const dialog = () => screen.getByRole("dialog");
const button = (name: string) => within(dialog()).getByRole("button", { name });

/** A change made before the window opens, so that there is something to undo. */
function changed(name: string, value: string) {
  return (example: Example) => {
    const handlers = example.world.handlers();
    const { id } = handlers.environment_plan({ changes: [{ name, value }], repairs: [] });
    handlers.plan_apply({ id, confirmed: [name] });
  };
}

describe("a line of a start-up file", () => {
  test("is shown as a true diff, commented out, told, and undone", async () => {
    const { user } = await openWindow("shadowed");
    await user.click(screen.getByRole("button", { name: commentOut }));
    const diff = await screen.findByRole("region", { name: en.plan.file });
    expect(diff.textContent, "what goes").toContain("export GOPROXY=https://proxy.golang.org,direct");
    await user.click(button(en.plan.comment));
    expect(await screen.findByText(en.plan.written), "the file is changed").toBeTruthy();
    await user.click(button(en.plan.done));
    expect(screen.queryByRole("button", { name: commentOut }), "the finding is gone").toBeNull();
    const toast = screen.getByRole("region", { name: en.parts.notifications });
    await user.click(within(toast).getByRole("button", { name: en.plan.undo }));
    await user.click(await within(dialog()).findByRole("button", { name: en.plan.applyUndo }));
    await user.click(await within(dialog()).findByRole("button", { name: en.plan.done }));
    expect(screen.getByRole("button", { name: commentOut }), "as it was before").toBeTruthy();
  });
});

describe("undo", () => {
  test("Ctrl Z previews, Cancel changes nothing", async () => {
    const { user, example } = await openWindow("fresh", { prepare: changed("GOPROXY", "off") });
    await user.keyboard("{Control>}z{/Control}");
    expect(dialog().textContent, "the preview of an undo").toContain(en.plan.titles.undo);
    await user.click(button(en.parts.cancel));
    expect(example.world.scenario.file, "nothing was written").toEqual(["GOPROXY=off"]);
    expect(screen.queryByRole("dialog"), "closed").toBeNull();
  });

  test("tells per variable what Go sees now", async () => {
    const { user } = await openWindow("fresh", { prepare: changed("GOPROXY", "off") });
    await user.keyboard("{Control>}z{/Control}");
    await user.click(await within(dialog()).findByRole("button", { name: en.plan.applyUndo }));
    expect(await screen.findByText(shared.en.outcomes.in_effect), "read back").toBeTruthy();
    expect(dialog().textContent, "with the value").toContain("https://proxy.golang.org,direct");
  });

  test("what is written and outranked is no success, and can be mended from there", async () => {
    const prepare = (example: Example) => {
      changed("GOPROXY", "off")(example);
      changed("GOPROXY", "direct")(example);
    };
    const { user } = await openWindow("shadowed", { prepare });
    await user.keyboard("{Control>}z{/Control}");
    const preview = await screen.findByText(en.plan.shadowed);
    expect(preview, "said before").toBeTruthy();
    await user.click(button(en.plan.applyUndo));
    expect(await within(dialog()).findByText(/~\/\.zshrc:12/), "and after, with the place").toBeTruthy();
    await user.click(button(commentOut));
    expect(dialog().textContent, "the next preview").toContain(en.plan.titles.comment_out);
  });

  test("a refusal explains, and the plan can be made again", async () => {
    const { user, example } = await openWindow("fresh", { prepare: changed("GOPROXY", "off") });
    const failure = { code: "stale", params: { path: "~/.config/go/env" }, message: "stale" } as const;
    example.refuse("plan_apply", failure);
    await user.keyboard("{Control>}z{/Control}");
    await user.click(await within(dialog()).findByRole("button", { name: en.plan.applyUndo }));
    expect(await screen.findByText(en.plan.refusedTitle), "what state things are in").toBeTruthy();
    await user.click(button(en.plan.again));
    await user.click(await within(dialog()).findByRole("button", { name: en.plan.applyUndo }));
    expect(await screen.findByText(shared.en.outcomes.in_effect), "the second time it works").toBeTruthy();
  });

  test("refused when the world moved on", async () => {
    const { user, example } = await openWindow("fresh", { prepare: changed("GOPROXY", "off") });
    example.world.scenario.file = ["GOPROXY=somebody-else"];
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText(en.plan.refusedTitle)).toBeTruthy();
    expect(dialog().textContent, "names what moved").toContain("GOPROXY");
  });
});

describe("danger", () => {
  const before = (example: Example) => {
    changed("GOSUMDB", "off")(example);
    changed("GOSUMDB", "sum.golang.org")(example);
  };

  test("needs its own confirmation that names the consequence", async () => {
    const { user, example } = await openWindow("fresh", { prepare: before });
    await user.keyboard("{Control>}z{/Control}");
    const confirm = await screen.findByRole("checkbox", { name: en.plan.understood("GOSUMDB") });
    expect(dialog().textContent, "the consequence in words").toContain(shared.en.dangers.nothing_verified);
    const apply = button(en.plan.applyUndo);
    expect(apply.hasAttribute("disabled"), "not before it is confirmed").toBe(true);
    await user.click(confirm);
    await user.click(apply);
    expect(await screen.findByText(shared.en.outcomes.in_effect)).toBeTruthy();
    const { args } = example.calls.findLast(({ name }) => name === "plan_apply") ?? {};
    expect(args, "the confirmation goes by name").toMatchObject({ confirmed: ["GOSUMDB"] });
  });

  test("Cancel is what the keyboard meets first", async () => {
    const { user } = await openWindow("fresh", { prepare: before });
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByRole("checkbox");
    expect(document.activeElement, "not the dangerous button").toBe(button(en.parts.cancel));
  });
});

test("Esc closes a preview, but not in the middle of writing", async () => {
  const { user, example } = await openWindow("fresh", { prepare: changed("GOPROXY", "off") });
  await user.keyboard("{Control>}z{/Control}");
  const apply = await within(dialog()).findByRole("button", { name: en.plan.applyUndo });
  let finish: (value?: unknown) => void = () => undefined;
  example.hold("plan_apply", new Promise((resolve) => (finish = resolve)));
  await user.click(apply);
  await fireEvent(dialog(), new Event("cancel", { cancelable: true }));
  expect(screen.queryByRole("dialog"), "still there").not.toBeNull();
  finish();
  expect(await screen.findByText(shared.en.outcomes.in_effect), "told when it is done").toBeTruthy();
});
