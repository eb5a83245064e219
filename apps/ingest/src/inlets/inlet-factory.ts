import type { Clock } from '@lifeline/contracts';
import type { Configuration } from '@lifeline/configuration';
import {
  embeddedInlet,
  externalInlet,
  type DeviceAuthority,
  type DeviceStatus,
  type Inlet,
  type MessageSink,
  type Refusal,
} from '@lifeline/inlets';

/** What ingest gives an inlet to work with. */
export interface InletWiring {
  readonly sink: MessageSink;
  readonly authority: DeviceAuthority;
  readonly onRefusal: (refusal: Refusal) => void;
  readonly onStatus: (status: DeviceStatus) => void;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

export interface InletFactory {
  /** Stands in the account; at most 15 letters. */
  readonly name: string;
  readonly create: (wiring: InletWiring) => Inlet;
}

/** The inlet that the settings name: the external broker's subscriber where there is one, else the embedded broker. */
export function configuredInlets({ externalMqtt, mqtt }: Configuration): InletFactory[] {
  if (externalMqtt) {
    return [{ name: 'external-mqtt', create: (wiring) => externalInlet({ ...externalMqtt, ...wiring }) }];
  }
  return [{ name: 'embedded-mqtt', create: (wiring) => embeddedInlet({ ...mqtt, ...wiring }) }];
}
