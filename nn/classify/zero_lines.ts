/** A line through points, as a list of them. */
export type Line = readonly (readonly [x: number, y: number])[];

/**
 * Where a function of the plane is zero, between the points of a grid at which
 * it is known: marching squares, straight within each square. A square with a
 * corner that is not finite has no line.
 *
 * Maple, "Geometric design and space planning using the marching squares and
 * marching cube algorithms" (2003), https://doi.org/10.1109/GMAG.2003.1219671.
 *
 * @param field `field[j][i]`: the function at (i, j).
 * @returns lines in units of the grid; a closed one ends with the point it starts with.
 */
export function zeroLines(field: readonly (readonly number[])[]): Line[] {
  const points = new Map<string, Line[number]>();
  const neighbours = new Map<string, string[]>();
  const connect = (from: string, to: string) => {
    neighbours.set(from, [...neighbours.get(from) ?? [], to]);
    neighbours.set(to, [...neighbours.get(to) ?? [], from]);
  };
  for (let j = 0; j + 1 < field.length; j++) {
    for (let i = 0; i + 1 < field[j].length; i++) {
      const corners = [field[j][i], field[j][i + 1], field[j + 1][i + 1], field[j + 1][i]];
      if (!corners.every(Number.isFinite)) continue;
      // The edge k leads from the corner k to the next; neighbouring squares name it alike.
      const edges = [[i, j, 1, 0], [i + 1, j, 0, 1], [i, j + 1, 1, 0], [i, j, 0, 1]];
      const crossed = edges.filter((_, k) => (corners[k] > 0) !== (corners[(k + 1) % 4] > 0))
        .map(([x, y, dx, dy]) => {
          const [a, b] = [field[y][x], field[y + dy][x + dx]];
          const name = `${x} ${y} ${dx}`;
          points.set(name, [x + dx * a / (a - b), y + dy * a / (a - b)]);
          return name;
        });
      // With four crossings two opposite corners agree, and the middle decides which
      // of the two pairs is joined and which is cut off.
      const middle = corners.reduce((sum, x) => sum + x / 4, 0);
      if (crossed.length === 4 && (middle > 0) !== (corners[0] > 0)) {
        crossed.unshift(crossed.pop()!);
      }
      for (let k = 0; k < crossed.length; k += 2) connect(crossed[k], crossed[k + 1]);
    }
  }
  return chains(neighbours).map((chain) => chain.map((name) => points.get(name)!));
}

/** Joins what is connected: first the open chains, from an end to the other, then the closed. */
function chains(neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set<string>();
  const walk = (start: string): string[] => {
    const chain: string[] = [];
    for (let at: string | undefined = start; at !== undefined;) {
      chain.push(at);
      seen.add(at);
      at = neighbours.get(at)!.find((next) => !seen.has(next));
    }
    return chain;
  };
  const all = [...neighbours.keys()];
  const open = all.filter((name) => neighbours.get(name)!.length === 1)
    .flatMap((end) => seen.has(end) ? [] : [walk(end)]);
  const closed = all.flatMap((name) => {
    if (seen.has(name)) return [];
    const chain = walk(name);
    return [[...chain, chain[0]]];
  });
  return [...open, ...closed];
}
