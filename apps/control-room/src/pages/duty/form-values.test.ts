import { dutyContentSchema } from '@lifeline/contracts';
import { contentOf, newValues, valuesOf, type DutyValues } from './form-values.js';

const filled: DutyValues = {
  ...newValues(),
  ...{ nameEn: 'Crew', nameZh: '抢修队', canEn: 'Leaks', canZh: '泄漏', phone: ' 000-5550-0101 ' },
};
const faultsOf = (over: Partial<DutyValues>) => {
  const result = contentOf({ ...filled, ...over });
  return 'faults' in result ? Object.fromEntries(result.faults) : {};
};

describe('the form of a crew', () => {
  it('gives what the server takes, and reads it back', () => {
    const weekly = { ...filled, when: 'weekly', districts: ['north'], turn: '2' } as const;
    const result = contentOf(weekly);
    if (!('content' in result)) throw new Error('refused');
    expect(dutyContentSchema.parse(result.content)).toEqual(result.content);
    expect(valuesOf(result.content)).toEqual({ ...weekly, phone: '000-5550-0101', turn: 2 });
  });

  it('names each field that is missing or wrong', () => {
    expect(faultsOf({ nameZh: ' ', phone: '' })).toEqual({ nameZh: 'needed', phone: 'needed' });
    expect(faultsOf({ phone: 'ring Li', turn: 10 })).toEqual({ phone: 'phoneWrong', turn: 'turnWrong' });
    expect(faultsOf({ turn: '' })).toEqual({ turn: 'turnWrong' });
  });

  it.each([
    ['8:00', '08:00'],
    ['0800', '08:00'],
    [' 20：30 ', '20:30'],
    ['800', '08:00'],
  ])('takes the time %s', (from, taken) => {
    const result = contentOf({ ...filled, when: 'weekly', spans: [{ days: [1], from, to: '23:00' }] });
    expect('content' in result && result.content.hours).toEqual({
      kind: 'weekly',
      spans: [{ days: [1], from: taken, to: '23:00' }],
    });
  });

  it.each(['25:00', '8', 'noon', '8:5'])('refuses the time %s', (from) => {
    expect(faultsOf({ when: 'weekly', spans: [{ days: [1], from, to: '23:00' }] })).toEqual({ spans: 'timesNeeded' });
  });

  it('asks for days and times of the week only where they count', () => {
    const span = { days: [1], from: '08:00', to: '20:00' };
    expect(faultsOf({ when: 'weekly', spans: [] })).toEqual({ spans: 'spanNeeded' });
    expect(faultsOf({ when: 'weekly', spans: [span, { ...span, days: [] }] })).toEqual({ spans: 'daysNeeded' });
    expect(faultsOf({ when: 'weekly', spans: [{ ...span, to: '' }] })).toEqual({ spans: 'timesNeeded' });
    expect(faultsOf({ when: 'always', spans: [{ ...span, to: '' }] })).toEqual({});
  });
});
