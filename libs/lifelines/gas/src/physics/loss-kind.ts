/** Running sums of a loss over what is drawn, one pair a slot; m3/h. */
export interface LossSums {
  readonly count: number;
  readonly drawn: number;
  readonly loss: number;
  readonly drawn2: number;
  readonly both: number;
  readonly loss2: number;
}

/** What a loss does when demand changes. */
export interface LossKind {
  /** A hole leaks the same at any hour; a meter that reads low, or gas that is taken, follows demand. */
  readonly kind: 'constant' | 'follows-demand' | 'unclear';
  /** Share of the mean loss that does not follow what is drawn. */
  readonly constantShare: number;
}

const LEAST_SLOTS = 9;
/** Demand must have varied by so much, as deviation over mean, before the two can be told apart. */
const LEAST_VARIATION = 0.15;
/** Standard error of the constant part, as a share of the loss, up to which it is believed. */
const MOST_ERROR = 0.2;

/**
 * Splits a loss into a part that is always there and one in proportion to what is drawn, by least squares: loss = c0 + c1 × drawn.
 * A choked leak is constant while the pressure is; a meter's gain error and taken gas follow demand (ours, [P]).
 */
export function lossKind({ count, drawn, loss, drawn2, both, loss2 }: LossSums): LossKind {
  const unclear: LossKind = { kind: 'unclear', constantShare: 0.5 };
  if (count < LEAST_SLOTS || drawn <= 0 || loss <= 0) return unclear;
  const mean = drawn / count;
  const meanLoss = loss / count;
  const spread = drawn2 / count - mean * mean;
  if (Math.sqrt(Math.max(0, spread)) < LEAST_VARIATION * mean) return unclear;
  const slope = (both / count - mean * meanLoss) / spread;
  const constant = meanLoss - slope * mean;
  const residual = Math.max(0, loss2 / count - meanLoss * meanLoss - slope * slope * spread);
  const error = Math.sqrt((residual / (count - 2)) * (1 + (mean * mean) / spread));
  const constantShare = Math.max(0, Math.min(1, constant / meanLoss));
  if (error > MOST_ERROR * meanLoss) return { kind: 'unclear', constantShare };
  if (constantShare > 0.65) return { kind: 'constant', constantShare };
  return { kind: constantShare < 0.35 ? 'follows-demand' : 'unclear', constantShare };
}
