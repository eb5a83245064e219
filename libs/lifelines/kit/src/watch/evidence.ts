import type { Evidence } from '@lifeline/contracts';

export interface EvidenceParts {
  readonly test: string;
  readonly expected?: { readonly value: number; readonly low: number; readonly high: number };
  readonly residual?: number;
  readonly carriers: readonly {
    readonly sensorId: string;
    readonly share: number;
    readonly value?: number;
    readonly expected?: number;
  }[];
  readonly confidence: number;
  readonly figures: readonly {
    readonly name: { readonly en: string; readonly zh: string };
    readonly value: number;
    readonly unit: string;
  }[];
}

/** Evidence that the contract takes, whatever was not finite left out; carriers ordered, the strongest first, shares of 1. */
export function evidenceOf(parts: EvidenceParts): Evidence {
  const { expected } = parts;
  const carriers = parts.carriers
    .map((carrier) => ({ ...carrier, share: Number.isFinite(carrier.share) ? Math.max(0, carrier.share) : 0 }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 16);
  const sum = carriers.reduce((all, { share }) => all + share, 0);
  return {
    test: parts.test,
    expected:
      expected && [expected.value, expected.low, expected.high].every(Number.isFinite)
        ? { value: expected.value, low: expected.low, high: expected.high }
        : null,
    residual: finite(parts.residual),
    carriers: carriers.map(({ sensorId, share, value, expected: wanted }) => ({
      sensorId,
      share: sum > 0 ? share / sum : 1 / carriers.length,
      value: finite(value),
      expected: finite(wanted),
    })),
    confidence: Number.isFinite(parts.confidence) ? Math.min(1, Math.max(0, parts.confidence)) : null,
    location: null,
    figures: parts.figures
      .filter(({ value }) => Number.isFinite(value))
      .slice(0, 12)
      .map((figure) => ({ ...figure })),
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
