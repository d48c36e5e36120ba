import { ago, buildCache, GIB, moduleCache, noCaches, sizeOf, toolCache, usedCaches } from "./cacheWorld";
import { mirrorScenarios } from "./mirrorScenarios";
import { noProjects, shop } from "./projects";
import type { Scenario } from "./scenario";

const used = usedCaches();
const base: Scenario = { ...mirrorScenarios.tested, caches: used };
const [newest] = used.versions;

/** The states in which caches can be. */
export const cacheScenarios = {
  caches: base,
  cachesEmpty: { ...base, caches: noCaches },
  cachesLarge: { ...base, caches: usedCaches(20_000) },
  cachesRunning: {
    ...base,
    caches: {
      ...used,
      running: [
        { pid: 4711, name: "go", folder: "~/src/billing" },
        { pid: 4719, name: "compile", folder: "/tmp/go-build" },
        { pid: 1201, name: "gopls", folder: null },
      ],
    },
  },
  cachesRefused: {
    ...base,
    caches: {
      ...used,
      caches: [
        {
          ...moduleCache("m1", "/mnt/team/go/pkg/mod", used.versions),
          condition: {
            condition: "refused",
            reason: { code: "network_disk", params: { path: "/mnt/team/go/pkg/mod" } },
          },
        },
        {
          ...buildCache("b1"),
          condition: { condition: "refused", reason: { code: "running_as_root", params: {} } },
        },
        {
          ...toolCache("t1"),
          unread: [
            {
              path: "~/.cache/gopls/5f3a",
              code: "cache_system",
              params: { path: "~/.cache/gopls/5f3a", reason: "Permission denied (os error 13)" },
            },
          ],
        },
      ],
      kept: [
        {
          path: "/mnt/team/go/pkg/mod",
          code: "network_disk",
          params: { path: "/mnt/team/go/pkg/mod" },
        },
        { path: "~/.cache/go-build", code: "running_as_root", params: {} },
      ],
    },
  },
  cachesAside: {
    ...base,
    caches: {
      ...used,
      asides: [
        {
          id: "aside-old",
          removed: [
            { kind: "build", part: "results", path: "~/.cache/go-build", bytes: 4 * GIB, files: 250_000 },
            { kind: "build", part: "tests", path: "~/.cache/go-build", bytes: 0.2 * GIB, files: 10_000 },
          ],
          size: sizeOf(4.2 * GIB, 260_000),
          at: ago(1),
          purging: false,
        },
        {
          id: "aside-half",
          removed: [{ kind: "modules", part: "trees", path: "~/go/pkg/mod", bytes: GIB, files: 60_000 }],
          size: sizeOf(GIB, 60_000),
          at: ago(2),
          purging: true,
        },
      ],
    },
  },
  cachesDamaged: {
    ...base,
    caches: {
      ...used,
      damaged: used.versions.slice(1, 5).map(({ id, module, version }, index) => ({
        id,
        module,
        version,
        faults: [
          [{ damage: "tree" as const }],
          [{ damage: "zip_unreadable" as const }],
          [{ damage: "hash" as const }, { damage: "sum" as const, project: "~/src/billing" }],
          [{ damage: "unreadable" as const, reason: "Input/output error (os error 5)" }],
        ][index] ?? [{ damage: "zip" as const }],
      })),
    },
  },
  cachesAlone: {
    ...base,
    caches: {
      ...used,
      projects: [],
      versions: used.versions.map((version) => ({ ...version, used_by: [] })),
    },
    projects: { ...noProjects, picked: shop },
  },
  cachesUnread: {
    ...base,
    caches: {
      ...used,
      refused: { code: "system_unsupported", params: {}, message: "caches are not cleaned on this system" },
    },
  },
  cachesOffline: {
    ...base,
    caches: {
      ...used,
      offline: true,
      chainSeen: null,
      kept: newest
        ? [
            {
              path: `~/go/pkg/mod/cache/download/${newest.module}/@v/${newest.version}.lock`,
              code: "entry_locked",
              params: { path: `${newest.module}@${newest.version}` },
            },
          ]
        : [],
    },
  },
} satisfies Record<string, Scenario>;
