import type { Failure, FileProblem, LineFault, Toolchain } from "../wire";
import { nothingKept, type Kept } from "./definitions";

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
  /** The desktop shows tray icons. */
  trays: boolean;
};

const usual: Toolchain = {
  id: "t1",
  path: "/usr/local/go/bin/go",
  root: "/usr/local/go",
  version: "go1.26.8",
  found: ["login_shell", "path", "standard"],
  in_terminal: true,
  used: true,
  failure: null,
};
const sdk: Toolchain = {
  ...usual,
  id: "t2",
  path: "/home/gopher/sdk/go1.24.11/bin/go",
  root: "/home/gopher/sdk/go1.24.11",
  version: "go1.24.11",
  found: ["sdk"],
  in_terminal: false,
  used: false,
};
const broken: Toolchain = {
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

const fresh: Scenario = {
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
  trays: true,
};

const worked = [
  "# my own notes stay where they are",
  "GOPROXY=https://goproxy.cn,direct",
  "GOSUMDB=sum.golang.google.cn",
  "GOPRIVATE=*.corp.example,git.team.example",
  "GOFLAGS=-mod=readonly",
];

const hostile = "a\u202Egnp.exe\u200B\u0007\u2028<img src=x onerror=alert(1)>&amp;{{7*7}}${7*7}";

export const scenarios = {
  fresh,
  good: { ...fresh, file: worked, toolchains: [usual, sdk, broken] },
  shadowed: {
    ...fresh,
    file: worked,
    shell: [{ name: "GOPROXY", value: "https://proxy.golang.org,direct", path: "~/.zshrc", line: 12 }],
    toolchains: [usual, sdk, broken],
  },
  nogo: {
    ...fresh,
    file: worked,
    toolchains: [],
    trays: false,
    failure: {
      code: "go_not_found",
      params: { searched: ["/usr/local/go/bin", "/home/gopher/sdk"] },
      message: "no go command was found",
    },
  },
  failing: {
    ...fresh,
    file: ["GOPATH=relative/path", ...worked],
    toolchains: [usual],
    failure: {
      code: "go_refused",
      params: {
        path: "/usr/local/go/bin/go",
        status: 2,
        message: 'go: GOPATH entry is relative; must be absolute path: "relative/path".',
      },
      message: "`/usr/local/go/bin/go` refused with status 2",
    },
    faults: [
      {
        line: 1,
        text: "GOPATH=relative/path",
        fault: {
          code: "breaks_go",
          params: { message: 'GOPATH entry is relative; must be absolute path: "relative/path"' },
        },
        repaired: null,
      },
    ],
  },
  broken: {
    ...fresh,
    file: ["export GOPROXY=https://goproxy.cn,direct", ...worked.slice(2)],
    faults: [
      {
        line: 1,
        text: "export GOPROXY=https://goproxy.cn,direct",
        fault: { code: "shell_syntax", params: {} },
        repaired: "GOPROXY=https://goproxy.cn,direct",
      },
    ],
  },
  readonly: {
    ...fresh,
    file: worked,
    problem: { code: "read_only", params: { reason: "Read-only file system (os error 30)" } },
  },
  many: {
    ...fresh,
    file: worked,
    more: Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`GOEXAMPLE${String(index)}`, `value ${String(index)}`]),
    ),
  },
  hostile: {
    ...fresh,
    file: [`GOFLAGS=${hostile}`, `GOPRIVATE=${"长".repeat(6000)}`],
    shell: [{ name: "GOFLAGS", value: hostile, path: `~/${hostile}`, line: 1 }],
    toolchains: [{ ...usual, path: `/opt/${hostile}/bin/go`, version: `go1.26.8-${hostile}` }],
  },
  secret: {
    ...fresh,
    file: ["GOPROXY=https://gopher:hunter2@proxy.corp.example,direct", ...worked.slice(2)],
    shell: [{ name: "GOBIN", value: "/home/gopher/bin", path: "~/.bashrc", line: 7 }],
  },
  silent: { ...fresh, file: worked, shellSilent: true, crashReport: true },
  unreadable: { ...fresh, unreadable: true },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
