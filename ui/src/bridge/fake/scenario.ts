import type { Failure, FileProblem, LineFault, Toolchain } from "../wire";
import { noCaches, type CacheWorld } from "./cacheWorld";
import { nothingKept, type Kept } from "./definitions";
import { noMirrors, type MirrorWorld } from "./mirrors";
import { noProjects, type ProjectWorld } from "./projects";

/** A line of a start-up file that sets a variable. */
export type ShellLine = { name: string; value: string; path: string; line: number };

/** What the world of an example looks like at the beginning. */
export type Scenario = {
  file: string[];
  shell: ShellLine[];
  toolchains: Toolchain[];
  failure: Failure | null;
  faults: LineFault[];
  problem: FileProblem | null;
  /** Variables beside those Go knows. */
  more: Record<string, string>;
  shellSilent: boolean;
  crashReport: boolean;
  /** The overview itself cannot be read. */
  unreadable: boolean;
  profiles: Kept;
  mirrors: MirrorWorld;
  projects: ProjectWorld;
  caches: CacheWorld;
  /** The desktop shows tray icons. */
  trays: boolean;
};

export const usual: Toolchain = {
  id: "t1",
  path: "/usr/local/go/bin/go",
  root: "/usr/local/go",
  version: "go1.26.8",
  found: ["login_shell", "path", "standard"],
  in_terminal: true,
  used: true,
  failure: null,
};
export const sdk: Toolchain = {
  ...usual,
  id: "t2",
  path: "/home/gopher/sdk/go1.24.11/bin/go",
  root: "/home/gopher/sdk/go1.24.11",
  version: "go1.24.11",
  found: ["sdk"],
  in_terminal: false,
  used: false,
};
export const broken: Toolchain = {
  ...sdk,
  id: "t3",
  path: "/home/gopher/.gvm/gos/go1.13/bin/go",
  root: null,
  version: null,
  found: ["gvm"],
  failure: {
    code: "go_not_executable",
    params: { path: "/home/gopher/.gvm/gos/go1.13/bin/go", reason: "Permission denied (os error 13)" },
    message: "`/home/gopher/.gvm/gos/go1.13/bin/go` cannot be run: Permission denied",
  },
};

/** A machine with one Go where nothing was ever changed. */
export const fresh: Scenario = {
  file: [],
  shell: [],
  toolchains: [usual],
  failure: null,
  faults: [],
  problem: null,
  more: {},
  shellSilent: false,
  crashReport: false,
  unreadable: false,
  profiles: nothingKept,
  mirrors: noMirrors,
  projects: noProjects,
  caches: noCaches,
  trays: true,
};

/** A GOENV file as people have it. */
export const worked = [
  "# my own notes stay where they are",
  "GOPROXY=https://goproxy.cn,direct",
  "GOSUMDB=sum.golang.google.cn",
  "GOPRIVATE=*.corp.example,git.team.example",
  "GOFLAGS=-mod=readonly",
];
