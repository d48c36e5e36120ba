import type { MirrorReport, Recommended, Run } from "../../bridge/wire";

/** What a mirror was like at one time. */
export type Point = {
  /** Milliseconds since 1970. */
  at: number;
  median_ms: number | null;
  projected_ms: number | null;
};

/** The chain that a test recommends, and what that test was. */
export type Advice = { chain: Recommended; at: number; here: boolean; mirrors: readonly MirrorReport[] };

/** A run that says how mirrors stand to each other: one of a few, or one that was stopped too early, does not. */
function isBroad({ report }: Run, testable: number): boolean {
  if (report.cancelled && report.recommended === null) return false;
  return report.mirrors.length >= Math.max(1, Math.ceil(testable / 2));
}

/** The runs from which the table begins: the newest ones up to a broad one, of this network where there are any. */
export function startingRuns(runs: readonly Run[], testable: number): Run[] {
  const here = runs.filter((run) => run.here);
  const from = here.length > 0 ? here : runs;
  const broad = from.findIndex((run) => isBroad(run, testable));
  return from.slice(0, broad < 0 ? from.length : broad + 1);
}

/** What the newest broad run recommends, or where there is none yet, the newest run of a few. */
export function adviceOf(runs: readonly Run[], testable: number): Advice | null {
  const from = startingRuns(runs, testable);
  const run =
    from.find((one) => isBroad(one, testable)) ?? from.find(({ report }) => report.recommended !== null);
  if (!run?.report.recommended) return null;
  const { recommended, at, mirrors } = run.report;
  return { chain: recommended, at: Date.parse(at), here: run.here, mirrors };
}

/** How a mirror did on this network, the oldest first. */
export function trendOf(runs: readonly Run[], id: string): Point[] {
  return runs
    .filter((run) => run.here)
    .flatMap(({ report }): Point[] => {
      const row = report.mirrors.find((one) => one.id === id);
      // the times of different projects are not one line
      const typical = report.workload.project === null;
      const median_ms = row?.latency.median_ms ?? null;
      if (median_ms === null) return [];
      return [
        { at: Date.parse(report.at), median_ms, projected_ms: typical ? (row?.projected_ms ?? null) : null },
      ];
    })
    .reverse();
}
