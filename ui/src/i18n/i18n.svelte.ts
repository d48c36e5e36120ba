import { en, type Messages } from "./en";
import { Format, type Lang } from "./format";
import { shared } from "./shared";
import { Told } from "./told";
import { zh } from "./zh";

export type LanguageChoice = "system" | Lang;

const messages: Record<Lang, Messages> = { en, zh };
const TAGS: Record<Lang, string> = { en: "en", zh: "zh-CN" };

/** The language of the window; everything it gives changes at once when the language does. */
class I18n {
  choice = $state<LanguageChoice>("system");
  #system = $state(navigator.language);
  readonly lang: Lang = $derived(
    this.choice !== "system" ? this.choice : this.#system.toLowerCase().startsWith("zh") ? "zh" : "en",
  );
  /** What only the window says. */
  readonly t: Messages = $derived(messages[this.lang]);
  /** What the core tells by code. */
  readonly told: Told = $derived(new Told(shared[this.lang], this.t));
  readonly groups = $derived(shared[this.lang].groups);
  readonly format: Format = $derived(new Format(this.lang));
  /** The value of `lang` on the document, from which fonts and screen readers choose. */
  readonly tag: string = $derived(TAGS[this.lang]);

  constructor() {
    window.addEventListener("languagechange", () => (this.#system = navigator.language));
  }
}

export const i18n = new I18n();
