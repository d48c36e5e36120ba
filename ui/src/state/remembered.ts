import type { Settings } from "../bridge/wire";

const KEY = "look";

type Look = Pick<Settings, "language" | "theme">;

/** The look of the last time, so that the first paint is not in another language; the settings rule as soon as they come. */
export function recall(): Partial<Look> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Look>;
  } catch {
    return {};
  }
}

export function remember({ language, theme }: Look): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ language, theme }));
  } catch {
    // a store that is full or forbidden costs a flash at the next start, no more
  }
}
