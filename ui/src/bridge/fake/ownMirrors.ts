import type { CallName, Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Commands, Failure, ImportedMirror, Mirrors, SaveMirror } from "../wire";
import { mask } from "./environment";
import type { KnownMirror } from "./mirrorList";
import { mirrorsOf } from "./mirrors";
import type { World } from "./world";

type Names = Extract<
  CallName,
  "mirror_save" | "mirror_remove" | "mirror_move" | "mirror_reveal" | "mirror_import" | "mirror_import_keep"
>;
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

const refusal = (failure: Failure) => new Refusal(failure);

/** What the core does with mirrors of the user's own, on those of an example. */
export function ownMirrorHandlers(world: World): Handlers {
  const kept = () => world.scenario.mirrors;
  const raw = new Map<string, string>();
  const imports = new Map<string, SaveMirror[]>();

  const all = (): Mirrors => ({ list: mirrorsOf(world), trouble: kept().trouble });
  const host = (url: string) => url.replace(/^\w+:\/\/(?:[^@/]*@)?/, "").replace(/\/.*$/, "");

  function own(id: string): KnownMirror {
    const found = kept().own.find((one) => one.id === id);
    if (found) return found;
    const is = mirrorsOf(world).some((one) => one.id === id);
    throw is
      ? refusal({ code: "builtin_mirror", params: { id }, message: "a shipped mirror" })
      : refusal({ code: "unknown_mirror", params: { mirror: id }, message: "no such mirror" });
  }

  /** What would be kept. */
  function wanted({ id, name, url, probe }: SaveMirror): KnownMirror & { raw: string } {
    const before = id === null ? null : own(id);
    const address = (url ?? raw.get(id ?? "") ?? before?.url ?? "").trim();
    if (address === "" || /[,|\s]/.test(address) || /^(direct|off)$/i.test(address))
      throw refusal({
        code: "mirror_address_invalid",
        params: { text: mask(address) },
        message: "no address",
      });
    const others = mirrorsOf(world).filter((one) => one.id !== id);
    const complete = address.includes(":/") ? address : `https://${address}`;
    const same = others.find((one) => one.url.replace(/\/$/, "") === complete.replace(/\/$/, ""));
    if (same)
      throw refusal({
        code: "mirror_listed",
        params: { url: mask(complete), mirror: same.id },
        message: "listed",
      });
    const called = name.trim() || host(complete);
    if (called.length > 60)
      throw refusal({ code: "mirror_name_invalid", params: { name: called }, message: "no name" });
    if (others.some((one) => [one.name.en, one.name.zh, one.id].includes(called)))
      throw refusal({ code: "mirror_name_taken", params: { name: called }, message: "taken" });
    const tested = probe?.trim() ?? "";
    return {
      id: id ?? world.id("m"),
      url: mask(complete),
      name: { en: called, zh: called },
      operator: { en: "", zh: "" },
      region: null,
      kind: "own",
      status: "current",
      notes: [],
      databases: [],
      probe: tested === "" ? null : tested,
      raw: complete,
    };
  }

  function keep(wish: SaveMirror): void {
    const { raw: address, ...mirror } = wanted(wish);
    raw.set(mirror.id, address);
    const known = kept().own.some((one) => one.id === mirror.id);
    kept().own = known
      ? kept().own.map((one) => (one.id === mirror.id ? mirror : one))
      : [...kept().own, mirror];
  }

  return {
    mirror_save: (wish) => {
      keep(wish);
      return all();
    },
    mirror_remove: (id) => {
      own(id);
      kept().own = kept().own.filter((one) => one.id !== id);
      return all();
    },
    mirror_move: ({ id, to }) => {
      const ids = mirrorsOf(world).map((one) => one.id);
      const rest = ids.filter((one) => one !== id);
      if (rest.length === ids.length) own(id);
      rest.splice(to, 0, id);
      kept().order = rest;
      return all();
    },
    mirror_reveal: (id) => raw.get(id) ?? own(id).url,
    mirror_import: (text) => {
      const urls = text.split(/[\s,|]+/).filter((word) => !/^(|direct|off)$/i.test(word));
      if (urls.length === 0) throw refusal({ code: "no_mirror_in_text", params: {}, message: "none" });
      const good: SaveMirror[] = [];
      const mirrors = urls.map((url): ImportedMirror => {
        const wish = { id: null, name: "", url, probe: null };
        try {
          const mirror = wanted(wish);
          good.push(wish);
          return { name: mirror.name.en, url: mirror.url, probe: null, trouble: null };
        } catch (thrown) {
          if (!(thrown instanceof Refusal) || thrown.failure.code === "bridge") throw thrown;
          return { name: "", url: mask(url), probe: null, trouble: thrown.failure };
        }
      });
      const id = world.id("i");
      imports.set(id, good);
      return { id, mirrors };
    },
    mirror_import_keep: (id) => {
      const good = imports.get(id);
      if (!good) throw refusal({ code: "unknown_mirror_import", params: { id }, message: "no such import" });
      imports.delete(id);
      good.forEach(keep);
      return all();
    },
  };
}
