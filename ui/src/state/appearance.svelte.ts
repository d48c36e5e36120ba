import type { Theme } from "../bridge/wire";

/** Puts the chosen theme on the document; without a choice the system's preferences rule. */
export class Appearance {
  theme = $state<Theme>("system");
  #more = window.matchMedia("(prefers-contrast: more)");
  #systemContrast = $state(this.#more.matches);

  constructor() {
    this.#more.addEventListener("change", (event) => (this.#systemContrast = event.matches));
  }

  /** To be called in an effect: follows every change. */
  show(root: HTMLElement): void {
    const fixed = this.theme === "light" || this.theme === "dark";
    if (fixed) root.dataset.theme = this.theme;
    else delete root.dataset.theme;
    if (this.theme === "contrast" || this.#systemContrast) root.dataset.contrast = "more";
    else delete root.dataset.contrast;
  }
}
