import { dutyContentSchema, type DutyContent, type DutyPost, type WeeklySpan } from '@lifeline/contracts';

/** What the form holds: texts as typed, and what was chosen. */
export interface DutyValues {
  readonly nameEn: string;
  readonly nameZh: string;
  readonly canEn: string;
  readonly canZh: string;
  readonly utility: DutyContent['utility'];
  readonly districts: readonly string[];
  readonly phone: string;
  readonly turn: number | string;
  readonly when: 'always' | 'weekly';
  readonly spans: readonly WeeklySpan[];
}

export type DutyField = 'nameEn' | 'nameZh' | 'canEn' | 'canZh' | 'phone' | 'turn' | 'spans';
export type DutyFault = 'needed' | 'phoneWrong' | 'turnWrong' | 'daysNeeded' | 'timesNeeded' | 'spanNeeded';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
/** A night, as most posts that are not always on call have one. */
export const NEW_SPAN: WeeklySpan = { days: EVERY_DAY, from: '20:00', to: '08:00' };

export function newValues(): DutyValues {
  return {
    ...{ nameEn: '', nameZh: '', canEn: '', canZh: '', phone: '' },
    ...{ utility: 'gas', districts: [], turn: 1, when: 'always', spans: [NEW_SPAN] },
  };
}

export function valuesOf({ name, can, utility, districts, phone, turn, hours }: DutyContent): DutyValues {
  return {
    ...{ nameEn: name.en, nameZh: name.zh, canEn: can.en, canZh: can.zh, utility, districts, phone, turn },
    when: hours.kind,
    spans: hours.kind === 'weekly' ? hours.spans : [NEW_SPAN],
  };
}

/** What the server takes, or what is wrong with each field. */
export function contentOf(
  values: DutyValues,
): { readonly content: DutyContent } | { readonly faults: ReadonlyMap<DutyField, DutyFault> } {
  const faults = new Map<DutyField, DutyFault>();
  const text = (field: 'nameEn' | 'nameZh' | 'canEn' | 'canZh' | 'phone'): string => {
    const trimmed = values[field].trim();
    if (trimmed === '') faults.set(field, 'needed');
    return trimmed;
  };
  const { utility, districts, when, spans } = values;
  const turn = Number(values.turn);
  const content = {
    name: { en: text('nameEn'), zh: text('nameZh') },
    can: { en: text('canEn'), zh: text('canZh') },
    phone: text('phone'),
    ...{ utility, districts: [...districts], turn },
    hours: when === 'always' ? { kind: when } : { kind: when, spans: spans.map(asWritten) },
  };
  if (!faults.has('phone') && !dutyContentSchema.shape.phone.safeParse(content.phone).success)
    faults.set('phone', 'phoneWrong');
  if (!dutyContentSchema.shape.turn.safeParse(turn).success) faults.set('turn', 'turnWrong');
  if (when === 'weekly') {
    if (spans.length === 0) faults.set('spans', 'spanNeeded');
    else if (spans.some(({ days }) => days.length === 0)) faults.set('spans', 'daysNeeded');
    else if (!dutyContentSchema.shape.hours.safeParse(content.hours).success) faults.set('spans', 'timesNeeded');
  }
  return faults.size > 0 ? { faults } : { content: dutyContentSchema.parse(content) };
}

/** Times of day as people type them: `8:00`, `0800` and `20：00` are times too. */
function asWritten({ days, from, to }: WeeklySpan): WeeklySpan {
  const clock = (text: string): string =>
    text
      .trim()
      .replace(
        /^(\d{1,2})\s*[:：.]?\s*(\d\d)$/,
        (_, hour: string, minute: string) => `${hour.padStart(2, '0')}:${minute}`,
      );
  return { days: [...days], from: clock(from), to: clock(to) };
}

/** An entry without what the server keeps of its versions. */
export function contentAlone({ name, utility, districts, phone, can, hours, turn }: DutyPost): DutyContent {
  return { name, utility, districts, phone, can, hours, turn };
}
