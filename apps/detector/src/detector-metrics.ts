import type { DeskFigures } from '@lifeline/alarms';
import type { AlarmTransition } from '@lifeline/contracts';
import type { DetectionFigures } from '@lifeline/detection';
import { Counter, Gauge, Histogram, type Registry as Metrics } from 'prom-client';

export interface DetectorFigures {
  readonly lagRecords: () => number;
  readonly openAlarms: () => number;
  readonly passedOver: () => { readonly late: number; readonly unknown: number };
  readonly detection: () => DetectionFigures;
  readonly desk: () => DeskFigures;
}

export class DetectorMetrics {
  private readonly alarms: Counter<'event' | 'priority'>;
  private readonly batch: Histogram;

  constructor(metrics: Metrics, figures: DetectorFigures) {
    const registers = [metrics];
    this.alarms = new Counter({
      name: 'lifeline_alarms_total',
      help: 'Alarm transitions in the log, by event and priority',
      labelNames: ['event', 'priority'],
      registers,
    });
    this.batch = new Histogram({
      name: 'lifeline_detector_batch_seconds',
      help: 'Time from a batch of readings handed over to its alarms in the log',
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
      registers,
    });
    new Gauge({
      name: 'lifeline_detector_lag_records',
      help: 'Records of readings in the log that the detector has not seen yet',
      registers,
      collect() {
        this.set(figures.lagRecords());
      },
    });
    new Gauge({
      name: 'lifeline_alarms_open',
      help: 'Alarms whose state is not normal',
      registers,
      collect() {
        this.set(figures.openAlarms());
      },
    });
    new Gauge({
      name: 'lifeline_detector_passed_over_readings',
      help: 'Readings since the start that no rule saw: older than the newest of their sensor, or of an unknown sensor',
      labelNames: ['reason'],
      registers,
      collect() {
        const { late, unknown } = figures.passedOver();
        this.set({ reason: 'late' }, late);
        this.set({ reason: 'unknown-sensor' }, unknown);
      },
    });
    new Counter({
      name: 'lifeline_detector_readings_total',
      help: 'Readings fed to the detection engine; their rate is readings a second',
      registers,
      collect() {
        this.reset();
        this.inc(figures.detection().readings);
      },
    });
    new Counter({
      name: 'lifeline_findings_total',
      help: 'Findings begun since the start by the test that spoke, those too that became no alarm of their own',
      labelNames: ['test'],
      registers,
      collect() {
        this.reset();
        for (const [test, begun] of figures.detection().findings) this.inc({ test }, begun);
      },
    });
    new Counter({
      name: 'lifeline_alarm_conditions_total',
      help: 'Conditions begun since the start, by what the desk made of them: announced, held, or folded into one that chatters',
      labelNames: ['became'],
      registers,
      collect() {
        this.reset();
        const { announced, held, folded } = figures.desk();
        this.inc({ became: 'announced' }, announced);
        this.inc({ became: 'held' }, held);
        this.inc({ became: 'folded' }, folded);
      },
    });
    new Gauge({
      name: 'lifeline_asset_watches',
      help: 'Watches of assets: at work, or set aside because they failed',
      labelNames: ['state'],
      registers,
      collect() {
        const { watches, setAside } = figures.detection();
        this.set({ state: 'at-work' }, watches);
        this.set({ state: 'set-aside' }, setAside);
      },
    });
  }

  countTransition({ event, priority }: AlarmTransition): void {
    this.alarms.inc({ event, priority });
  }

  observeBatch(seconds: number): void {
    this.batch.observe(seconds);
  }
}
