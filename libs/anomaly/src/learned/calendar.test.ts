import { DayKinds, dayKindOfChina, SHANGHAI_OFFSET_MS } from './calendar.js';

const noon = (day: string) => Date.parse(`${day}T12:00:00+08:00`);

describe('the kinds of days in China', () => {
  it.each([
    ['2026-02-17', 2, 'Spring Festival'],
    ['2026-02-14', 0, 'a Saturday worked for it'],
    ['2026-02-28', 0, 'another'],
    ['2026-02-24', 0, 'the first working day'],
    ['2026-03-01', 1, 'a Sunday'],
    ['2026-09-25', 2, 'Mid-Autumn'],
    ['2025-10-08', 2, 'the last of eight days'],
    ['2025-10-11', 0, 'a Saturday worked for them'],
    ['2027-10-01', 2, 'National Day of a year without a notice'],
    ['2027-06-09', 2, 'Dragon Boat by the lunar calendar'],
    ['2027-06-10', 0, 'the day after'],
  ])('%s is of kind %i: %s', (day, kind) => {
    expect(dayKindOfChina(noon(day))).toBe(kind);
  });

  it('begin at local midnight', () => {
    expect(dayKindOfChina(Date.parse('2026-02-14T23:59:00+08:00'))).toBe(0);
    expect(dayKindOfChina(Date.parse('2026-02-15T00:01:00+08:00'))).toBe(2);
  });

  it('are asked once a day, whoever wants to know', () => {
    let asked = 0;
    const days = new DayKinds(SHANGHAI_OFFSET_MS, (atMs) => {
      asked++;
      return dayKindOfChina(atMs);
    });
    for (let i = 0; i < 100; i++) for (const day of [20_000, 20_001, 20_002]) days.of(day);
    expect(asked).toBe(3);
  });
});
