import type { Inlet, InletHealth } from '@lifeline/inlets';
import type { Ports } from '@lifeline/ports';
import { Gauge } from 'prom-client';
import { HistoryWriter } from './history-writer.js';
import { DeviceStatuses } from './inlets/device-statuses.js';
import { configuredInlets, type InletFactory } from './inlets/inlet-factory.js';
import { RegistryAuthority } from './inlets/registry-authority.js';
import { IngestPipeline } from './pipeline/ingest-pipeline.js';
import type { Projector } from './projections/projector.js';
import { ingestProjections } from './projections/projections.js';
import { Upkeep } from './upkeep.js';

export interface IngestHealth {
  /** Takes messages in and keeps them. A history that lags does not make it false: the log holds what is to be written. */
  readonly ready: boolean;
  /** Each thing that is wrong, in one line; empty where nothing is. */
  readonly problems: readonly string[];
  readonly inlets: readonly (InletHealth & { readonly name: string })[];
  /** Log records that the history does not hold yet. */
  readonly historyBehind: number;
}

/** Ingest as a whole: inlets, pipeline, history writer, projections, upkeep. Started and stopped in their order. */
export class IngestService {
  readonly pipeline: IngestPipeline;
  readonly history: HistoryWriter;
  readonly statuses = new DeviceStatuses();
  readonly inlets: readonly Inlet[];
  private readonly projectors: readonly Projector[];
  private readonly upkeep: Upkeep;
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly ports: Ports,
    factories: readonly InletFactory[] = configuredInlets(ports.configuration),
  ) {
    const { log, registry, clock, metrics, say } = ports;
    this.pipeline = new IngestPipeline({ log, registry, clock, metrics });
    this.history = new HistoryWriter(ports);
    this.projectors = ingestProjections(ports, this.history);
    this.upkeep = new Upkeep(ports);
    const authority = new RegistryAuthority(registry);
    this.inlets = factories.map(({ name, create }) =>
      create({
        sink: this.pipeline.sink(name),
        authority,
        onRefusal: (refusal) => this.pipeline.refuse(name, refusal),
        onStatus: (status) => this.statuses.put(status),
        clock,
        say,
      }),
    );
    const { history, inlets } = this;
    new Gauge({
      name: 'lifeline_inlet_connections',
      help: 'Connections of devices (embedded broker), or to the broker (external), by inlet',
      labelNames: ['inlet'],
      registers: [metrics],
      collect() {
        for (const inlet of inlets) this.set({ inlet: inlet.name }, inlet.health().connections);
      },
    });
    new Gauge({
      name: 'lifeline_history_behind_records',
      help: 'Records of the reading log that the history does not hold yet',
      registers: [metrics],
      async collect() {
        this.set(await history.behind());
      },
    });
  }

  async start(): Promise<void> {
    await this.pipeline.rememberLog();
    await this.history.start();
    for (const projector of this.projectors) await projector.start();
    this.upkeep.start();
    // A password that no longer holds ends the connections that came in with it.
    this.stopListening = this.ports.registry.onChange(({ revokedDeviceIds }) => {
      for (const deviceId of revokedDeviceIds) for (const inlet of this.inlets) inlet.disconnect(deviceId);
    });
    // Last: from here on devices are answered.
    for (const inlet of this.inlets) await inlet.start();
  }

  /** Devices first, then what is under way; the log keeps the rest for the next start. */
  async stop(): Promise<void> {
    this.stopListening?.();
    for (const inlet of this.inlets) await inlet.stop();
    await this.pipeline.stop();
    this.upkeep.stop();
    // The projections hear of the stop first: one of them waits for the history.
    await Promise.all([...this.projectors.map((projector) => projector.stop()), this.history.stop()]);
  }

  async health(): Promise<IngestHealth> {
    const inlets = this.inlets.map((inlet) => ({ name: inlet.name, ...inlet.health() }));
    const problems: string[] = [];
    for (const inlet of inlets) if (!inlet.connected) problems.push(`inlet ${inlet.name} is not connected`);
    const append = this.pipeline.appendFailure;
    if (append) problems.push(append.message);
    const ready = problems.length === 0;
    const { failure } = this.history;
    if (failure)
      problems.push(`the history is not written since ${new Date(failure.sinceMs).toISOString()}: ${failure.message}`);
    for (const projector of this.projectors) {
      if (projector.failure) problems.push(`the projection ${projector.name} fails: ${projector.failure.message}`);
    }
    return { ready, problems, inlets, historyBehind: await this.history.behind() };
  }
}
