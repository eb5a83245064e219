import { Controller, Get, Inject, Res } from '@nestjs/common';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Response } from 'express';
import { Needs } from '../calls/call.js';
import { GATEWAY_OPTIONS, type GatewayOptions, type ReadyCheck } from '../gateway-options.js';
import { LiveFeed } from '../live/live-feed.js';

const CHECK_WITHIN_MS = 2_000;

interface ReadyPart {
  readonly name: string;
  readonly ready: boolean;
  readonly detail?: string;
}

/** Asks every part side by side; one that throws or does not answer in time is not ready. */
export async function askParts(checks: readonly ReadyCheck[], withinMs: number): Promise<readonly ReadyPart[]> {
  return Promise.all(
    checks.map(async ({ name, check }): Promise<ReadyPart> => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<string>((resolve) => {
        timer = setTimeout(() => resolve(`does not answer within ${withinMs / 1000} s`), withinMs);
      });
      try {
        const detail = await Promise.race([check(), late]);
        return detail === undefined ? { name, ready: true } : { name, ready: false, detail };
      } catch (error) {
        return { name, ready: false, detail: error instanceof Error ? error.message : String(error) };
      } finally {
        clearTimeout(timer);
      }
    }),
  );
}

/** For the machine that watches this process. Needs no login: it tells states, no readings and no names of people. */
@Controller()
export class HealthController {
  private readonly own: readonly ReadyCheck[];

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
    @Inject(LiveFeed) feed: LiveFeed,
  ) {
    const works = async (ask: () => Promise<unknown>): Promise<undefined> => {
      await ask();
      return undefined;
    };
    this.own = [
      { name: 'log', check: () => works(() => ports.log.head('readings')) },
      { name: 'history', check: () => works(() => ports.history.cursor()) },
      { name: 'records', check: () => works(() => ports.records.people.hasUsers()) },
      { name: 'live', check: async () => feed.problem },
    ];
  }

  @Get('health/live')
  @Needs('anyone')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  @Needs('anyone')
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    // The other services name their checks once they stand, after this controller.
    const parts = await askParts([...this.own, ...(this.options.readyChecks ?? [])], CHECK_WITHIN_MS);
    const isReady = parts.every((part) => part.ready);
    response.status(isReady ? 200 : 503);
    response.setHeader('Cache-Control', 'no-store');
    return { status: isReady ? 'ready' : 'not-ready', parts };
  }

  /** Prometheus text. Numbers alone; where even these are not for everybody, a proxy in front keeps /metrics to itself. */
  @Get('metrics')
  @Needs('anyone')
  async metrics(@Res() response: Response): Promise<void> {
    const text = await this.ports.metrics.metrics();
    response.setHeader('Content-Type', this.ports.metrics.contentType);
    response.end(text);
  }
}
