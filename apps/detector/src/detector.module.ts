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

/** The lifelines are read only here: a start does not wait for them before it needs them. */
async function detectionService(ports: Ports): Promise<DetectionService> {
  const { WATCH_PLANS } = await import('./watch-plans.js');
  return new DetectionService(ports, { plans: WATCH_PLANS });
}

@Module({})
export class DetectorModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(DETECTOR) private readonly service: DetectionService) {}

  static for(ports: Ports): DynamicModule {
    return {
      module: DetectorModule,
      providers: [{ provide: DETECTOR, useFactory: () => detectionService(ports) }],
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
