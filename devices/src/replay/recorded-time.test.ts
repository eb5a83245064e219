import fc from 'fast-check';
import { dateOrderOf, recordedMs, type DateOrder } from './recorded-time.js';

const two = (value: number): string => String(value).padStart(2, '0');

describe('recorded times', () => {
  it.each<[string, DateOrder, number]>([
    ['2022-04-11T08:49:34.669', 'ymd', Date.UTC(2022, 3, 11, 8, 49, 34, 669)],
    ['2022-11-04 08:49:34.669', 'ydm', Date.UTC(2022, 3, 11, 8, 49, 34, 669)],
    ['11.04.2022 08:49', 'dmy', Date.UTC(2022, 3, 11, 8, 49)],
    ['04/11/2022', 'mdy', Date.UTC(2022, 3, 11)],
    ['2022-04-11T08:49:34+08:00', 'ymd', Date.UTC(2022, 3, 11, 0, 49, 34)],
    ['1690675200000', 'ymd', 1_690_675_200_000],
    ['1690675200', 'ymd', 1_690_675_200_000],
  ])('%s in the order %s', (text, order, ms) => {
    expect(recordedMs(text, order, 0)).toBe(ms);
  });

  it('come back from any date that was written', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (date) => {
          const text = `${date.getUTCFullYear()}-${two(date.getUTCDate())}-${two(date.getUTCMonth() + 1)} ${date.toISOString().slice(11)}`;
          expect(recordedMs(text, 'ydm', 0)).toBe(date.getTime());
        },
      ),
    );
  });

  it('tell day-first by a day above twelve, and are none where they make no date', () => {
    expect(dateOrderOf(['2022-11-04 00:00:00', '2022-13-04 00:00:00'])).toBe('ydm');
    expect(dateOrderOf(['11.04.2022', '25.04.2022'])).toBe('dmy');
    expect(dateOrderOf(['soon'])).toBeUndefined();
  });
});
