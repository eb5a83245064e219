import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { openDuckDbHistory, openInfluxHistory } from '@lifeline/history';
import { startInfluxDb, type RunningInfluxDb } from '../servers/influxdb.js';
import { temporaryFolder } from '../servers/process.js';
import { describeHistory, seriesOf } from './history-suite.js';

describeHistory(
  'a DuckDB file',
  async () => {
    const folder = temporaryFolder('history');
    const history = await openDuckDbHistory({
      file: join(folder, 'history.duckdb'),
      series: seriesOf,
      settleEveryMs: 0,
    });
    return {
      history,
      dispose: async () => {
        await history.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
  { retention: 'adapter', keepsCursor: true },
);

describe('with InfluxDB', () => {
  let influx: RunningInfluxDb;
  let databases = 0;
  beforeAll(async () => {
    influx = await startInfluxDb();
  });
  afterAll(async () => {
    await influx.stop();
  });

  const openFresh = async () => {
    const bucket = `history${++databases}`;
    await influx.createDatabase(bucket);
    return openInfluxHistory({ url: influx.url, org: 'lifeline', bucket, series: seriesOf });
  };

  describeHistory(
    'InfluxDB',
    async () => {
      const history = await openFresh();
      return { history, dispose: () => history.close() };
    },
    { retention: 'store', keepsCursor: false },
  );
});
