import type { CallName, EventOf, Reply } from "../bridge";
import { Refusal } from "../failure";
import type { Commands, Import, SaveProfile, Verified, VerifyProfile } from "../wire";
import { check } from "./check";
import { companyPreview } from "./company";
import { definition, definitionsOf, nothingKept, usable, type Definition } from "./definitions";
import { environmentOf, mask, valueIn } from "./environment";
import { parseProfile, print } from "./profileFile";
import { differencesOf, stateOf } from "./standing";
import type { World } from "./world";

type Names = Extract<CallName, `profile_${string}` | `company_${string}`>;
type Handlers = { [K in Names]: (args: Commands[K][0]) => Reply<K> };

const builtin = (id: string) =>
  new Refusal({ code: "builtin_profile", params: { id }, message: "a built-in profile" });

/** What the core does with profiles, on the profiles of an example. */
export function profileHandlers(world: World): Handlers {
  const kept = () => world.scenario.profiles;
  const imports = new Map<string, Definition["values"]>();

  function stored(): void {
    const { trouble } = kept();
    if (trouble?.code === "store_newer") throw new Refusal(trouble);
    // what is damaged is set aside by the first thing that is saved
    kept().trouble = null;
  }

  function named(name: string, except: string | null = null): string {
    const trimmed = name.trim();
    if (trimmed === "" || trimmed.length > 60)
      throw new Refusal({ code: "profile_name_invalid", params: { name }, message: "no name" });
    if (kept().own.some((one) => one.name === trimmed && one.id !== except))
      throw new Refusal({ code: "profile_name_taken", params: { name: trimmed }, message: "taken" });
    return trimmed;
  }

  function valuesOf({ values }: SaveProfile): Definition["values"] {
    if (values.length === 0)
      throw new Refusal({ code: "profile_empty", params: {}, message: "without values" });
    return values.map(({ name, to }) => {
      const now = environmentOf(world.scenario).variables.find((one) => one.name === name);
      switch (to.is) {
        case "value":
          return { name, value: to.value };
        case "unset":
          return { name, value: null };
        case "as_in":
          return (
            definition(kept(), to.profile).values.find((one) => one.name === name) ?? { name, value: null }
          );
        case "as_now":
          return { name, value: valueIn(world.scenario.file, name) ?? now?.value ?? "" };
      }
    });
  }

  function read(text: string): Import {
    const { name, values, stripped } = parseProfile(text);
    const id = world.id("i");
    imports.set(id, values);
    const checked = values.map((value) => ({ ...value, checked: check(value.name, value.value ?? "") }));
    return {
      id,
      name,
      values: values.map(({ name, value }) => ({
        name,
        value: value === null ? null : mask(value),
        masked: value !== null && mask(value) !== value,
      })),
      differences: differencesOf(values, world.scenario.file, environmentOf(world.scenario)),
      dangers: checked.flatMap((one) => one.checked.danger ?? []),
      problems: checked.flatMap(({ name, checked }) => [
        ...checked.refusals.map((problem) => ({ name, problem, refused: true })),
        ...checked.warnings.map((problem) => ({ name, problem, refused: false })),
      ]),
      stripped,
    };
  }

  function planUse(id: string) {
    const { title, values } = usable(kept(), id);
    const from = world.overview().profiles.active;
    return world.planChanges(values, { code: "profile_used", params: { profile: id, title, from } });
  }

  return {
    profile_plan: planUse,
    profile_previous: () => {
      const { profiles } = world.overview();
      const { previous } = profiles;
      if (!previous)
        throw new Refusal({ code: "no_previous_profile", params: {}, message: "nothing was left" });
      const entry = world.entries.find(({ id }) => id === previous.entry);
      const from = entry?.cause.code === "profile_used" ? entry.cause.params.from : null;
      return from !== null && previous.title ? planUse(from) : world.planUndo(previous.entry);
    },
    profile_save: (wish) => {
      if (wish.id !== null && !kept().own.some(({ id }) => id === wish.id)) {
        definition(kept(), wish.id);
        throw builtin(wish.id);
      }
      const saved = { name: named(wish.name, wish.id), values: valuesOf(wish) };
      stored();
      const own = kept().own.find(({ id }) => id === wish.id);
      if (own) Object.assign(own, saved);
      else kept().own.push({ id: world.id("own"), ...saved });
      return world.overview();
    },
    profile_delete: (id) => {
      definition(kept(), id);
      stored();
      if (id === "company") kept().company = structuredClone(nothingKept.company);
      else if (kept().own.some((one) => one.id === id))
        kept().own = kept().own.filter((one) => one.id !== id);
      else throw builtin(id);
      return world.overview();
    },
    profile_move: ({ id, to }) => {
      definition(kept(), id);
      stored();
      const order = definitionsOf(kept())
        .map((one) => one.id)
        .filter((one) => one !== id);
      order.splice(to, 0, id);
      kept().order = order;
      return world.overview();
    },
    profile_reveal: ({ id, name }) =>
      definition(kept(), id).values.find((one) => one.name === name)?.value ?? "",
    company_preview: companyPreview,
    company_read: () => kept().company,
    company_save: (form) => {
      companyPreview(form);
      stored();
      kept().company = form;
      return world.overview();
    },
    profile_import: read,
    profile_import_browse: () => {
      const { picked } = kept();
      return picked === null ? null : read(picked);
    },
    profile_import_keep: ({ id, name }) => {
      const values = imports.get(id);
      if (!values) throw new Refusal({ code: "unknown_import", params: { id }, message: "forgotten" });
      const title = named(name);
      stored();
      kept().own.push({ id: world.id("own"), name: title, values });
      imports.delete(id);
      return world.overview();
    },
    profile_export: ({ id, format }) => print(usable(kept(), id), format),
    profile_export_save: ({ id, format }) => `~/Downloads/${print(usable(kept(), id), format).file_name}`,
  };
}

/** Compares, and downloads if that is asked for; `until` ends the download. */
export async function verify(
  world: World,
  wish: VerifyProfile,
  tell: (event: EventOf<"profile_verify">) => void,
  until: Promise<"done" | "cancelled">,
): Promise<Verified> {
  const { scenario } = world;
  const found = definition(scenario.profiles, wish.id);
  const state = stateOf(found, scenario.profiles, scenario.file, environmentOf(scenario));
  tell({ event: "compared", state });
  if (!wish.fetch) return { id: wish.id, state, fetch: null, cancelled: false };
  const module = wish.module ?? "rsc.io/quote@v1.5.2";
  tell({ event: "fetching", module });
  if ((await until) === "cancelled") return { id: wish.id, state, fetch: null, cancelled: true };
  const { variables } = environmentOf(scenario);
  const proxy = variables.find(({ name }) => name === "GOPROXY");
  const goproxy = proxy?.shadowed?.value ?? proxy?.value ?? "";
  const fetch = { module, elapsed_ms: 1432, goproxy: mask(goproxy), failure: scenario.profiles.fetch };
  return { id: wish.id, state, fetch, cancelled: false };
}
