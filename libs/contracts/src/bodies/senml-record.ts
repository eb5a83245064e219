/** One SenML record as JSON has it (RFC 8428, table 1); CBOR is brought to the same names. Nothing is checked yet. */
export interface SenmlRecord {
  bn?: unknown;
  bt?: unknown;
  bu?: unknown;
  bv?: unknown;
  bs?: unknown;
  bver?: unknown;
  n?: unknown;
  u?: unknown;
  v?: unknown;
  vs?: unknown;
  vb?: unknown;
  vd?: unknown;
  s?: unknown;
  t?: unknown;
}

/** Whether an object looks like a SenML record and not like `{ts, values}`. */
export function looksLikeSenml(value: unknown): value is SenmlRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'values' in value) return false;
  return LABELS.some((label) => Object.hasOwn(value, label));
}

const LABELS = ['n', 'v', 'bn', 'bt', 'bu', 'bv', 'bs', 'bver', 'vs', 'vb', 'vd', 's', 'u'] as const;
