import type { Mirror, MirrorReport, Verdict } from "../../bridge/wire";
import { i18n } from "../../i18n/i18n.svelte";
import type { Tone } from "../../parts/tone";
import { minute } from "../../state/minute.svelte";
import { visible } from "../../text/visible";

const JUST = 60_000;

/** What a mirror is called, hidden characters written out. */
export function nameOf(mirror: Pick<Mirror, "name" | "url">): string {
  return visible(mirror.name[i18n.lang].trim() || mirror.url);
}

/** How long ago something was measured, as it stands in a sentence. */
export function since(at: number): string {
  const { now } = minute;
  return now - at < JUST ? i18n.t.mirrors.justNow : i18n.format.ago(at, now);
}

/** The id of a row, so that a jump finds it. */
export function rowId(id: string): string {
  return `mirror-${id}`;
}

/** A test asks these unless it is told which. */
export function isTestable({ status }: Mirror): boolean {
  return status === "current" || status === "legacy";
}

export function isDone({ stage }: MirrorReport): boolean {
  return stage.stage === "done";
}

/** How a verdict is to be taken. */
export function toneOf({ code }: Verdict): Tone {
  switch (code) {
    case "sound":
      return "good";
    case "sound_with_conditions":
    case "slower_than":
    case "slow_download":
    case "rate_limited":
    case "not_verified":
      return "warn";
    case "testing":
    case "stopped":
    case "not_downloaded":
    case "budget_used_up":
      return "plain";
    default:
      return "bad";
  }
}

/** It was asked, and something is wrong with it. */
export function hasFailed(row: MirrorReport): boolean {
  return isDone(row) && !row.sound && toneOf(row.verdict) !== "plain";
}

/** Its content is not what it has to be, or it lies: not only out of reach. */
export function isUnsafe({ code }: Verdict): boolean {
  return code === "wrong_hash" || code === "wrong_record" || code === "not_a_zip";
}

/** Ids of sound mirrors, the shortest projected time first. */
export function ranked(rows: ReadonlyMap<string, MirrorReport>, ids: readonly string[]): string[] {
  const time = (id: string) => {
    const row = rows.get(id);
    return row?.sound ? row.projected_ms : null;
  };
  return ids
    .flatMap((id) => {
      const projected = time(id);
      return projected === null ? [] : [{ id, projected }];
    })
    .toSorted((a, b) => a.projected - b.projected)
    .map(({ id }) => id);
}

/** The order to show: the ranked ones, then what is not decided, then what failed; each in the order of the list. */
export function settled(
  ids: readonly string[],
  ranking: readonly string[],
  rows: ReadonlyMap<string, MirrorReport>,
): string[] {
  const rest = ids.filter((id) => !ranking.includes(id));
  const failed = rest.filter((id) => {
    const row = rows.get(id);
    return row !== undefined && hasFailed(row);
  });
  return [...ranking, ...rest.filter((id) => !failed.includes(id)), ...failed];
}

/** One entry of a chain, and what stands before it. */
export type Link = { entry: string; separator: "," | "|" | null };

/** The entries of GOPROXY's value in their order. */
export function linksOf(goproxy: string): Link[] {
  const links: Link[] = [];
  let separator: Link["separator"] = null;
  for (const part of goproxy.split(/([,|])/)) {
    if (part === "," || part === "|") separator = part;
    else if (part !== "") links.push({ entry: part, separator: links.length === 0 ? null : separator });
  }
  return links;
}
