/** The types that the core generates, in one place for the rest of the window. */
export type * from "./generated/cache";
export type * from "./generated/chain";
export type * from "./generated/commands";
export type * from "./generated/desktop";
export type * from "./generated/environment";
export type * from "./generated/failure";
export type * from "./generated/finding";
export type * from "./generated/history";
export type * from "./generated/mirror";
export type * from "./generated/overview";
export type * from "./generated/plan";
export type * from "./generated/private";
export type * from "./generated/profile";
export type * from "./generated/project";
export type * from "./generated/race";
export type * from "./generated/route";
export type * from "./generated/settings";
export type * from "./generated/shell";
export type * from "./generated/toolchain";
// a finding about the machine, and a finding of a speed test
export type { Finding } from "./generated/finding";
export type { Finding as TestFinding } from "./generated/mirror";
// whether a mirror is sound, and whether a cache is one
export type { Condition } from "./generated/mirror";
export type { Condition as CacheCondition, Owner as CacheOwner, Part as CachePart } from "./generated/cache";
