import { domesticDatabase, domesticProxy } from "./company";
import { nothingKept, type Kept } from "./definitions";
import { broken, fresh, sdk, usual, worked, type Scenario } from "./scenario";

const toolchains = [usual, sdk, broken];
const domestic = [
  "# my own notes stay where they are",
  `GOPROXY=${domesticProxy}`,
  `GOSUMDB=${domesticDatabase}`,
];

const own: Kept["own"] = [
  {
    id: "own-home",
    name: "家里 NAS",
    values: [
      { name: "GOPROXY", value: "https://athens.home.example,https://goproxy.cn,direct" },
      { name: "GOSUMDB", value: domesticDatabase },
      { name: "GOFLAGS", value: "-mod=readonly" },
    ],
  },
  {
    id: "own-customer",
    name: "Customer A",
    values: [
      { name: "GOPROXY", value: "https://gopher:hunter2@proxy.customer.example" },
      { name: "GOPRIVATE", value: "git.customer.example" },
      { name: "GOTOOLCHAIN", value: null },
    ],
  },
];

const everything: Kept["own"][number] = {
  id: "own-everything",
  name: "Everything at once",
  values: Array.from({ length: 30 }, (_, index) => ({
    name: `GOEXAMPLE${String(index)}`,
    value: `value ${String(index)}`,
  })),
};

const company: Kept["company"] = {
  hosts: ["git.corp.example", "github.com/corp"],
  proxy: "https://goproxy.corp.example",
  login: true,
  public: "domestic",
};

const damaged = {
  code: "store_damaged" as const,
  params: { path: "~/.config/gopherdesk/profiles.json", reason: "expected `,` at line 41 column 9" },
  message: "the profiles are damaged",
};

const newer = {
  code: "store_newer" as const,
  params: { path: "~/.config/gopherdesk/profiles.json" },
  message: "the profiles are of a newer version",
};

const unreachable = {
  code: "fetch_failed" as const,
  params: {
    module: "rsc.io/quote@v1.5.2",
    message:
      'go: rsc.io/quote@v1.5.2: Get "https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info": dial tcp: lookup goproxy.cn: no such host',
  },
  message: "go could not download rsc.io/quote@v1.5.2",
};

const dangerous = JSON.stringify({
  gopherdesk_profile: 1,
  name: "Fast builds",
  set: { GOPROXY: "https://goproxy.team.example", GOSUMDB: "off", GOFLAGS: "-toolexec=/opt/trace" },
  unset: ["GOPRIVATE"],
  stripped: ["GOPROXY"],
});

/** The states in which the profiles can be. */
export const profileScenarios = {
  profiles: {
    ...fresh,
    file: worked,
    toolchains,
    profiles: { ...nothingKept, own, company, picked: dangerous, used: ["overseas", "domestic"] },
  },
  outranked: {
    ...fresh,
    file: domestic,
    shell: [{ name: "GOPROXY", value: "https://proxy.golang.org,direct", path: "~/.zshrc", line: 12 }],
    toolchains,
    profiles: { ...nothingKept, own },
  },
  unreached: { ...fresh, file: domestic, profiles: { ...nothingKept, fetch: unreachable } },
  cacheless: { ...fresh, file: worked, profiles: { ...nothingKept, moduleCache: false } },
  damaged: { ...fresh, file: domestic, profiles: { ...nothingKept, own, trouble: damaged } },
  newer: { ...fresh, file: domestic, profiles: { ...nothingKept, own, trouble: newer } },
  crowd: {
    ...fresh,
    file: worked,
    profiles: {
      ...nothingKept,
      own: [
        everything,
        ...Array.from({ length: 4995 }, (_, index) => ({
          id: `own-${String(index)}`,
          name: `Customer ${String(index).padStart(4, "0")}`,
          values: [{ name: "GOPROXY", value: `https://proxy${String(index)}.customer.example` }],
        })),
      ],
    },
  },
} satisfies Record<string, Scenario>;
