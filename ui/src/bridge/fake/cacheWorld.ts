import type {
  Aside,
  Cache,
  CachedVersion,
  DamagedVersion,
  Disk,
  Failure,
  Kept,
  PartSize,
  RunningGo,
  Size,
  UsingProject,
} from "../wire";

/** What the example has in its caches. */
export type CacheWorld = {
  caches: Cache[];
  versions: CachedVersion[];
  projects: UsingProject[];
  disks: Disk[];
  running: RunningGo[];
  asides: Aside[];
  damaged: DamagedVersion[];
  /** What stays when it is asked for. */
  kept: Kept[];
  /** When the mirrors in effect were last found sound. */
  chainSeen: string | null;
  /** GOPROXY is `off`. */
  offline: boolean;
  /** Why nothing can be looked at. */
  refused: Failure | null;
};

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;
const DAY = 86_400_000;

export const nothing: Size = { bytes: 0, apparent: 0, files: 0, estimated: false };

/** So many bytes, as a cache of Go holds them. */
export function sizeOf(bytes: number, files = Math.max(1, Math.round(bytes / (18 * KIB)))): Size {
  return { bytes: Math.round(bytes), apparent: Math.round(bytes * 0.93), files, estimated: false };
}

export function together(sizes: readonly Size[]): Size {
  return sizes.reduce(
    (sum, size) => ({
      bytes: sum.bytes + size.bytes,
      apparent: sum.apparent + size.apparent,
      files: sum.files + size.files,
      estimated: sum.estimated || size.estimated,
    }),
    nothing,
  );
}

export const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** Modules as people have them: how many versions, how large the newest is, and which projects use how many of them. */
const MODULES: readonly [
  path: string,
  versions: number,
  mebibytes: number,
  newest: string,
  usedBy: number[],
][] = [
  ["github.com/aws/aws-sdk-go", 7, 232, "1.55.5", [0, 1]],
  ["k8s.io/client-go", 5, 64, "0.31.1", [2]],
  ["golang.org/x/tools", 11, 27, "0.24.0", []],
  ["k8s.io/api", 5, 41, "0.31.1", [2]],
  ["google.golang.org/genproto", 9, 38, "0.0.0-20240814211410-ddb44dafa142", [0]],
  ["github.com/jackc/pgx/v5", 4, 6, "5.6.0", [0, 1]],
  ["google.golang.org/grpc", 8, 11, "1.65.0", [0, 2]],
  ["google.golang.org/protobuf", 8, 10, "1.34.2", [0, 1, 2]],
  ["github.com/gin-gonic/gin", 3, 2, "1.10.0", [1]],
  ["golang.org/x/text", 9, 25, "0.17.0", [0, 1, 2]],
  ["golang.org/x/net", 12, 5, "0.28.0", [0, 1, 2]],
  ["golang.org/x/sys", 14, 6, "0.24.0", [0, 1, 2]],
  ["github.com/hashicorp/vault/api", 2, 3, "1.14.0", []],
  ["modernc.org/sqlite", 3, 118, "1.32.0", []],
  ["git.corp.example/team/lib", 6, 4, "1.8.0", [0, 1]],
  ["github.com/spf13/cobra", 4, 1, "1.8.1", [2]],
  ["github.com/stretchr/testify", 5, 1, "1.9.0", [0, 1, 2]],
  ["go.uber.org/zap", 4, 2, "1.27.0", [0]],
];

export const billing: UsingProject = {
  id: "d1",
  name: "billing",
  path: "~/src/billing",
  source: { source: "build_list" },
};
export const gateway: UsingProject = { ...billing, id: "d2", name: "gateway", path: "~/src/gateway" };
export const operator: UsingProject = {
  id: "d3",
  name: "operator",
  path: "~/src/operator",
  source: { source: "sums" },
};

/** The `back`-th version before the newest one. */
function before(newest: string, back: number): string {
  if (newest.includes("-")) return `v${newest.replace(/\d{8}/, (day) => String(Number(day) - back * 137))}`;
  const [major = "1", minor = "0", patch = "0"] = newest.split(".");
  return `v${major}.${String(Math.max(0, Number(minor) - back))}.${back === 0 ? patch : String(back % 4)}`;
}

/** The module that Go's own versions are kept as. */
export const TOOLCHAIN = "golang.org/toolchain";

/** Deterministic, and different for each row. */
const spread = (index: number) => ((index * 7919) % 97) / 97;

