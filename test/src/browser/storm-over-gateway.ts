import { join } from 'node:path';
import { buildCity } from '@lifeline/city';
import type { AlarmTransition } from '@lifeline/contracts';
import { planDevices } from '@lifeline/devices';
import { START_MS, stormNight } from '../bench/storm/night.js';
import { playDesk } from '../bench/storm/play-desk.js';
import { RunningGateway, runDesk } from '../gateway/running-gateway.js';
import { workspaceRoot } from '../product/lifeline-process.js';

const SEED = 'storm';
const RAW_ALARMS = 900;
/** The storm's last alarm is so old. */
const OVER_FOR_MS = 60_000;
const NIGHT_MS = 600_000;

export interface Storm {
  readonly gateway: RunningGateway;
  readonly raw: number;
  stop(): Promise<void>;
}

/** The built page over the simulated city's registry, with a storm night's alarms: nobody has acknowledged any. */
export async function startStorm(): Promise<Storm> {
  const city = buildCity(SEED);
  const devices = planDevices(city, SEED);
  const gateway = await RunningGateway.start(
    { pageFolder: join(workspaceRoot, 'apps/control-room/dist') },
    async (ports) => {
      await ports.records.registry.putAssets(city.assets);
      await ports.records.registry.putDevices(devices, ports.clock.nowMs());
      await ports.registry.reload();
    },
  );
  const stopDesk = runDesk(gateway.ports);
  const night = stormNight(city, devices, SEED, RAW_ALARMS);
  const laterMs = gateway.ports.clock.nowMs() - OVER_FOR_MS - NIGHT_MS - START_MS;
  const told = playDesk(night).told.map(({ transition }) => shifted(transition, laterMs));
  await gateway.appendTransitions(...told);
  await gateway.heardAll(told.length);
  return {
    gateway,
    raw: new Set(told.map(({ alarmId }) => alarmId)).size,
    async stop() {
      await stopDesk();
      await gateway.stop();
    },
  };
}

function shifted(transition: AlarmTransition, byMs: number): AlarmTransition {
  return { ...transition, raisedAtMs: transition.raisedAtMs + byMs, atMs: transition.atMs + byMs };
}
