import type { CallName, Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Commands, Failure, Project } from "../wire";
import type { World } from "./world";

/** What the example knows of the user's projects. */
export type ProjectWorld = {
  /** The one that was named last comes first. */
  list: Project[];
  /** What the user picks in the dialog; none closes it. */
  picked: Project | null;
  /** Why what was picked is no project. */
  refused: Failure | null;
  /** Why no race and no prefetch is begun. */
  raceRefused: Failure | null;
};

export const noProjects: ProjectWorld = { list: [], picked: null, refused: null, raceRefused: null };

export const shop: Project = {
  id: "d2",
  path: "~/src/shop",
  module: "git.corp.example/shop",
  members: null,
  modules: 12,
  failure: null,
};
export const tools: Project = {
  ...shop,
  id: "d1",
  path: "~/src/tools",
  module: null,
  members: 3,
};
export const gone: Project = {
  ...shop,
  id: "d3",
  path: "~/src/gone",
  module: null,
  modules: 0,
  failure: {
    code: "no_project",
    params: { path: "/home/gopher/src/gone" },
    message: "/home/gopher/src/gone holds no go.mod or go.work",
  },
};

type Names = Extract<CallName, `project_${string}`>;
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

/** What the core does with projects, on those of an example. */
export function projectHandlers({ scenario }: World): Handlers {
  const { projects } = scenario;
  const all = () => ({ list: projects.list, trouble: null });
  return {
    project_list: all,
    project_browse: () => {
      if (projects.refused) throw new Refusal(projects.refused);
      const { picked } = projects;
      if (picked === null) return null;
      projects.list = [picked, ...projects.list.filter(({ id }) => id !== picked.id)];
      return all();
    },
    project_forget: (id) => {
      projectOf(scenario.projects, id);
      projects.list = projects.list.filter((one) => one.id !== id);
      return all();
    },
  };
}

export function projectOf({ list }: ProjectWorld, id: string): Project {
  const found = list.find((one) => one.id === id);
  if (!found) throw new Refusal({ code: "unknown_project", params: { id }, message: "no such project" });
  return found;
}
