/** A place in a picture, in its own units. */
export type Box = { x: number; y: number; width: number; height: number };

/**
 * Divides a box among weights, each getting its share of the area, as near to squares as rows allow
 * (Bruls, Huizing and van Wijk, "Squarified Treemaps"). `weights` come largest first; what weighs nothing gets no area.
 */
export function squarify(weights: readonly number[], whole: Box): Box[] {
  const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const scale = total > 0 ? (whole.width * whole.height) / total : 0;
  const areas = weights.map((weight) => Math.max(0, weight) * scale);
  const boxes: Box[] = [];
  let rest = whole;
  let begin = 0;
  while (begin < areas.length) {
    const side = Math.min(rest.width, rest.height);
    let end = begin + 1;
    while (end < areas.length && worst(areas, begin, end + 1, side) <= worst(areas, begin, end, side))
      end += 1;
    const row = areas.slice(begin, end);
    boxes.push(...laid(row, rest));
    rest = without(sum(row), rest);
    begin = end;
  }
  return boxes;
}

const sum = (areas: readonly number[]) => areas.reduce((total, area) => total + area, 0);

/** How far the worst of a row is from a square. */
function worst(areas: readonly number[], begin: number, end: number, side: number): number {
  let total = 0;
  let least = Infinity;
  for (let at = begin; at < end; at += 1) {
    const area = areas[at] ?? 0;
    total += area;
    least = Math.min(least, area);
  }
  const most = areas[begin] ?? 0;
  if (total === 0 || side === 0 || least === 0) return Infinity;
  return Math.max((side * side * most) / (total * total), (total * total) / (side * side * least));
}

/** A row along the shorter side. */
function laid(row: readonly number[], rest: Box): Box[] {
  const total = sum(row);
  const upright = rest.width >= rest.height;
  const side = upright ? rest.height : rest.width;
  const thick = side > 0 ? total / side : 0;
  let at = 0;
  return row.map((area) => {
    const long = total > 0 ? (side * area) / total : 0;
    const box = upright
      ? { x: rest.x, y: rest.y + at, width: thick, height: long }
      : { x: rest.x + at, y: rest.y, width: long, height: thick };
    at += long;
    return box;
  });
}

/** What is left when a row took its part. */
function without(taken: number, rest: Box): Box {
  if (rest.width >= rest.height) {
    const thick = rest.height > 0 ? taken / rest.height : 0;
    return { ...rest, x: rest.x + thick, width: Math.max(0, rest.width - thick) };
  }
  const thick = rest.width > 0 ? taken / rest.width : 0;
  return { ...rest, y: rest.y + thick, height: Math.max(0, rest.height - thick) };
}
