import { Example } from "./example";
import { scenarios, type ScenarioName } from "./scenarios";

function isScenario(name: string): name is ScenarioName {
  return name in scenarios;
}

/** The example that an address asks for: `?scenario=shadowed&lang=zh&theme=dark&delay=500`. */
export function exampleFromAddress(query: URLSearchParams): Example {
  const name = query.get("scenario") ?? "shadowed";
  const example = new Example(isScenario(name) ? name : "shadowed", Number(query.get("delay") ?? 60));
  const language = query.get("lang");
  if (language === "en" || language === "zh") example.world.settings.language = language;
  const theme = query.get("theme");
  if (theme === "light" || theme === "dark" || theme === "contrast") example.world.settings.theme = theme;
  return example;
}
