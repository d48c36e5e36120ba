import { Refusal } from "../failure";
import type { Builtin, Change, CompanyForm, Failure, Title } from "../wire";
import { companyValues, domesticDatabase, domesticProxy } from "./company";

/** A profile with its raw values, as the core keeps it. */
export type Definition = { id: string; title: Title; values: Change[] };

/** What the example knows of profiles, and what it lets go wrong with them. */
export type Kept = {
  /** The user's own. */
  own: { id: string; name: string; values: Change[] }[];
  /** Ids in the user's order; what is not named comes last. */
  order: string[];
  company: CompanyForm;
  /** Why the file of the profiles cannot be read. */
  trouble: Failure | null;
  /** Go names a module cache. */
  moduleCache: boolean;
  /** What becomes of a download. */
  fetch: Failure | null;
  /** The file that the user would pick. */
  picked: string | null;
  /** The profiles that were switched to before the window opened. */
  used: string[];
};

export const nothingKept: Kept = {
  own: [],
  order: [],
  company: { hosts: [], proxy: "", login: false, public: "company" },
  trouble: null,
  moduleCache: true,
  fetch: null,
  picked: null,
  used: [],
};

const MODULE_CACHE = "file:///home/gopher/go/pkg/mod/cache/download";

function values(builtin: Builtin, kept: Kept): Change[] {
  switch (builtin) {
    case "domestic":
      return [
        { name: "GOPROXY", value: domesticProxy },
        { name: "GOSUMDB", value: domesticDatabase },
      ];
    case "overseas":
      return [
        { name: "GOPROXY", value: null },
        { name: "GOSUMDB", value: null },
      ];
    case "company":
      return companyValues(kept.company).map(({ name, value }) => ({ name, value }));
    case "offline":
      return kept.moduleCache
        ? [
            { name: "GOPROXY", value: MODULE_CACHE },
            { name: "GONOPROXY", value: "none" },
          ]
        : [];
  }
}

/** Every profile in the user's order. */
export function definitionsOf(kept: Kept): Definition[] {
  const builtins: readonly Builtin[] = ["domestic", "overseas", "company", "offline"];
  const all: Definition[] = [
    ...builtins.map((builtin): Definition => ({
      id: builtin,
      title: { is: "builtin", builtin },
      values: values(builtin, kept),
    })),
    ...(kept.trouble ? [] : kept.own).map(({ id, name, values }): Definition => ({
      id,
      title: { is: "own", name },
      values,
    })),
  ];
  const place = new Map(kept.order.map((id, index) => [id, index]));
  const last = kept.order.length;
  return all.toSorted((a, b) => (place.get(a.id) ?? last) - (place.get(b.id) ?? last));
}

/** The profile with this id, or the refusal of the core. */
export function definition(kept: Kept, id: string): Definition {
  const found = definitionsOf(kept).find((one) => one.id === id);
  if (!found) throw new Refusal({ code: "unknown_profile", params: { id }, message: "no such profile" });
  return found;
}

/** The same, where it has to have values. */
export function usable(kept: Kept, id: string): Definition {
  const found = definition(kept, id);
  if (id === "offline" && !kept.moduleCache) throw new Refusal(noModuleCache);
  if (found.values.length === 0)
    throw new Refusal({ code: "profile_needs_form", params: {}, message: "the form was not filled in" });
  return found;
}

export const noModuleCache: Failure = { code: "no_module_cache", params: {}, message: "no module cache" };
