import type { CallName, Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Commands, Failure, ImportedMirror, SaveMirror } from "../wire";
import { mask } from "./environment";
import { ownMirror, type KnownMirror } from "./mirrorList";
import { knownMirrors, listOf } from "./mirrors";
import type { World } from "./world";

type Names = Extract<
  CallName,
  "mirror_save" | "mirror_remove" | "mirror_move" | "mirror_reveal" | `mirror_import${string}`
>;
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

/** What the core does with the user's own mirrors, on those of an example. */
export function ownMirrorHandlers(world: World): Handlers {
  const kept = () => world.scenario.mirrors;
  const imports = new Map<string, KnownMirror[]>();

  function own(id: string): KnownMirror {
    const found = kept().own.find((one) => one.id === id);
    if (found) return found;
    const shipped = knownMirrors(kept()).some((one) => one.id === id);
    throw new Refusal(
      shipped
        ? { code: "builtin_mirror", params: { id }, message: "a built-in mirror" }
        : { code: "unknown_mirror", params: { mirror: id }, message: "no such mirror" },
    );
  }

  function stored(): void {
    const { trouble } = kept();
    if (trouble?.code === "store_newer") throw new Refusal(trouble);
    kept().trouble = null;
  }

  function address(text: string, except: string | null): string {
    const url = text.includes(":/") ? text : `https://${text}`;
    if (text === "" || !URL.canParse(url) || /[,|\s]/.test(url) || /^(direct|off)$/i.test(text))
      throw new Refusal({
        code: "mirror_address_invalid",
        params: { text: mask(text) },
        message: "no address",
      });
    const plain = (one: string) => one.replace(/\/$/, "");
    const same = knownMirrors(kept()).find((one) => plain(one.url) === plain(url) && one.id !== except);
    if (same)
      throw new Refusal({
        code: "mirror_listed",
        params: { url: mask(url), mirror: same.id },
        message: "listed",
      });
    return url;
  }

  function made(wish: SaveMirror): KnownMirror {
    const before = wish.id === null ? null : own(wish.id);
    const url = wish.url === null && before ? before.url : address(wish.url?.trim() ?? "", wish.id);
    const probe = wish.probe?.trim() ?? "";
    if (probe !== "" && !/^[^@\s]+@v\d/.test(probe))
      throw new Refusal({ code: "module_invalid", params: { module: probe }, message: "no module" });
    const name = wish.name.trim() || new URL(url).host;
    if (name.length > 60)
      throw new Refusal({ code: "mirror_name_invalid", params: { name }, message: "no name" });
    if (kept().own.some((one) => one.name.en === name && one.id !== wish.id))
      throw new Refusal({ code: "mirror_name_taken", params: { name }, message: "taken" });
    return ownMirror(wish.id ?? world.id("own-"), name, url, probe === "" ? null : probe);
  }

  function read(url: string): { mirror: KnownMirror | null; shown: ImportedMirror } {
    const probe = null;
    try {
      const mirror = made({ id: null, name: "", url, probe });
      return { mirror, shown: { name: mirror.name.en, url: mask(url), probe, trouble: null } };
    } catch (raw) {
      const trouble: Failure | null = raw instanceof Refusal ? (raw.failure as Failure) : null;
      return { mirror: null, shown: { name: "", url: mask(url), probe, trouble } };
    }
  }

  return {
    mirror_save: (wish) => {
      const mirror = made(wish);
      stored();
      const all = kept().own;
      const at = all.findIndex(({ id }) => id === mirror.id);
      if (at < 0) all.push(mirror);
      else all[at] = mirror;
      return listOf(world);
    },
    mirror_remove: (id) => {
      const gone = own(id);
      stored();
      kept().own = kept().own.filter((one) => one !== gone);
      return listOf(world);
    },
    mirror_move: ({ id, to }) => {
      stored();
      const order = knownMirrors(kept())
        .map((one) => one.id)
        .filter((one) => one !== id);
      order.splice(to, 0, id);
      kept().order = order;
      return listOf(world);
    },
    mirror_reveal: (id) => own(id).url,
    mirror_import: (text) => {
      const entries = text.split(/[\s,|]+/).filter((entry) => entry !== "" && entry !== "direct");
      if (entries.length === 0)
        throw new Refusal({ code: "no_mirror_in_text", params: {}, message: "no mirror" });
      const found = entries.map(read);
      const id = world.id("mi");
      imports.set(
        id,
        found.flatMap(({ mirror }) => mirror ?? []),
      );
      return { id, mirrors: found.map(({ shown }) => shown) };
    },
    mirror_import_keep: (id) => {
      const found = imports.get(id);
      if (!found) throw new Refusal({ code: "unknown_mirror_import", params: { id }, message: "forgotten" });
      stored();
      kept().own.push(...found);
      imports.delete(id);
      return listOf(world);
    },
  };
}
