import type { SeasonResult } from './seasons.js';

/** What is told of one engine over all seasons. */
export interface EngineFigures {
  readonly recall: number;
  readonly delayMeanS: number;
  readonly delayMedianS: number;
  readonly falseAlarmsPerSensorYear: number;
  readonly quietFalseAlarmsPerSensorYear: number;
  readonly positionErrorMedian: number;
  readonly positionErrorWorst: number;
  readonly locatedShare: number;
  readonly microsecondsPerReading: number;
}

/**
 * A missed fault counts in the delays with all the time it had: an engine that finds only what is quick to find must not look
 * quick. False alarms are all alarms without a cause from the end of learning on, in quiet time and beside the scenarios.
 */
export function figuresOf(results: readonly SeasonResult[], engine: string): EngineFigures {
  const judged = results.flatMap(({ judgements }) => judgements.get(engine)!.judged);
  const delays = judged.map(({ delayS }) => delayS);
  const toLocate = judged.filter(({ truth }) => truth.event.position !== undefined);
  const errors = toLocate.map(({ positionError }) => positionError).filter((error) => !Number.isNaN(error));
  const alarms = results.map(({ judgements, quietUntilMs }) => {
    const { falseAlarms } = judgements.get(engine)!;
    return { all: falseAlarms.length, quiet: falseAlarms.filter(({ alarm }) => alarm.toldMs < quietUntilMs).length };
  });
  const readings = sum(results.map((one) => one.readings));
  return {
    recall: judged.filter(({ alarm }) => alarm !== undefined).length / judged.length,
    delayMeanS: sum(delays) / delays.length,
    delayMedianS: median(delays),
    falseAlarmsPerSensorYear: sum(alarms.map(({ all }) => all)) / sum(results.map((one) => one.sensorYears)),
    quietFalseAlarmsPerSensorYear:
      sum(alarms.map(({ quiet }) => quiet)) / sum(results.map((one) => one.quietSensorYears)),
    positionErrorMedian: median(errors),
    positionErrorWorst: errors.length === 0 ? NaN : Math.max(...errors),
    locatedShare: toLocate.length === 0 ? NaN : errors.length / toLocate.length,
    microsecondsPerReading:
      sum(results.map((one) => one.microsecondsPerReading.get(engine)! * one.readings)) / readings,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
