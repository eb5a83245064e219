import { UTILITIES } from '@lifeline/contracts';
import { accuracyAt, CHANNEL_TYPES, channelType, channelTypesOf, displayUnit } from './index.js';

describe('the channel catalogue', () => {
  it('holds the 46 types of the domain defaults and two of this project, each code once', () => {
    expect(CHANNEL_TYPES).toHaveLength(48);
    expect(new Set(CHANNEL_TYPES.map((type) => type.code)).size).toBe(48);
  });

  it('gives every lifeline its types, and together they are all', () => {
    const counts = UTILITIES.map((utility) => channelTypesOf(utility).length);
    expect(Object.fromEntries(UTILITIES.map((utility, i) => [utility, counts[i]]))).toEqual({
      gas: 10,
      power: 14,
      bridge: 13,
      drainage: 11,
    });
  });

  it.each(CHANNEL_TYPES.map((type) => [type.code, type] as const))(
    '%s has limits in order and inside its range',
    (_, type) => {
      const { lowLow, low, high, highHigh } = type.limits;
      const set = [lowLow, low, high, highHigh].filter((limit) => limit !== null);
      expect([...set].sort((a, b) => a - b)).toEqual(set);
      for (const limit of [...set, ...(type.redAbove ? [type.redAbove.value] : [])]) {
        expect(limit).toBeGreaterThanOrEqual(type.range.low);
        expect(limit).toBeLessThanOrEqual(type.range.high);
      }
      if (type.redAbove) expect(type.redAbove.value).toBeGreaterThan(highHigh ?? Infinity);
    },
  );

  it.each(CHANNEL_TYPES.map((type) => [type.code, type] as const))(
    '%s can leave each of its limits again',
    (_, type) => {
      const { lowLow, low, high, highHigh, deadband } = type.limits;
      const band = deadband ?? 0;
      const innerLow = low ?? lowLow ?? type.range.low;
      const innerHigh = high ?? highHigh ?? type.range.high;
      expect(band).toBeGreaterThanOrEqual(0);
      expect(innerLow + band).toBeLessThan(innerHigh);
      expect(innerHigh - band).toBeGreaterThan(innerLow);
    },
  );

  it.each(CHANNEL_TYPES.map((type) => [type.code, type] as const))(
    '%s is usual between its inner limits',
    (_, type) => {
      expect(type.range.low).toBeLessThan(type.range.high);
      if (!type.usual) return expect(type.relativeLimits).not.toBeNull();
      expect(type.usual.low).toBeLessThanOrEqual(type.usual.high);
      expect(type.usual.low).toBeGreaterThanOrEqual(Math.max(type.range.low, type.limits.low ?? -Infinity));
      expect(type.usual.high).toBeLessThanOrEqual(Math.min(type.range.high, type.limits.high ?? Infinity));
    },
  );

  it.each(CHANNEL_TYPES.map((type) => [type.code, type] as const))(
    '%s says where its figures come from and what they are called',
    (_, type) => {
      expect(type.source).toMatch(/^domain 9\/.+ \[(P|M|S\d+)\]$/);
      expect(type.name.en.length).toBeGreaterThan(0);
      expect(type.name.zh).toMatch(/\p{Script=Han}/u);
      expect(type.unitLabel.en.length).toBeGreaterThan(0);
    },
  );

  it('turns percentages of full scale into the unit, rates into a minute and samples into seconds', () => {
    expect(channelType('P_MID')?.limits).toEqual({
      lowLow: 0.05,
      low: 0.1,
      high: 0.4,
      highHigh: 0.44,
      deadband: 0.012,
      onDelayS: 15,
      offDelayS: 15,
      ratePerMinute: 0.02,
    });
    expect(channelType('T_OIL')?.limits.ratePerMinute).toBe(0.5);
    expect(channelType('FREQ')?.limits.ratePerMinute).toBe(30);
    expect(channelType('MODF')?.limits.onDelayS).toBe(7200);
  });

  it('makes methane at the explosion limit and deep ponding red', () => {
    expect(channelType('CH4_MH')?.redAbove).toEqual({ value: 5, onDelayS: 0 });
    expect(channelType('POND')?.redAbove?.value).toBe(40);
  });

  it('leaves limits of the design empty and says how they are set', () => {
    const strain = channelType('STRN');
    expect(strain?.limits.high).toBeNull();
    expect(strain?.relativeLimits?.en).toContain('design value');
  });

  it('knows no type without a code', () => {
    expect(channelType(null)).toBeUndefined();
    expect(channelType('NOPE')).toBeUndefined();
  });

  it('takes an accuracy in percent of the size of the reading', () => {
    expect(accuracyAt(channelType('Q_GAS')!, -200)).toBe(3);
    expect(accuracyAt(channelType('T_OIL')!, -200)).toBe(1.5);
  });

  it('shows units as people read them, and an unknown one as it is', () => {
    expect(displayUnit('Cel').en).toBe('°C');
    expect(displayUnit('10*-6{strain}').zh).toBe('µε');
    expect(displayUnit('kPa').en).toBe('kPa');
  });
});
