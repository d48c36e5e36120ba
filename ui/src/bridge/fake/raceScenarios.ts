import { mirrorScenarios } from "./mirrorScenarios";
import { gone, noProjects, shop, tools } from "./projects";
import type { Scenario } from "./scenario";

const needsNewerGo = {
  code: "needs_newer_go" as const,
  params: { wanted: "go1.99", present: "go1.26.8" },
  message: "the project wants go1.99, and go1.26.8 is here",
};

/** The states in which projects and their race can be. */
export const raceScenarios = {
  projects: {
    ...mirrorScenarios.tested,
    projects: { ...noProjects, list: [shop, tools, gone], picked: { ...tools, id: "d4", path: "~/src/new" } },
  },
  firstProject: { ...mirrorScenarios.tested, projects: { ...noProjects, picked: shop } },
  newerGo: {
    ...mirrorScenarios.tested,
    projects: { ...noProjects, list: [shop], raceRefused: needsNewerGo },
  },
} satisfies Record<string, Scenario>;
