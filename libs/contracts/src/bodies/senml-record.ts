/**
 * The fields of one SenML record (RFC 8428, table 1), as they came and not yet checked. One object serves a whole pack: it has the
 * same shape whatever the record has, which is what makes reading it cheap.
 */
export class SenmlRecord {
  bn: unknown;
  bt: unknown;
  bu: unknown;
  bv: unknown;
  bs: unknown;
  bver: unknown;
  n: unknown;
  u: unknown;
  v: unknown;
  vs: unknown;
  vb: unknown;
  vd: unknown;
  s: unknown;
  t: unknown;
  /** Whether it has any base field. */
  hasBase = false;
  /** A label that must be understood (it ends in `_`), and is not. */
  notUnderstood: string | undefined;

  clear(): void {
    this.n = this.u = this.v = this.vs = this.vb = this.vd = this.s = this.t = undefined;
    if (this.hasBase) this.bn = this.bt = this.bu = this.bv = this.bs = this.bver = undefined;
    this.hasBase = false;
    this.notUnderstood = undefined;
  }

  /** Sets the field of a JSON label; others are ignored, as the RFC has it. */
  setByName(label: string, value: unknown): void {
    switch (label) {
      case 'n':
        this.n = value;
        break;
      case 'v':
        this.v = value;
        break;
      case 't':
        this.t = value;
        break;
      case 'u':
        this.u = value;
        break;
      case 'vs':
      case 'vb':
      case 'vd':
      case 's':
        this[label] = value;
        break;
      case 'bn':
      case 'bt':
      case 'bu':
      case 'bv':
      case 'bs':
      case 'bver':
        this[label] = value;
        this.hasBase = true;
        break;
      default:
        if (label.endsWith('_')) this.notUnderstood = label;
    }
  }

  /** Sets the field of an integer label of CBOR (RFC 8428, table 4). */
  setByNumber(label: number, value: unknown): void {
    switch (label) {
      case 0:
        this.n = value;
        break;
      case 1:
        this.u = value;
        break;
      case 2:
        this.v = value;
        break;
      case 6:
        this.t = value;
        break;
      default: {
        const name = RARE_LABELS.get(label);
        if (name !== undefined) this.setByName(name, value);
      }
    }
  }

  get hasValue(): boolean {
    const { v, vs, vb, vd, s } = this;
    return v !== undefined || vs !== undefined || vb !== undefined || vd !== undefined || s !== undefined;
  }
}

const RARE_LABELS: ReadonlyMap<number, string> = new Map([
  [-1, 'bver'],
  [-2, 'bn'],
  [-3, 'bt'],
  [-4, 'bu'],
  [-5, 'bv'],
  [-6, 'bs'],
  [3, 'vs'],
  [4, 'vb'],
  [5, 's'],
  [8, 'vd'],
]);

/** Whether an object looks like a SenML record and not like `{ts, values}`. */
export function looksLikeSenml(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'values' in value) return false;
  return LABELS.some((label) => Object.hasOwn(value, label));
}

const LABELS = ['n', 'v', 'bn', 'bt', 'bu', 'bv', 'bs', 'bver', 'vs', 'vb', 'vd', 's', 'u'] as const;
