import { StateMemory } from '../state-memory.js';
import { BeyondRange } from './beyond-range.js';
import type { ReadingView } from './detector.js';
import { NewShape } from './new-shape.js';
import { OffCourse } from './off-course.js';
import { OffDay } from './off-day.js';
import { OffWeek } from './off-week.js';
import { SlotBaseline } from './slot-baseline.js';

const memory = () => new StateMemory(20_000);
const HOUR_MS = 3_600_000;

function view(changes: Partial<ReadingView>): ReadingView {
  return { value: 0, spread: 1, week: NaN, day: NaN, expected: NaN, deviation: NaN, ...changes };
}

describe('each detector', () => {
  it('off-week: the same distance is odder where the hour varies less', () => {
    const quiet = new OffWeek().strength(view({ value: 15, expected: 10, deviation: 0.1 }));
    const busy = new OffWeek().strength(view({ value: 15, expected: 10, deviation: 5 }));
    expect(quiet).toBeGreaterThan(busy);
    expect(new OffWeek().strength(view({ value: 15 }))).toBeNaN();
  });

  it('off-day: measures the distance to the hour of the day in spreads', () => {
    expect(new OffDay().strength(view({ value: 15, day: 10, spread: 2 }))).toBe(2.5);
  });

  it('off-course: adds up what lies to one side, and lets noise to both sides cancel', () => {
    const [aside, noisy] = [new OffCourse(memory()), new OffCourse(memory())];
    let last = [0, 0];
    for (let i = 0; i < 60; i++) {
      last = [
        aside.strength(view({ value: 11, week: 10 })),
        noisy.strength(view({ value: i % 2 === 0 ? 11 : 9, week: 10 })),
      ];
    }
    expect(last[0]!).toBeGreaterThan(0.95);
    expect(last[1]!).toBeLessThan(0.1);
  });

  it('beyond-range: is silent inside the range, and takes a record into it', () => {
    const detector = new BeyondRange(memory());
    const strengths = [5, 1, 9, 5, 12, 12, -1].map((value) => detector.strength(view({ value })));
    expect(strengths).toEqual([0, 4, 4, 0, 3, 0, 2]);
    expect(detector.width).toBe(13);
  });

  it('new-shape: knows a course that repeats, and stands up at one it never saw', () => {
    const detector = new NewShape(memory(), 2, 64);
    let known = 0;
    for (let i = 0; i < 640; i++) {
      const strength = detector.strength(view({ value: i % 32 < 16 ? 0 : 10 }));
      if (i >= 320) known = Math.max(known, strength);
    }
    expect(known).toBeLessThan(0.1);
    let unknown = 0;
    for (let i = 0; i < 16; i++) unknown = Math.max(unknown, detector.strength(view({ value: i % 4 < 2 ? 5 : 0 })));
    expect(unknown).toBeGreaterThan(1);
  });
});

describe('a slot baseline', () => {
  it('expects in each slot what the slot held, and nothing where it has seen too little', () => {
    const day = new SlotBaseline(memory(), 24, HOUR_MS);
    expect(day.expected(0)).toBeNaN();
    for (let hour = 0; hour < 24 * 5; hour++) day.learn(hour * HOUR_MS, hour % 24);
    expect(day.expected(24 * 100 * HOUR_MS + 7 * HOUR_MS)).toBeCloseTo(7);
    expect(day.expected(-17 * HOUR_MS)).toBeCloseTo(7);
  });

  it('follows a lasting change', () => {
    const day = new SlotBaseline(memory(), 24, HOUR_MS);
    for (let i = 0; i < 300; i++) day.learn(i * 3 * HOUR_MS, i < 100 ? 10 : 20);
    expect(day.expected(0)).toBeCloseTo(20, 1);
  });

  it('learns as fast from many readings an hour as from few', () => {
    const expectations = [10, 1000].map((readings) => {
      const day = new SlotBaseline(memory(), 24, HOUR_MS);
      for (let visit = 0; visit < 5; visit++) {
        for (let i = 0; i < readings; i++) {
          day.learn((visit * 24 + i / readings) * HOUR_MS, visit < 4 ? 10 : 20);
        }
      }
      return day.expected(0);
    });
    expect(Math.abs(expectations[0]! - expectations[1]!)).toBeLessThan(1);
  });
});
