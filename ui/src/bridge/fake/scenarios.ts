import { cacheScenarios } from "./cacheScenarios";
import { nothingKept } from "./definitions";
import { mirrorScenarios } from "./mirrorScenarios";
import { profileScenarios } from "./profileScenarios";
import { raceScenarios } from "./raceScenarios";
import { broken, fresh, sdk, usual, worked, type Scenario } from "./scenario";

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
    profiles: {
      ...nothingKept,
      own: [{ id: "own-hostile", name: hostile, values: [{ name: hostile, value: hostile }] }],
    },
  },
  secret: {
    ...fresh,
    file: ["GOPROXY=https://gopher:hunter2@proxy.corp.example,direct", ...worked.slice(2)],
    shell: [{ name: "GOBIN", value: "/home/gopher/bin", path: "~/.bashrc", line: 7 }],
  },
  silent: { ...fresh, file: worked, shellSilent: true, crashReport: true },
  unreadable: { ...fresh, unreadable: true },
  ...profileScenarios,
  ...mirrorScenarios,
  ...raceScenarios,
  ...cacheScenarios,
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
