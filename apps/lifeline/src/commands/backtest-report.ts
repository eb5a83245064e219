import type { BacktestAlarm, BacktestRun } from './backtest-run.js';

/** A time in which something was wrong, as people know it. */
export interface LabelledEvent {
  readonly startMs: number;
  readonly endMs: number;
  readonly label: string;
}

export interface JudgedEvent extends LabelledEvent {
  readonly found: boolean;
  /** From the start of the event to the first alarm in it; null where it was missed. */
  readonly delayS: number | null;
  readonly alarm: BacktestAlarm | null;
}

export interface BacktestReport {
  readonly readings: number;
  readonly sensors: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly alarms: readonly (BacktestAlarm & {
    /** Whether it lies in a labelled event; null where none were given. */
    readonly isTrue: boolean | null;
  })[];
  readonly events: readonly JudgedEvent[];
  readonly summary: {
    readonly alarms: number;
    readonly found: number;
    readonly missed: number;
    /** Null without labelled events. */
    readonly falseAlarms: number | null;
    readonly falseAlarmsPerSensorYear: number | null;
    readonly recall: number | null;
    /** Median over the events that were found. */
    readonly delayMedianS: number | null;
  };
}

const YEAR_MS = 365.25 * 86_400_000;

/**
 * Holds the alarms against the labelled events: an event is found by the first alarm raised from its start (less the tolerance) to its end (plus
 * the tolerance); an alarm in none of them is false.
 */
export function reportOf(
  run: BacktestRun,
  sensors: number,
  events: readonly LabelledEvent[] | undefined,
  toleranceMs: number,
): BacktestReport {
  const isWithin = ({ raisedAtMs }: BacktestAlarm, { startMs, endMs }: LabelledEvent): boolean =>
    raisedAtMs >= startMs - toleranceMs && raisedAtMs <= endMs + toleranceMs;
  const alarms = run.alarms.toSorted((a, b) => a.raisedAtMs - b.raisedAtMs);
  const judged = (events ?? []).map((event): JudgedEvent => {
    const alarm = alarms.find((one) => isWithin(one, event)) ?? null;
    return { ...event, found: alarm !== null, delayS: alarm ? (alarm.raisedAtMs - event.startMs) / 1000 : null, alarm };
  });
  const marked = alarms.map((alarm) => ({
    ...alarm,
    isTrue: events ? events.some((event) => isWithin(alarm, event)) : null,
  }));
  const found = judged.filter((event) => event.found).length;
  const falseAlarms = events ? marked.filter(({ isTrue }) => isTrue === false).length : null;
  const years = (sensors * (run.toMs - run.fromMs)) / YEAR_MS;
  const delays = judged.flatMap(({ delayS }) => (delayS === null ? [] : [delayS])).sort((a, b) => a - b);
  return {
    readings: run.readings,
    sensors,
    fromMs: run.fromMs,
    toMs: run.toMs,
    alarms: marked,
    events: judged,
    summary: {
      alarms: marked.length,
      found,
      missed: judged.length - found,
      falseAlarms,
      falseAlarmsPerSensorYear: falseAlarms === null || !(years > 0) ? null : falseAlarms / years,
      recall: judged.length === 0 ? null : found / judged.length,
      delayMedianS: delays[Math.floor(delays.length / 2)] ?? null,
    },
  };
}

/** Alarms shown to people; all are in the JSON. */
const MOST_ROWS = 100;

/** The report as tables for people. */
export function textOf(report: BacktestReport): string {
  const { alarms, events, summary } = report;
  const lines = [
    `${report.readings} readings of ${report.sensors} ${report.sensors === 1 ? 'sensor' : 'sensors'}, ${when(report.fromMs)} to ${when(report.toMs)}`,
    '',
    ...table(
      ['raised', 'cleared', 'sensor', 'rule', 'limit', 'priority', ...(events.length > 0 ? ['true'] : []), 'reason'],
      alarms
        .slice(0, MOST_ROWS)
        .map((alarm) => [
          when(alarm.raisedAtMs),
          alarm.clearedAtMs === null ? 'still on' : when(alarm.clearedAtMs),
          alarm.sensorId,
          alarm.rule,
          alarm.limit,
          alarm.priority,
          ...(events.length > 0 ? [alarm.isTrue ? 'yes' : 'no'] : []),
          alarm.reason,
        ]),
    ),
  ];
  if (alarms.length > MOST_ROWS) lines.push(`… and ${alarms.length - MOST_ROWS} more; --json prints all`);
  if (events.length > 0) {
    lines.push(
      '',
      ...table(
        ['event', 'from', 'to', 'found after', 'by'],
        events.map((event) => [
          event.label,
          when(event.startMs),
          when(event.endMs),
          event.delayS === null ? 'missed' : spanOf(event.delayS),
          event.alarm ? `${event.alarm.rule} on ${event.alarm.sensorId}` : '',
        ]),
      ),
    );
  }
  lines.push('', summaryLine(summary, events.length));
  return lines.join('\n');
}

function summaryLine(summary: BacktestReport['summary'], events: number): string {
  const { alarms, found, falseAlarms, falseAlarmsPerSensorYear, delayMedianS } = summary;
  const count = `${alarms} ${alarms === 1 ? 'alarm' : 'alarms'}`;
  if (events === 0) return count;
  const rate = falseAlarmsPerSensorYear === null ? '' : ` (${falseAlarmsPerSensorYear.toPrecision(3)} a sensor-year)`;
  const delay = delayMedianS === null ? '' : `, half of these within ${spanOf(delayMedianS)}`;
  return `${found} of ${events} events found${delay}; ${count}, ${falseAlarms} of them false${rate}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['no alarms'];
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  return all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}

/** UTC to the second. */
function when(atMs: number): string {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString().slice(0, 19).replace('T', ' ') : '–';
}

/** Seconds as people say them. */
function spanOf(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 120) return `${Math.round(seconds)} s`;
  if (size < 7200) return `${Math.round(seconds / 60)} min`;
  if (size < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86_400).toFixed(1)} d`;
}
