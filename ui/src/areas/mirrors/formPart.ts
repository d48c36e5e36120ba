import type { Failure } from "../../bridge/failure";

/** A field of the form of a mirror. */
export type Part = "name" | "url" | "probe";

/** Where a refusal is to be said; none where it is about no field. */
export function refusedPart({ code }: Failure): Part | null {
  switch (code) {
    case "mirror_name_invalid":
    case "mirror_name_taken":
      return "name";
    case "mirror_address_invalid":
    case "mirror_listed":
    case "invalid_value":
      return "url";
    case "module_invalid":
      return "probe";
    default:
      return null;
  }
}
