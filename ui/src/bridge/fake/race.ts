import { Refusal } from "../failure";
import type {
  PrefetchEvent,
  PrefetchProject,
  Prefetched,
  RaceEvent,
  RaceMirrors,
  RaceReport,
  RaceRow,
} from "../wire";
import type { Clock } from "./clock";
import { environmentOf, mask } from "./environment";
import { mirrorsOf } from "./mirrors";
import { sound, type Behaviour } from "./mirrorScript";
import { projectOf } from "./projects";
import type { World } from "./world";

const MODULES = [
  "github.com/gin-gonic/gin@v1.10.0",
  "github.com/go-playground/validator/v10@v10.22.0",
  "github.com/jackc/pgx/v5@v5.6.0",
  "github.com/redis/go-redis/v9@v9.6.1",
  "github.com/spf13/cobra@v1.8.1",
  "github.com/stretchr/testify@v1.9.0",
  "go.uber.org/zap@v1.27.0",
  "golang.org/x/crypto@v0.26.0",
  "golang.org/x/net@v0.28.0",
  "golang.org/x/text@v0.21.0",
  "google.golang.org/grpc@v1.65.0",
  "google.golang.org/protobuf@v1.34.2",
];
const BYTES = 400_000;
const REQUESTS = 3;
const MEGABYTE = 1_000_000;
/** What may be downloaded unless somebody says otherwise: mirror/race.rs. */
const BUDGET = 500;
// the chain in effect of the example: a far mirror
const CHAIN = sound(180, 2_400_000);

type Entrant = { mirror: string | null; goproxy: string; is: Behaviour };

const inEffect = ({ scenario }: World): string => {
  const found = environmentOf(scenario).variables.find(({ name }) => name === "GOPROXY");
  return mask(found?.shadowed?.value ?? found?.value ?? "");
};

/** Milliseconds for one module. */
const pace = ({ delay, rate }: Behaviour): number => delay * REQUESTS + (BYTES / rate) * 1000;

function waiting({ mirror, goproxy }: Entrant): RaceRow {
  return {
    mirror,
    goproxy,
    state: "waiting",
    elapsed_ms: 0,
    bytes: 0,
    modules: 0,
    of: MODULES.length,
    failures: [],
    failed: 0,
    requests: 0,
    error_rate: 0,
    mean_request_ms: null,
    requests_per_second: null,
    failure: null,
  };
}

/** The row after so many modules came. */
function after(row: RaceRow, { is }: Entrant, came: number, elapsed: number): RaceRow {
  const requests = Math.max(1, came) * REQUESTS;
  return {
    ...row,
    elapsed_ms: elapsed,
    bytes: came * BYTES,
    modules: came,
    requests,
    mean_request_ms: is.delay,
    requests_per_second: elapsed > 0 ? (requests * 1000) / elapsed : null,
  };
}

function entrants(world: World, wish: RaceMirrors): Entrant[] {
  const mirrors = mirrorsOf(world);
  const { behaves } = world.scenario.mirrors;
  const asked = wish.mirrors.map((id): Entrant => {
    const found = mirrors.find((one) => one.id === id);
    if (!found)
      throw new Refusal({ code: "unknown_mirror", params: { mirror: id }, message: "no such mirror" });
    return { mirror: id, goproxy: found.url, is: behaves[id] ?? sound(90, 5_000_000) };
  });
  return [{ mirror: null, goproxy: inEffect(world), is: CHAIN }, ...asked];
}

/** Plays a race, telling each step at its time. */
export async function race(
  world: World,
  wish: RaceMirrors,
  tell: (event: RaceEvent) => void,
  clock: Clock,
  cancelled: Promise<"cancelled">,
): Promise<RaceReport> {
  const { projects } = world.scenario;
  const project = projectOf(projects, wish.project);
  if (projects.raceRefused) throw new Refusal(projects.raceRefused);
  const all = entrants(world, wish);
  const rows = all.map(waiting);
  const budget = (wish.budget ?? BUDGET) * MEGABYTE;
  tell({ event: "started", rows: structuredClone(rows), modules: MODULES.length, budget });
  let [now, stopped] = [0, false];
  for (const [place, entrant] of all.entries()) {
    const { mirror, is } = entrant;
    let row = rows[place] ?? waiting(entrant);
    if (stopped) row = { ...row, state: "stopped" };
    else {
      tell({ event: "running", mirror });
      const began = now;
      for (const [index, module] of MODULES.entries()) {
        const next = now + pace(is);
        stopped = (await Promise.race([cancelled, clock.until(next)])) === "cancelled";
        if (stopped) {
          row = { ...row, state: "stopped" };
          break;
        }
        now = next;
        if (is.fails) {
          row = failed(after(row, entrant, index, now - began), is, module);
          break;
        }
        const done = index + 1;
        row = after(row, entrant, done, now - began);
        tell({ event: "moved", mirror, bytes: row.bytes, requests: row.requests });
        tell({ event: "fetched", mirror, module, bytes: BYTES, done, of: MODULES.length });
        if (row.bytes > budget) {
          row = { ...row, state: "over_budget" };
          break;
        }
        if (done === MODULES.length) row = { ...row, state: "complete" };
      }
      tell({ event: "finished", row: structuredClone(row) });
    }
    rows[place] = row;
  }
  const complete = rows.filter(({ mirror, state }) => mirror !== null && state === "complete");
  return {
    project: project.path,
    modules: MODULES.length,
    rows,
    ranking: complete.toSorted((a, b) => a.elapsed_ms - b.elapsed_ms).flatMap(({ mirror }) => mirror ?? []),
    budget,
    cancelled: stopped,
    interrupted: world.scenario.mirrors.interrupted,
    elapsed_ms: now,
    at: new Date().toISOString(),
  };
}

function failed(row: RaceRow, { fails }: Behaviour, module: string): RaceRow {
  const message =
    fails?.at === "downloading"
      ? `${module}: verifying module: checksum mismatch`
      : `${module}: Get "${row.goproxy}": ${fails?.verdict.code ?? ""}`;
  return { ...row, state: "incomplete", failures: [{ module, message }], failed: 1, error_rate: 1 };
}

/** Plays a download into the user's own cache; a third of the modules is there already. */
export async function prefetch(
  world: World,
  wish: PrefetchProject,
  tell: (event: PrefetchEvent) => void,
  clock: Clock,
  cancelled: Promise<"cancelled">,
): Promise<Prefetched> {
  const { projects } = world.scenario;
  const project = projectOf(projects, wish.project);
  if (projects.raceRefused) throw new Refusal(projects.raceRefused);
  const of = MODULES.length;
  const there = of / 3;
  tell({ event: "started", there, of });
  let [fetched, stopped] = [0, false];
  for (const module of MODULES.slice(there)) {
    const next = Promise.race([cancelled, clock.until((fetched + 1) * pace(CHAIN))]);
    stopped = (await next) === "cancelled";
    if (stopped) break;
    fetched += 1;
    tell({ event: "moved", bytes: fetched * BYTES, requests: fetched * REQUESTS });
    tell({ event: "fetched", module, bytes: BYTES, done: there + fetched, of });
  }
  return {
    project: project.path,
    goproxy: inEffect(world),
    cache: "~/go/pkg/mod",
    state: stopped ? "stopped" : "complete",
    elapsed_ms: fetched * pace(CHAIN),
    bytes: fetched * BYTES,
    fetched,
    modules: there + fetched,
    of,
    failures: [],
    failed: 0,
    failure: null,
  };
}
