import {
  definitionOf,
  type AlarmDefinition,
  type AlarmTransition,
  type DefinedAlarm,
  type Sensor,
} from '@lifeline/contracts';
import type { AlarmDefinitionStore } from './port.js';
import { Turns } from './turns.js';

const AGAIN_MS = 5_000;

/**
 * The master alarm database in memory: what the alarm desk and the gateway ask for each alarm. Read again after each notice of the
 * store; where that fails it is reported, tried again until it succeeds, and what was known holds meanwhile.
 */
export class AlarmDefinitionCopy {
  private byId: ReadonlyMap<string, AlarmDefinition> = new Map();
  private readonly turns = new Turns();
  private stopListening: (() => Promise<void>) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /** @param typeOf type of a sensor's channel; null where it has none, or the sensor is unknown */
  constructor(
    private readonly store: Pick<AlarmDefinitionStore, 'newest' | 'onChange'>,
    private readonly typeOf: (sensorId: string) => string | null,
    private readonly report: (error: unknown) => void = () => undefined,
  ) {}

  /** Reads everything, and listens from then on. */
  async start(): Promise<void> {
    this.stopListening = await this.store.onChange(() => this.readSoon());
    await this.read();
  }

  /** Resolves once a read under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.stopListening?.();
    await this.turns.take(async () => undefined);
  }

  /** Applies a change at once, without waiting for the notice. */
  async read(): Promise<void> {
    await this.turns.take(async () => {
      const newest = await this.store.newest();
      this.byId = new Map(newest.map((definition) => [definition.definitionId, definition]));
    });
  }

  /** By id. */
  all(): readonly AlarmDefinition[] {
    return [...this.byId.values()];
  }

  /** The definition that holds for an alarm; undefined where not even its rule has one. */
  of(alarm: DefinedAlarm & Pick<AlarmTransition, 'sensorId'>): AlarmDefinition | undefined {
    return definitionOf(alarm, this.typeOf(alarm.sensorId), this.byId);
  }

  private readSoon(): void {
    if (this.stopped) return;
    this.read().catch((error: unknown) => {
      if (this.stopped) return;
      this.report(error);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.readSoon(), AGAIN_MS);
    });
  }
}

/** Finds the type of a sensor in the registry's copy. */
export function typeInRegistry(registry: {
  channels(deviceId: string): ReadonlyMap<string, Sensor> | undefined;
}): (sensorId: string) => string | null {
  return (sensorId) => {
    const slash = sensorId.indexOf('/');
    return registry.channels(sensorId.slice(0, slash))?.get(sensorId.slice(slash + 1))?.type ?? null;
  };
}
