import { Module, type DynamicModule } from '@nestjs/common';
import { DetectorModule } from '@lifeline/detector';
import { GatewayModule, type GatewayOptions } from '@lifeline/gateway';
import { IngestModule } from '@lifeline/ingest';
import type { Ports } from '@lifeline/ports';
import type { Role } from '../machine/data-folder.js';

/** The services of this process over one set of ports. */
@Module({})
export class LifelineModule {
  static for(ports: Ports, roles: readonly Role[], gateway: GatewayOptions): DynamicModule {
    return {
      module: LifelineModule,
      imports: [
        ...(roles.includes('detector') ? [DetectorModule.for(ports)] : []),
        ...(roles.includes('gateway') ? [GatewayModule.for(ports, gateway)] : []),
        ...(roles.includes('ingest') ? [IngestModule.for(ports)] : []),
      ],
    };
  }
}
