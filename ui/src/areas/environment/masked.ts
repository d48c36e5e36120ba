/** A wish as it may be shown: what the core masks in every value it tells, before the wish was there. */
export function masked(value: string): string {
  return value
    .replace(/:\/\/[^\s,|]*@/g, "://***@")
    .replace(/(^|[\s,|])[^\s,|@/:]+:(?!\/\/)[^\s,|@]+@/g, "$1***@");
}
