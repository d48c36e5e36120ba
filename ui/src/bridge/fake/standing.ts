import type { Difference, Entry, Environment, Previous, Profile, ProfileState, Profiles } from "../wire";
import { definitionsOf, noModuleCache, type Definition, type Kept } from "./definitions";
import { mask, valueIn } from "./environment";

/** One variable that is not as a profile wants it. */
function difference(
  { name, value }: Definition["values"][number],
  file: readonly string[],
  environment: Environment,
): { difference: Difference; written: boolean } | null {
  const variable = environment.variables.find((one) => one.name === name);
  const shadowed = variable?.shadowed ?? null;
  const written = valueIn(file, name) === value;
  const outranked = shadowed !== null && shadowed.value !== (value ?? variable?.default);
  if (written && !outranked) return null;
  const actual = outranked ? shadowed.value : (variable?.value ?? "");
  const wanted = value === null ? null : mask(value);
  return { difference: { name, wanted, actual, shadowed: outranked ? shadowed : null }, written };
}

/** What of these values is not so now. */
export function differencesOf(
  values: Definition["values"],
  file: readonly string[],
  environment: Environment,
): Difference[] {
  return values.flatMap((value) => difference(value, file, environment)?.difference ?? []);
}

/** How a profile stands to the environment. */
export function stateOf(
  { id, values }: Definition,
  kept: Kept,
  file: readonly string[],
  environment: Environment,
): ProfileState {
  if (id === "offline" && !kept.moduleCache) return { code: "unusable", params: { failure: noModuleCache } };
  if (values.length === 0) return { code: "needs_form", params: {} };
  const found = values.flatMap((value) => difference(value, file, environment) ?? []);
  const differences = found.map((one) => one.difference);
  if (found.length === 0) return { code: "active", params: {} };
  return found.every((one) => one.written)
    ? { code: "shadowed", params: { differences } }
    : { code: "differs", params: { differences } };
}

function previousOf(kept: Kept, entries: readonly Entry[]): Previous | null {
  const last = entries.find((entry) => entry.cause.code === "profile_used" && entry.undone_by === null);
  if (last?.cause.code !== "profile_used") return null;
  const { from } = last.cause.params;
  const left = definitionsOf(kept).find(({ id }) => id === from);
  return { title: left?.title ?? null, entry: last.id };
}

/** Every profile as the core would tell it. */
export function profilesOf(
  kept: Kept,
  file: readonly string[],
  environment: Environment,
  entries: readonly Entry[],
): Profiles {
  const list = definitionsOf(kept).map((one): Profile => ({
    id: one.id,
    title: one.title,
    values: one.values.map(({ name, value }) => {
      const shown = value === null ? null : mask(value);
      return { name, value: shown, masked: shown !== value };
    }),
    state: stateOf(one, kept, file, environment),
  }));
  return {
    list,
    active: list.find(({ state }) => state.code === "active")?.id ?? null,
    previous: previousOf(kept, entries),
    trouble: kept.trouble,
  };
}
