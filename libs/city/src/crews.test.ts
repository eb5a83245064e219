import { dutyContentSchema, onCallFor, UTILITIES } from '@lifeline/contracts';
import { cityFacts, drawCity, dutyRoster } from './index.js';

describe('the duty roster of the simulated city', () => {
  const roster = dutyRoster();
  const posts = roster.map((content, at) => ({ ...content, postId: String(at) }));
  const districts = drawCity('341100').districts.map(({ name }) => name);

  it('is one that the server takes, for districts that the city has, with numbers that nobody has', () => {
    for (const entry of roster) {
      expect(dutyContentSchema.parse(entry)).toEqual(entry);
      expect(districts).toEqual(expect.arrayContaining(entry.districts));
      expect(entry.phone).toMatch(/^000-5550-01\d\d$/);
    }
    expect(new Set(roster.map(({ phone }) => phone)).size).toBe(roster.length);
  });

  it('has somebody of the lifeline itself on call everywhere at every hour of the week', () => {
    const mondayMs = Date.UTC(2026, 0, 4, 16);
    for (let hour = 0; hour < 7 * 24; hour++) {
      for (const utility of UTILITIES)
        for (const district of [...districts, null]) {
          const onCall = onCallFor(posts, { utility, district }, mondayMs + hour * 3_600_000, cityFacts.timeZone);
          expect([utility, district, hour, onCall[0]?.utility]).toEqual([utility, district, hour, utility]);
        }
    }
  });
});
