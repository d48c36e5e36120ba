export const PAGES = [
  "overview",
  "environment",
  "mirrors",
  "profiles",
  "private",
  "cache",
  "history",
  "settings",
] as const;
export type PageId = (typeof PAGES)[number];

/** Which page is shown, and what on it was asked for. */
export class Navigation {
  page = $state<PageId>("overview");
  /** The variable to open on the Environment page; the page takes it with `taken`. */
  variable = $state<string | null>(null);

  go(page: PageId, variable: string | null = null): void {
    this.page = page;
    this.variable = variable;
  }

  /** Gives the variable that was asked for, once. */
  taken(): string | null {
    const variable = this.variable;
    this.variable = null;
    return variable;
  }
}
