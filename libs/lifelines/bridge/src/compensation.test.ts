import fc from 'fast-check';
import { MovingBearing } from './moving-bearing.js';
import { TrafficResponse } from './traffic-response.js';

const share = fc.double({ min: 0, max: 1.5, noNaN: true });

describe('a bearing', () => {
  it('follows by the share that it was made to follow by', () => {
    fc.assert(
      fc.property(share, fc.double({ min: 1, max: 30, noNaN: true }), (follows, amplitude) => {
        const bearing = new MovingBearing(new Float64Array(MovingBearing.STATE_SIZE));
        for (let i = 0; i < 144; i++) {
          const expected = amplitude * Math.sin((i / 144) * 2 * Math.PI);
          bearing.take(expected, 40 + follows * expected);
        }
        expect(bearing.following).toBeCloseTo(follows, 6);
      }),
    );
  });
});

describe('the answer to traffic', () => {
  it('is the slope on vibration, and silent without enough traffic', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 500, noNaN: true }), (slope) => {
        const response = new TrafficResponse(new Float64Array(TrafficResponse.STATE_SIZE));
        expect(response.close(0.001)).toBeNaN();
        for (let i = 0; i < 60; i++) response.take(0.03 + 0.02 * Math.sin(i), 5 + slope * (0.03 + 0.02 * Math.sin(i)));
        expect(response.close(0.001)).toBeCloseTo(slope, 6);
        for (let i = 0; i < 60; i++) response.take(0.03, 5);
        expect(response.close(0.001)).toBeNaN();
      }),
    );
  });
});
