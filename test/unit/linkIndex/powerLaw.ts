/** Made-up links with few strong and many weak nodes, the same ones for the same numbers. */
import type { Edges } from './denseRank.ts';

/** @param count how many edges; the strongest nodes have the lowest numbers */
export function powerLaw(nodes: number, count: number): Edges {
  let state = 42;
  const random = (): number => {
    // The linear congruence of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => [Math.floor(random() * nodes), Math.floor(random() ** 3 * nodes)] as const);
}
