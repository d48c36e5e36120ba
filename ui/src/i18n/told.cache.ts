import type {
  CacheCondition,
  CacheError,
  CacheKind,
  CacheOwner,
  CachePart,
  Cost,
  Damage,
  Kept,
  Tier,
  UsageSource,
  VersionState,
} from "../bridge/wire";
import { plain, type Segment } from "../text/segment";
import type { Format } from "./format";
import { fill, type Filling, type Shared } from "./shared";

/** What the core tells of caches. */
export abstract class ToldOfCaches {
  constructor(protected readonly shared: Shared) {}

  protected abstract filling(params: object): Filling;

  cacheKind(kind: CacheKind): string {
    return this.shared.cache_kinds[kind];
  }

  cachePart(part: CachePart): string {
    return this.shared.cache_parts[part];
  }

  /** Why a place is taken for a cache. */
  cacheOwner(owner: CacheOwner): string {
    return plain(fill(this.shared.cache_owners[owner.owner], this.filling(owner)));
  }

  /** Whether a cache is one, and can be cleaned. */
  cacheCondition(condition: CacheCondition): Segment[] {
    const reason = condition.condition === "refused" ? this.leftAlone(condition.reason) : null;
    return fill(this.shared.cache_conditions[condition.condition], { reason });
  }

  /** Why a cache, or something in one, is left alone. */
  leftAlone(reason: CacheError | Kept): Segment[] {
    return fill(this.shared.failures[reason.code], this.filling(reason.params));
  }

  /** Which pieces of a version are in the cache. */
  versionState(state: VersionState): string {
    return this.shared.version_states[state];
  }

  /** How it is known what a project uses. */
  usageSource(source: UsageSource): string {
    return this.shared.usage_sources[source.source];
  }

  /** What a tier frees; `bytes` writes an amount. */
  tier(tier: Tier, bytes: (amount: number) => string): { title: string; detail: string } {
    const { title, detail } = this.shared.tiers[tier.tier];
    const all = tier.tier === "builds" && tier.days === 0;
    const amount = tier.tier === "limit" ? bytes(tier.bytes) : "";
    const told = (text: string) => plain(fill(text, { ...this.filling(tier), size: amount }));
    return { title: told(all ? this.shared.tier_all_builds : title), detail: told(detail) };
  }

  /** What it takes to have again what is freed, one sentence for each thing; `of` writes numbers and amounts. */
  cacheCost(cost: Cost, of: Pick<Format, "number" | "bytes">): string[] {
    const texts = this.shared.cache_costs;
    const told: string[] = [];
    if (cost.lost) told.push(texts.lost);
    if (cost.download > 0) {
      const size = of.bytes(cost.download_bytes);
      told.push(plain(fill(texts.download, { download: of.number(cost.download), size })));
    } else if (cost.clone === 0 && !cost.lost) told.push(texts.nothing);
    if (cost.clone > 0) told.push(plain(fill(texts.clone, { clone: of.number(cost.clone) })));
    if (cost.extract > 0) told.push(plain(fill(texts.extract, { extract: of.number(cost.extract) })));
    if (cost.rebuild) told.push(texts.rebuild);
    return told;
  }

  /** What is wrong with a version in a cache. */
  damage(damage: Damage): Segment[] {
    return fill(this.shared.damages[damage.damage], this.filling(damage));
  }
}
