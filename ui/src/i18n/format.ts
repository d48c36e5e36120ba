export type Lang = "en" | "zh";

const LOCALES = { en: "en", zh: "zh-CN" } as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When the day of `time` began, here. */
export function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Numbers, amounts and times as a language writes them. */
export class Format {
  readonly #lang: Lang;
  readonly #locale: string;
  readonly #relative: Intl.RelativeTimeFormat;

  constructor(lang: Lang) {
    this.#lang = lang;
    this.#locale = LOCALES[lang];
    this.#relative = new Intl.RelativeTimeFormat(this.#locale, { numeric: "auto" });
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#locale).format(value);
  }

  /** `bytes` with a binary unit, as `du -h` and Go's own documentation count. */
  bytes(bytes: number): string {
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let value = bytes;
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit += 1;
    }
    const digits = unit === 0 || value >= 100 ? 0 : 1;
    const text = new Intl.NumberFormat(this.#locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
    return `${text} ${units[unit] ?? ""}`;
  }

  /** `bytes` a second, as "11.2 MiB/s". */
  rate(bytes: number): string {
    return `${this.bytes(bytes)}/s`;
  }

  /** A part of a whole, from 0 to 1. */
  percent(part: number): string {
    return new Intl.NumberFormat(this.#locale, { style: "percent" }).format(part);
  }

  /** `millis` as "38 ms" or "1.4 s". */
  duration(millis: number): string {
    const seconds = millis >= 1000;
    const [milli, second] = this.#lang === "zh" ? ["毫秒", "秒"] : ["ms", "s"];
    return seconds
      ? `${this.number(Math.round(millis / 100) / 10)} ${second}`
      : `${this.number(Math.round(millis))} ${milli}`;
  }

  /** The day and minute of `at` (milliseconds since 1970); the year only when it is another one. */
  date(at: number, now = Date.now()): string {
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return new Intl.DateTimeFormat(this.#locale, {
      ...(sameYear ? {} : { year: "numeric" }),
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
  }

  /** Today, yesterday, or the day `at` fell on. */
  day(at: number, now = Date.now()): string {
    const days = Math.round((midnight(at) - midnight(now)) / DAY);
    if (days > -2) return this.#relative.format(days, "day").replace(/^./, (first) => first.toUpperCase());
    return new Intl.DateTimeFormat(this.#locale, { dateStyle: "full" }).format(at);
  }

  /** Hour and minute of `at`. */
  time(at: number): string {
    return new Intl.DateTimeFormat(this.#locale, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);
  }

  /** How long ago `at` was, in the largest unit that fits. */
  ago(at: number, now = Date.now()): string {
    const past = at - now;
    const size = Math.abs(past);
    if (size < MINUTE) return this.#relative.format(0, "second");
    if (size < HOUR) return this.#relative.format(Math.round(past / MINUTE), "minute");
    if (size < DAY) return this.#relative.format(Math.round(past / HOUR), "hour");
    if (size < 30 * DAY) return this.#relative.format(Math.round(past / DAY), "day");
    return this.date(at, now);
  }

  /** How long ago `at` was, as far as a guess goes: days, months or years. */
  age(at: number, now = Date.now()): string {
    const days = Math.round((at - now) / DAY);
    if (days > -60) return this.#relative.format(days, "day");
    if (days > -730) return this.#relative.format(Math.round(days / 30.4), "month");
    return this.#relative.format(Math.round(days / 365), "year");
  }

  /** The day `at` fell on, with its year, in few letters. */
  shortDay(at: number): string {
    const [month, day] =
      this.#lang === "zh" ? (["2-digit", "2-digit"] as const) : (["short", "numeric"] as const);
    return new Intl.DateTimeFormat(this.#locale, { year: "numeric", month, day }).format(at);
  }

  /** "a, b and c" */
  list(items: readonly string[]): string {
    if (this.#lang === "zh") return items.join("、");
    return new Intl.ListFormat(this.#locale, { type: "conjunction" }).format(items);
  }
}
