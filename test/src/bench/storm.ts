import { buildCity } from '@lifeline/city';
import { planDevices } from '@lifeline/devices';
import { stormNight } from './storm/night.js';
import { playDesk } from './storm/play-desk.js';
import { timeNight, watchNight, type Watched } from './storm/watch.js';

const SEED = 'storm';
/** Large enough that a storm can raise so many. */
const SCALE = 3;
const RAW_ALARMS = 3000;
/** The desk alone is timed, so many times; the least is given, since what else the machine does is not the desk's. */
const ROUNDS = 9;

/**
 * A storm night over the simulated city: 3,000 raw alarms in ten minutes through the alarm desk and the incident desk. Figures: lines
 * of the operator's list and the place of the gas leak in it, the account of alarms, the cost. Baseline: the flat list of alarms.
 */
export async function run(_options: { readonly data?: string } = {}): Promise<{
  bench: 'storm';
  figures: Record<string, number>;
  baseline: Record<string, number>;
  ratio: Record<string, number>;
}> {
  const city = buildCity(SEED, SCALE);
  const night = stormNight(city, planDevices(city, SEED), SEED, RAW_ALARMS);
  const play = watchNight(night);
  for (const { words, priority, alarms } of play.lines) console.error(`${priority.padEnd(6)} ${alarms}  ${words.en}`);
  const { raw, transitions, inIncidents, alone, suppressed, incidents } = play;
  const { told } = playDesk(night);
  const costs = Array.from({ length: ROUNDS }, () => timeNight(night, told));
  const baseline = { ...play.flat };
  const figures = {
    ...play.ours,
    ...{ raw, transitions, inIncidents, alone, suppressed, lost: raw - inIncidents - alone - suppressed, incidents },
    ...{ begins: play.begins.raw, beginsAnnounced: play.begins.announced, beginsSuppressed: play.begins.suppressed },
    ...{ beginsFolded: play.begins.folded, beginsKnown: play.begins.known },
    joinedShare: round3(play.joinedShare),
    foreignShare: round3(play.foreignShare),
    microsecondsPerTransition: round3(Math.min(...costs)),
  };
  const keys = Object.keys(baseline) as (keyof Watched)[];
  const ratio = Object.fromEntries(keys.map((key) => [key, round3(figures[key] / baseline[key])]));
  return { bench: 'storm', figures, baseline, ratio };
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
