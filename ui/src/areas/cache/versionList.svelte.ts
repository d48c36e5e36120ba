import type { CachedVersion } from "../../bridge/wire";
import { matching, rowsOf, sorted, versionsOf, type Row, type Sort, type SortKey, type Wanted } from "./rows";
import { none, ticked, ticksOf, type Ticks } from "./ticks";
import type { Scanning } from "./scanning.svelte";

/** The table of versions as the user arranged it; it stays while other pages are looked at. */
export class VersionList {
  query = $state("");
  wanted = $state<Wanted>("all");
  sort = $state.raw<Sort>({ by: "bytes", descending: true });
  opened = $state.raw<Ticks>(none);
  /** Ids of the versions that are ticked. */
  selection = $state.raw<Ticks>(none);
  /** Counts the arrangements: each is shown from its beginning. */
  turn = $state(0);
  /** Where the keyboard is. */
  at = $state(0);
  // where a range begins
  #anchor = 0;
  readonly #scan: Scanning;
  readonly groups = $derived.by(() => {
    const projects = this.#scan.inventory?.projects ?? [];
    return sorted(matching(this.#scan.modules, this.query, this.wanted, projects), this.sort);
  });
  readonly rows = $derived(rowsOf(this.groups, this.opened));
  /** Those of the ticked versions that are still there. */
  readonly selected = $derived.by((): CachedVersion[] => {
    if (this.selection.size === 0) return [];
    return this.#scan.inventory?.versions.filter(({ id }) => this.selection.has(id)) ?? [];
  });

  constructor(scan: Scanning) {
    this.#scan = scan;
  }

  search(query: string): void {
    this.query = query;
    this.#begin();
  }

  show(wanted: Wanted): void {
    this.wanted = wanted;
    this.#begin();
  }

  /** Sorts by a column; a second time the other way round. Numbers and times begin with the largest. */
  order(by: SortKey): void {
    const descending = this.sort.by === by ? !this.sort.descending : by !== "module";
    this.sort = { by, descending };
    this.#begin();
  }

  open(row: Row, open: boolean): void {
    this.opened = ticked(this.opened, [row.group.module], open);
  }

  isSelected(row: Row): "all" | "some" | "none" {
    const versions = versionsOf(row);
    const count = versions.filter(({ id }) => this.selection.has(id)).length;
    return count === 0 ? "none" : count === versions.length ? "all" : "some";
  }

  /** Ticks a row, or with `range` every row from the one before. */
  select(at: number, on: boolean, range = false): void {
    const [first, last] = range ? [Math.min(this.#anchor, at), Math.max(this.#anchor, at)] : [at, at];
    const names = this.rows.slice(first, last + 1).flatMap((row) => {
      // an open module stands for its versions, which have rows of their own
      if (first !== last && row.is === "module" && row.open) return [];
      return versionsOf(row).map(({ id }) => id);
    });
    this.selection = ticked(this.selection, names, on);
    this.at = at;
    if (!range) this.#anchor = at;
  }

  selectAll(): void {
    this.selection = ticksOf(this.groups.flatMap(({ versions }) => versions.map(({ id }) => id)));
  }

  clear(): void {
    this.selection = none;
  }

  #begin(): void {
    this.at = this.#anchor = 0;
    this.turn += 1;
  }
}
