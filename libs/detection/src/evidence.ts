import type { Evidence } from '@lifeline/contracts';

const MOST_CARRIERS = 16;
const MOST_FIGURES = 12;
const MOST_POINTS = 64;

/**
 * What a test gave as its evidence, such that it can be stored: numbers that are none are left out with what they belong to
 * (JSON would make null of them and the alarm unreadable), lists are cut to the contract's bounds.
 */
export function storableEvidence(given: Evidence): Evidence {
  const { expected, residual, confidence, location } = given;
  const band = expected && areFinite(expected.value, expected.low, expected.high) ? expected : null;
  const placed =
    location &&
    areFinite(location.alongM, location.uncertaintyM, ...location.position) &&
    location.stretch.every(isPoint)
      ? { ...location, stretch: location.stretch.slice(0, MOST_POINTS) }
      : null;
  return {
    test: given.test,
    expected: band,
    residual: finiteOrNull(residual),
    carriers: given.carriers
      .filter(({ share }) => Number.isFinite(share))
      .slice(0, MOST_CARRIERS)
      .map(({ sensorId, share, value, expected: usual }) => ({
        sensorId,
        share,
        value: finiteOrNull(value),
        expected: finiteOrNull(usual),
      })),
    confidence: confidence !== null && Number.isFinite(confidence) ? Math.min(1, Math.max(0, confidence)) : null,
    location: placed,
    figures: given.figures.filter(({ value }) => Number.isFinite(value)).slice(0, MOST_FIGURES),
  };
}

export function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function areFinite(...numbers: readonly number[]): boolean {
  return numbers.every((number) => Number.isFinite(number));
}

function isPoint(point: readonly number[]): boolean {
  return point.length === 2 && areFinite(...point);
}
