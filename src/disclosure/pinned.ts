/**
 * Which hidden figures above zero can be worked out exactly. The reader is taken to know every shown figure, every sum,
 * and what each hidden figure's reason says: "small" is 1 to minCell − 1, or 0 too among the parts of a small whole;
 * "complement" is minCell or more. A zero may be worked out: it would be shown anyway.
 *
 * A table with its totals is a network, so whole-numbered bounds are exact: a figure can be one more than it is if and
 * only if some cycle through it can carry one more, that is, if a path leads back from its end to its start along other
 * hidden figures that have room to move. The same for one less, the other way round. A figure that can do neither is
 * pinned. (Network simplex theory; the cell suppression problem on two-way tables is posed so in Kelly, Golden and
 * Assad 1992, doi 10.1002/net.3230220407.)
 */
import type { Figure } from "./sums.ts";

export function findPinned(figures: readonly Figure[], minCell: number): readonly Figure[] {
  const hidden = figures.filter((figure) => figure.hidden !== undefined);
  const ways = new Map<number, Way[]>();
  const add = (from: number, way: Way) => {
    const known = ways.get(from);
    if (known) known.push(way);
    else ways.set(from, [way]);
  };
  for (const figure of hidden) {
    if (canRise(figure, minCell)) add(figure.from, { to: figure.to, by: figure });
    if (canFall(figure, minCell)) add(figure.to, { to: figure.from, by: figure });
  }
  return hidden.filter(
    (figure) =>
      figure.count > 0 &&
      !(canRise(figure, minCell) && leads(ways, figure.to, figure.from, figure)) &&
      !(canFall(figure, minCell) && leads(ways, figure.from, figure.to, figure)),
  );
}

interface Way {
  readonly to: number;
  readonly by: Figure;
}

function canRise({ hidden, count }: Figure, minCell: number): boolean {
  return hidden === "complement" || count < minCell - 1;
}

function canFall({ hidden, count, mayBeZero }: Figure, minCell: number): boolean {
  const small = mayBeZero ? 0 : 1;
  return count > (hidden === "complement" ? minCell : small);
}

function leads(ways: ReadonlyMap<number, readonly Way[]>, start: number, goal: number, without: Figure): boolean {
  const seen = new Set([start]);
  for (const at of seen) {
    for (const { to, by } of ways.get(at) ?? []) if (by !== without) seen.add(to);
    if (seen.has(goal)) return true;
  }
  return false;
}
