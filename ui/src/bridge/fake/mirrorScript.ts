import type { Condition, MirrorReport, Project, Verdict, Workload } from "../wire";

/** How a mirror of the example behaves in a test. */
export type Behaviour = {
  /** Milliseconds of a small request, and how far single ones are from it. */
  delay: number;
  spread: number;
  /** Bytes a second. */
  rate: number;
  sumdb: boolean;
  toolchain: boolean;
  fresh: boolean;
  proxy: string | null;
  conditions: Condition[];
  /** What goes wrong, and when. */
  fails: { at: "connecting" | "sampling" | "checking" | "downloading"; verdict: Verdict } | null;
};

export const sound = (delay: number, rate: number, more: Partial<Behaviour> = {}): Behaviour => ({
  delay,
  spread: delay / 12,
  rate,
  sumdb: true,
  toolchain: true,
  fresh: true,
  proxy: null,
  conditions: [],
  fails: null,
  ...more,
});

export const failing = (
  delay: number,
  at: "connecting" | "sampling" | "checking" | "downloading",
  verdict: Verdict,
): Behaviour => sound(delay, 12_000_000, { fails: { at, verdict } });

const ZIP = 1_400_000;
const SAMPLES = 6;
// the same scatter at every run
const SCATTER = [0.9, -0.6, 0.2, 1.6, -0.4, 0.1];
// the mean zip of a module
const SIZE = 210_000;

/** Something that happens to a row, at its time. */
export type Step = { at: number; bytes: number; change: (row: MirrorReport) => MirrorReport };

/** What a typical service downloads. */
export const service: Workload = { modules: 120, bytes: 25_000_000, parallel: 8, project: null };

/** What a project downloads. */
export function workOf({ path, modules }: Project): Workload {
  return { ...service, modules, bytes: modules * SIZE, project: path };
}

/** A row before anything happened. */
export function emptyRow(id: string, url: string): MirrorReport {
  return {
    id,
    url,
    stage: { stage: "queued" },
    sound: false,
    verdict: { code: "testing", params: {} },
    conditions: [],
    connect: null,
    latency: { median_ms: null, jitter_ms: null, samples: 0, lost: 0, points: [] },
    throughput: null,
    checksum_ok: null,
    sumdb: { supported: null, lookup_ok: null },
    toolchain: null,
    fresh: null,
    bytes_used: 0,
    projected_ms: null,
  };
}

const done = (row: MirrorReport, verdict: Verdict): MirrorReport => ({
  ...row,
  stage: { stage: "done" },
  verdict,
});

function median(points: readonly number[]): number {
  const sorted = [...points].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function sampled(row: MirrorReport, point: number): MirrorReport {
  const points = [...row.latency.points, Math.round(point * 10) / 10];
  const middle = median(points);
  const jitter = median(points.map((one) => Math.abs(one - middle)));
  const latency = { median_ms: middle, jitter_ms: jitter, samples: points.length, lost: 0, points };
  return { ...row, stage: { stage: "sampling" }, latency };
}

/** Connecting, small requests and abilities, from `start` on; the last step ends the row or lets it wait. */
export function latencySteps(is: Behaviour, start: number): Step[] {
  const { delay, fails } = is;
  const verdict = (at: NonNullable<typeof fails>["at"]) => (fails?.at === at ? fails.verdict : null);
  const steps: Step[] = [
    { at: start, bytes: 0, change: (row) => ({ ...row, stage: { stage: "connecting" } }) },
  ];
  const connected = start + 3 * delay;
  const refused = verdict("connecting");
  if (refused) return [...steps, { at: connected, bytes: 0, change: (row) => done(row, refused) }];
  const connect = {
    dns_ms: delay / 8,
    tcp_ms: delay,
    tls_ms: delay * 1.1,
    address: "203.0.113.7:443",
    proxy: is.proxy,
    http: "HTTP/2",
    certificate_days: 71,
  };
  steps.push({ at: connected, bytes: 4000, change: (row) => ({ ...row, connect }) });
  for (const [index, scatter] of SCATTER.slice(0, SAMPLES).entries()) {
    const at = connected + (index + 1) * delay;
    const wrong = verdict("sampling");
    if (wrong) return [...steps, { at, bytes: 900, change: (row) => done(sampled(row, delay), wrong) }];
    steps.push({ at, bytes: 900, change: (row) => sampled(row, delay + scatter * is.spread) });
  }
  const after = connected + SAMPLES * delay;
  steps.push({ at: after, bytes: 0, change: (row) => ({ ...row, stage: { stage: "checking" } }) });
  const forged = verdict("checking");
  const sumdb = { supported: is.sumdb, lookup_ok: is.sumdb ? forged === null : null };
  steps.push({
    at: after + 2 * delay,
    bytes: 9000,
    change: (row) => ({ ...row, sumdb, toolchain: is.toolchain }),
  });
  steps.push({
    at: after + 3 * delay,
    bytes: 0,
    change: (row) => (forged ? done(row, forged) : { ...row, fresh: is.fresh, stage: { stage: "waiting" } }),
  });
  return steps;
}

/** The zip, from `start` on. */
export function downloadSteps(is: Behaviour, start: number, work: Workload): Step[] {
  const parts = 6;
  const took = (ZIP / is.rate) * 1000;
  const steps = Array.from({ length: parts }, (_, index): Step => {
    const bytes = Math.round((ZIP / parts) * index);
    return {
      at: start + is.delay + (took / parts) * index,
      bytes: index === 0 ? 0 : Math.round(ZIP / parts),
      change: (row) => ({ ...row, stage: { stage: "downloading", bytes, total: ZIP } }),
    };
  });
  const fails = is.fails?.at === "downloading" ? is.fails.verdict : null;
  const conditions = [...is.conditions];
  if (!is.sumdb) conditions.push({ code: "other_database", params: { gosumdb: "sum.golang.google.cn" } });
  if (!is.toolchain) conditions.push({ code: "no_toolchain", params: { version: "go1.27.3" } });
  steps.push({
    at: start + is.delay + took,
    bytes: Math.round(ZIP / parts),
    change: (row) => {
      const throughput = { bytes: ZIP, bytes_per_second: is.rate };
      if (fails) return { ...done(row, fails), throughput, checksum_ok: false };
      const code = conditions.length > 0 ? "sound_with_conditions" : "sound";
      return {
        ...done(row, { code, params: {} }),
        sound: true,
        conditions,
        throughput,
        checksum_ok: true,
        projected_ms: ((row.latency.median_ms ?? 0) * work.modules) / 2.4 + (work.bytes / is.rate) * 1000,
      };
    },
  });
  return steps;
}
