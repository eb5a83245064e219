import { REJECT_REASONS, type RejectReason } from '@lifeline/contracts';

type Raw = Readonly<Record<string, unknown>>;

export interface ListSearch {
  /** Only sensors that do not report. */
  readonly silent?: true;
}

export function readListSearch(raw: Raw): ListSearch {
  return raw['silent'] === true || raw['silent'] === 'true' ? { silent: true } : {};
}

export interface NewDeviceSearch {
  /** The id to register, where somebody knocks with it. */
  readonly device?: string;
}

export function readNewDeviceSearch(raw: Raw): NewDeviceSearch {
  const device = textOf(raw['device']);
  return device === undefined ? {} : { device };
}

export interface RejectsSearch extends NewDeviceSearch {
  readonly reason?: RejectReason;
}

export function readRejectsSearch(raw: Raw): RejectsSearch {
  const reason = REJECT_REASONS.find((known) => known === raw['reason']);
  return { ...readNewDeviceSearch(raw), ...(reason === undefined ? {} : { reason }) };
}

/** The router reads `?device=7` as a number: ids are text. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return value === '' ? undefined : String(value);
}