export function versionsOf(cache: string, more = 0): CachedVersion[] {
  const listed = MODULES.flatMap(([module, count, mebibytes, newest, usedBy], place) =>
    Array.from({ length: count }, (_, back) =>
      version(cache, module, before(newest, back), mebibytes * MIB * (1 - back * 0.04), {
        age: 20 + place * 9 + back * 60,
        usedBy: back === 0 ? usedBy : back === 1 ? usedBy.slice(0, 1) : [],
        back,
      }),
    ),
  );
  const many = Array.from({ length: more }, (_, index) => {
    const module = `example.com/group${String(Math.floor(index / 4) % 61)}/module${String(Math.floor(index / 4))}`;
    const bytes = (20 + spread(index) * 900) * KIB;
    return version(cache, module, `v1.${String(9 - (index % 4))}.0`, bytes, {
      age: 10 + (index % 700),
      usedBy: index % 3 === 0 ? [index % 2] : [],
      back: index % 4,
    });
  });
  const toolchains = ["1.25.5", "1.24.11", "1.22.10"].map((go, back) =>
    version(cache, TOOLCHAIN, `v0.0.1-go${go}.linux-amd64`, 210 * MIB, {
      age: 40 + back * 90,
      usedBy: [],
      back: 0,
    }),
  );
  return [...listed, ...many, ...toolchains];
}

function version(
  cache: string,
  module: string,
  name: string,
  bytes: number,
  { age, usedBy, back }: { age: number; usedBy: number[]; back: number },
): CachedVersion {
  const packed = back > 0 && (age + back) % 5 === 0;
  const tree = packed ? null : sizeOf(bytes);
  const download = sizeOf(bytes * 0.31, 5);
  return {
    id: `${cache}:${module}@${name}`,
    cache,
    module,
    version: name,
    state: packed ? "packed" : "whole",
    tree,
    download,
    size: together([tree ?? nothing, download]),
    published: ago(age + 30),
    fetched: ago(age),
    used: back > 3 ? null : ago(Math.max(1, Math.round((age - 18) * (usedBy.length > 0 ? 0.1 : 1)))),
    used_by: usedBy,
  };
}

function part(name: PartSize["part"], size: Size, count: number): PartSize {
  return { part: name, size, count };
}

/** The module cache that holds these versions. */
export function moduleCache(id: string, path: string, versions: readonly CachedVersion[]): Cache {
  const modules = versions.filter(({ module }) => module !== TOOLCHAIN);
  const trees = modules.flatMap(({ tree }) => tree ?? []);
  const downloads = modules.flatMap(({ download }) => download ?? []);
  const toolchains = versions.filter(({ module }) => module === TOOLCHAIN);
  const parts = [
    part("trees", together(trees), trees.length),
    part("downloads", together(downloads), downloads.length),
    part("clones", sizeOf(0.3 * GIB, 3100), 9),
    part("database", sizeOf(6 * MIB, 2400), 1),
    part("toolchains", together(toolchains.map(({ size }) => size)), toolchains.length),
    part("leftovers", sizeOf(34 * MIB, 12), 4),
  ];
  return {
    id,
    kind: "modules",
    path,
    owners: [{ owner: "effective" }],
    condition: { condition: "sound" },
    parts,
    ages: [],
    size: together(parts.map(({ size }) => size)),
    disk: 0,
    strangers: [],
    unread: [],
  };
}

export function buildCache(id: string): Cache {
  const parts = [
    part("results", sizeOf(3.6 * GIB, 214_000), 214_000),
    part("tests", sizeOf(70 * MIB, 9000), 9000),
    part("fuzz", sizeOf(24 * MIB, 1900), 1900),
  ];
  return {
    id,
    kind: "build",
    path: "~/.cache/go-build",
    owners: [{ owner: "effective" }, { owner: "toolchain", version: "go1.24.11" }],
    condition: { condition: "sound" },
    parts,
    ages: [
      { days: 1, size: sizeOf(2.9 * GIB, 171_000) },
      { days: 7, size: sizeOf(2.2 * GIB, 129_000) },
      { days: 14, size: sizeOf(0.4 * GIB, 23_000) },
      { days: 30, size: nothing },
    ],
    size: together(parts.map(({ size }) => size)),
    disk: 0,
    strangers: ["notes.txt"],
    unread: [],
  };
}

export function toolCache(id: string): Cache {
  const size = sizeOf(96 * MIB, 4100);
  return {
    id,
    kind: "gopls",
    path: "~/.cache/gopls",
    owners: [{ owner: "standard" }],
    condition: { condition: "sound" },
    parts: [part("tool", size, 4100)],
    ages: [],
    size,
    disk: 0,
    strangers: [],
    unread: [],
  };
}

/** Nothing was ever downloaded or built. */
export const noCaches: CacheWorld = {
  caches: [
    {
      ...moduleCache("m1", "~/go/pkg/mod", []),
      condition: { condition: "absent" },
      parts: [],
      size: nothing,
    },
  ],
  versions: [],
  projects: [],
  disks: [{ free: Math.round(21.6 * GIB), total: 256 * GIB }],
  running: [],
  asides: [],
  damaged: [],
  kept: [],
  chainSeen: null,
  offline: false,
  refused: null,
};

/** Caches of a machine that is worked with; `more` versions of small modules beside the well-known ones. */
export function usedCaches(more = 1100): CacheWorld {
  const versions = versionsOf("m1", more);
  return {
    ...noCaches,
    caches: [moduleCache("m1", "~/go/pkg/mod", versions), buildCache("b1"), toolCache("t1")],
    versions,
    projects: [billing, gateway, operator],
    chainSeen: new Date(Date.now() - 120_000).toISOString(),
  };
}
