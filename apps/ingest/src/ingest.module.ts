import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Ports } from '@lifeline/ports';
import { IngestService } from './ingest-service.js';
import type { InletFactory } from './inlets/inlet-factory.js';

/** Injection token of the running IngestService. */
export const INGEST = Symbol('lifeline.ingest');

@Module({})
export class IngestModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(INGEST) private readonly service: IngestService) {}

  /** @param inlets where messages come in; by default the inlet that the settings name */
  static for(ports: Ports, inlets?: readonly InletFactory[]): DynamicModule {
    return {
      module: IngestModule,
      providers: [{ provide: INGEST, useFactory: () => new IngestService(ports, inlets) }],
      exports: [INGEST],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.service.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.service.stop();
  }
}
