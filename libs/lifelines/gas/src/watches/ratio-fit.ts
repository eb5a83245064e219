const OUT2 = 0;
const PACK2 = 1;
const OUT_PACK = 2;
const IN_OUT = 3;
const IN_PACK = 4;
const COUNT = 5;

/** How strongly the pack's ratio is held to 1: as if it had been seen at 1 in so many slots of usual size. */
const PRIOR_SLOTS = 6;

/**
 * The ratio of inlet to outlet meters, and of the true to the estimated line pack, by least squares of
 * in = meters × out + pack × packed, with a memory. Few pressure points stand for many pipes: the estimate of what those take up is
 * off by a factor that stays.
 */
export class RatioFit {
  static readonly FIELDS = 6;

  constructor(
    private readonly state: Float64Array,
    private readonly at: number,
    private readonly memory: number,
  ) {}

  take(inM3: number, outM3: number, packedM3: number): void {
    const { state, at } = this;
    const count = Math.min(this.memory, state[at + COUNT]! + 1);
    const keep = count < this.memory ? 1 : 1 - 1 / this.memory;
    const products = [outM3 * outM3, packedM3 * packedM3, outM3 * packedM3, inM3 * outM3, inM3 * packedM3];
    products.forEach((product, i) => {
      state[at + i] = keep * state[at + i]! + product;
    });
    state[at + COUNT] = count;
  }

  /** Both ratios; 1 before anything is known. The pack's is kept under three, and over a twentieth: many pipes of a map are shut, or no gauge feels them. */
  fit(): { readonly meters: number; readonly pack: number } {
    const { state, at } = this;
    const count = state[at + COUNT]!;
    const out2 = state[at + OUT2]!;
    if (count === 0 || out2 === 0) return { meters: 1, pack: 1 };
    const prior = (PRIOR_SLOTS * state[at + PACK2]!) / count + 1e-9;
    const pack2 = state[at + PACK2]! + prior;
    const outPack = state[at + OUT_PACK]!;
    const inPack = state[at + IN_PACK]! + prior;
    const determinant = out2 * pack2 - outPack * outPack;
    const raw = determinant > 0 ? (inPack * out2 - state[at + IN_OUT]! * outPack) / determinant : 1;
    const pack = Math.max(0.05, Math.min(3, raw));
    return { meters: (state[at + IN_OUT]! - pack * outPack) / out2, pack };
  }
}
