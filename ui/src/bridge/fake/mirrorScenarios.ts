import { ownMirror } from "./mirrorList";
import { failing, sound } from "./mirrorScript";
import type { Past } from "./mirrorRuns";
import { noMirrors, type MirrorWorld } from "./mirrors";
import { gone, noProjects, shop, tools } from "./projects";
import { fresh, sdk, usual, worked, type Scenario } from "./scenario";

const toolchains = [usual, sdk];

/** A usual day: some are quick, one is blocked, one shows a page, one serves something else. */
const behaves: MirrorWorld["behaves"] = {
  "goproxy-cn": sound(38, 11_200_000),
  aliyun: sound(52, 9_400_000, { sumdb: false }),
  "goproxy-io": sound(141, 3_200_000),
  tencent: failing(31, "downloading", {
    code: "wrong_hash",
    params: {
      module: "golang.org/x/text@v0.21.0",
      known: "h1:zyQAAkrwaneQ066sspRyJaG9VNi/YJ1NfzcGB3hZ/qo=",
      got: "h1:ek6d4GSkRRHkFXtG4N0bT8gqGN0QQk3vgKPSRY0Pjww=",
    },
  }),
  huawei: failing(12, "sampling", { code: "web_page", params: {} }),
  "golang-org": failing(660, "connecting", { code: "timed_out", params: { seconds: "2.0" } }),
  "golang-com-cn": sound(190, 2_100_000, { conditions: [{ code: "legacy", params: {} }] }),
  "own-athens": sound(9, 42_000_000, { sumdb: false, toolchain: false }),
  "own-old": failing(900, "sampling", { code: "slower_than", params: { seconds: "1.2" } }),
};

const own = [
  ownMirror(
    "own-athens",
    "Athens, office",
    "https://gopher:hunter2@athens.corp.example",
    "git.corp.example/base@v1.4.0",
  ),
  ownMirror("own-old", "Old NAS", "http://nas.home.example:8080"),
];

const nobody: MirrorWorld["behaves"] = Object.fromEntries(
  ["goproxy-cn", "aliyun", "goproxy-io", "tencent", "huawei", "golang-org", "golang-com-cn"].map(
    (id, index) => [id, failing(20 + index * 4, "sampling", { code: "captive_portal", params: {} })],
  ),
);

const damaged = {
  code: "store_damaged" as const,
  params: { path: "~/.config/gopherdesk/mirrors.json", reason: "expected `,` at line 12 column 3" },
  message: "the mirrors are damaged",
};

const mirrors: MirrorWorld = { ...noMirrors, behaves };

/** A week of tests: the evenings are slower. */
const week: Past[] = [
  { hours: 1, here: true, factor: 1 },
  { hours: 25, here: true, factor: 1.35 },
  { hours: 49, here: true, factor: 0.92 },
  { hours: 71, here: true, factor: 1.7 },
  { hours: 98, here: false, factor: 2.4 },
  { hours: 121, here: true, factor: 1.05 },
  { hours: 145, here: true, factor: 1.1 },
];

/** The states in which mirrors and their test can be. */
export const mirrorScenarios = {
  mirrors: { ...fresh, file: worked, toolchains, mirrors },
  ownMirrors: { ...fresh, file: worked, toolchains, mirrors: { ...mirrors, own } },
  projected: {
    ...fresh,
    file: worked,
    toolchains,
    mirrors,
    projects: { ...noProjects, list: [shop, gone], picked: tools },
  },
  tested: { ...fresh, file: worked, toolchains, mirrors: { ...mirrors, own, past: week } },
  elsewhere: {
    ...fresh,
    file: worked,
    toolchains,
    mirrors: { ...mirrors, past: [{ hours: 72, here: false, factor: 1.6 }] },
  },
  deadMirror: {
    ...fresh,
    file: ["GOPROXY=https://goproxy.baidu.com,direct"],
    toolchains,
    mirrors,
  },
  portal: { ...fresh, file: worked, toolchains, mirrors: { ...noMirrors, behaves: nobody } },
  roaming: { ...fresh, file: worked, toolchains, mirrors: { ...mirrors, interrupted: true } },
  proxied: {
    ...fresh,
    file: worked,
    toolchains,
    mirrors: {
      ...noMirrors,
      behaves: { "goproxy-cn": sound(88, 4_200_000, { proxy: "http://127.0.0.1:7890" }) },
    },
  },
  mirrorsDamaged: { ...fresh, file: worked, toolchains, mirrors: { ...mirrors, own, trouble: damaged } },
} satisfies Record<string, Scenario>;
