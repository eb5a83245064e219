import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Ports } from '@lifeline/ports';
import { DetectionService } from './detection-service.js';

/** Injection token of the running DetectionService. */
export const DETECTOR = Symbol('lifeline.detector');

@Module({})
export class DetectorModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(DETECTOR) private readonly service: DetectionService) {}

  static for(ports: Ports): DynamicModule {
    return {
      module: DetectorModule,
      providers: [{ provide: DETECTOR, useFactory: () => new DetectionService(ports) }],
      exports: [DETECTOR],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.service.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.service.stop();
  }
}
