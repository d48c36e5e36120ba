import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import App from "../src/App.svelte";
import { Example } from "../src/bridge/fake/example";
import type { Scenario } from "../src/bridge/fake/scenario";
import type { ScenarioName } from "../src/bridge/fake/scenarios";
import type { Lang } from "../src/i18n/format";
import { i18n } from "../src/i18n/i18n.svelte";
import type { PageId } from "../src/state/navigation.svelte";
import { PAGES } from "../src/state/navigation.svelte";

/** The whole window over an example, with its first overview on the page. */
export async function openWindow(
  scenario: ScenarioName | Scenario = "good",
  options: { lang?: Lang; page?: PageId; prepare?: (example: Example) => void } = {},
) {
  const example = new Example(scenario);
  example.world.settings.language = options.lang ?? "en";
  i18n.choice = options.lang ?? "en";
  options.prepare?.(example);
  const user = userEvent.setup();
  const view = render(App, { bridge: example });
  await waitFor(() =>
    expect(example.calls.length, "the window reads the overview at once").toBeGreaterThan(0),
  );
  const busy = () => view.getByRole("main").getAttribute("aria-busy");
  await waitFor(() => expect(busy(), "the first reading ends").toBe("false"));
  if (options.page) await user.keyboard(`{Control>}${String(PAGES.indexOf(options.page) + 1)}{/Control}`);
  return { ...view, example, user };
}

/** What axe finds wrong with the document; colours need a real browser and are looked at there. */
export async function axeFindings(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
