import type { Mirror, MirrorReport, Reason, Recommended, Run, TestReport } from "../wire";
import {
  downloadSteps,
  emptyRow,
  latencySteps,
  sound,
  service,
  type Behaviour,
  type Step,
} from "./mirrorScript";

/** A test that was made before the window opened. */
export type Past = {
  /** How long ago. */
  hours: number;
  /** On the network of now. */
  here: boolean;
  /** How much slower everything was. */
  factor: number;
};

const HOUR = 3_600_000;

/** Ids of sound mirrors, the best first. */
export function rankingOf(rows: readonly MirrorReport[]): string[] {
  const last = Number.POSITIVE_INFINITY;
  return rows
    .filter((row) => row.sound)
    .toSorted((a, b) => (a.projected_ms ?? last) - (b.projected_ms ?? last))
    .map(({ id }) => id);
}

/** The chain that follows from these rows. */
export function recommendedOf(rows: readonly MirrorReport[], ranking: readonly string[]): Recommended | null {
  const ranked = ranking.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const own = ranked.find(({ id }) => id.startsWith("own-"));
  const first = own ?? ranked[0];
  if (!first) return null;
  const second = ranked.find((row) => row !== first);
  const fastest = (row: MirrorReport): Reason => ({
    code: "fastest",
    params: { mirror: row.id, projected_ms: Math.round(row.projected_ms ?? 0) },
  });
  const mirrors = [first, ...(second ? [second] : [])];
  const gosumdb = first.sumdb.lookup_ok ? "sum.golang.org" : "sum.golang.google.cn";
  const why: Reason[] = [
    own ? { code: "own_first", params: { mirror: own.id } } : fastest(first),
    ...(second
      ? [own ? fastest(second) : { code: "other_operator" as const, params: { mirror: second.id } }]
      : []),
    { code: "origin_last", params: {} },
    first.sumdb.lookup_ok
      ? { code: "database_through_mirror", params: { mirror: first.id } }
      : { code: "database_answers", params: { database: gosumdb } },
  ];
  const goproxy = [...mirrors.map(({ url }) => url), "direct"].join(",");
  return { goproxy, gosumdb, mirrors: mirrors.map(({ id }) => id), why };
}

function outcome({ id, url }: Mirror, is: Behaviour): MirrorReport {
  const steps = latencySteps(is, 0);
  const take = (row: MirrorReport, { change, bytes }: Step) => ({
    ...change(row),
    bytes_used: row.bytes_used + bytes,
  });
  const waiting = steps.reduce(take, emptyRow(id, url));
  if (waiting.stage.stage !== "waiting") return waiting;
  return downloadSteps(is, 0, service).reduce(take, waiting);
}

/** The tests of the past, as they were kept. */
export function pastRuns(
  { mirrors, behaves }: { mirrors: readonly Mirror[]; behaves: Readonly<Record<string, Behaviour>> },
  past: readonly Past[],
): Run[] {
  const tested = mirrors.filter(({ status }) => status === "current" || status === "legacy");
  return past.map(({ hours, here, factor }): Run => {
    const rows = tested.map((mirror) => {
      const is = behaves[mirror.id] ?? sound(90, 5_000_000);
      return outcome(mirror, { ...is, delay: is.delay * factor, spread: is.spread * factor });
    });
    const ranking = rankingOf(rows);
    const report: TestReport = {
      mirrors: rows,
      ranking,
      recommended: recommendedOf(rows, ranking),
      cancelled: false,
      interrupted: false,
      workload: service,
      bytes_used: 5_100_000,
      elapsed_ms: 3100 * factor,
      at: new Date(Date.now() - hours * HOUR).toISOString(),
    };
    return { here, report };
  });
}
