import type { DutyHours, WeeklySpan } from '@lifeline/contracts';
import { useTranslation } from 'react-i18next';

type Day = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Says hours in the chosen language: "Mon to Fri 20:00–08:00; Sat, Sun all day". */
export function useHoursWords(): (hours: DutyHours) => string {
  const { t } = useTranslation();
  const day = (number: number): string => t(`duty.day.${number as Day}`);
  const daysOf = ({ days }: WeeklySpan): string => {
    const sorted = [...days].sort((a, b) => a - b);
    if (sorted.length === 7) return t('duty.hours.everyDay');
    const isRow = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1;
    if (isRow) return t('duty.hours.dayRange', { from: day(sorted[0]!), to: day(sorted.at(-1)!) });
    return sorted.map(day).join(t('duty.hours.comma'));
  };
  return (hours) =>
    hours.kind === 'always'
      ? t('duty.hours.always')
      : hours.spans
          .map((span) =>
            span.from === span.to && span.from === '00:00'
              ? t('duty.hours.allDay', { days: daysOf(span) })
              : t('duty.hours.span', { days: daysOf(span), from: span.from, to: span.to }),
          )
          .join(t('duty.hours.semicolon'));
}
