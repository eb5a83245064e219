/** Running sums of the loss over the inflow, one pair a slot. */
export interface LossSums {
  readonly count: number;
  /** Σ inflow, Σ loss, Σ inflow², Σ inflow × loss; m3/h. */
  readonly inflow: number;
  readonly loss: number;
  readonly inflow2: number;
  readonly both: number;
}

/** What a loss does when demand changes. */
export interface LossKind {
  /** A hole leaks the same at any hour; a meter that reads low, or gas that is taken, follows demand. */
  readonly kind: 'constant' | 'follows-demand' | 'unclear';
  /** Share of the mean loss that does not follow the inflow. */
  readonly constantShare: number;
}

const LEAST_SLOTS = 9;
/** Demand must have varied by so much, as deviation over mean, before the two can be told apart. */
const LEAST_VARIATION = 0.15;

/**
 * Splits a loss into a part that is always there and one in proportion to the inflow, by least squares: loss = c0 + c1 × inflow.
 * A choked leak is constant while the pressure is; a meter's gain error and taken gas follow demand (ours, [P]).
 */
export function lossKind({ count, inflow, loss, inflow2, both }: LossSums): LossKind {
  const unclear: LossKind = { kind: 'unclear', constantShare: 0.5 };
  if (count < LEAST_SLOTS || inflow <= 0 || loss <= 0) return unclear;
  const meanIn = inflow / count;
  const meanLoss = loss / count;
  const spread = inflow2 / count - meanIn * meanIn;
  if (Math.sqrt(Math.max(0, spread)) < LEAST_VARIATION * meanIn) return unclear;
  const slope = (both / count - meanIn * meanLoss) / spread;
  const constantShare = Math.max(0, Math.min(1, (meanLoss - slope * meanIn) / meanLoss));
  if (constantShare > 0.65) return { kind: 'constant', constantShare };
  return { kind: constantShare < 0.35 ? 'follows-demand' : 'unclear', constantShare };
}
