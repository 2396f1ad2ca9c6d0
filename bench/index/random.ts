/** Numbers that look random and are the same each time: the benches' webs are made of them. */

/** The finaliser of MurmurHash3 (A. Appleby, public domain): 32 bits in, 32 well-mixed bits out. */
export function hash32(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** 32 bits as a fraction, 0 up to 1. */
export function unit(bits: number): number {
  return bits / 2 ** 32;
}

/** Picks indexes by weight in constant time (M. Vose, "A linear algorithm for generating random numbers with a given distribution", 1991). */
export class AliasTable {
  readonly #threshold: Float64Array;
  readonly #alias: Uint32Array;

  constructor(weights: readonly number[]) {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const scaled = Float64Array.from(weights, (weight) => (weight * weights.length) / sum);
    this.#threshold = new Float64Array(weights.length).fill(1);
    this.#alias = new Uint32Array(weights.length);
    const small: number[] = [];
    const large: number[] = [];
    for (const [at, value] of scaled.entries()) (value < 1 ? small : large).push(at);
    for (let low = small.pop(), high = large.pop(); low !== undefined && high !== undefined; low = small.pop(), high = large.pop()) {
      this.#threshold[low] = scaled[low] ?? 1;
      this.#alias[low] = high;
      scaled[high] = (scaled[high] ?? 1) + (scaled[low] ?? 1) - 1;
      ((scaled[high] ?? 1) < 1 ? small : large).push(high);
    }
  }

  /** @param first,second 32 random bits each */
  pick(first: number, second: number): number {
    const at = Math.floor(unit(first) * this.#threshold.length);
    return unit(second) < (this.#threshold[at] ?? 1) ? at : (this.#alias[at] ?? at);
  }
}
