import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { openDuckDbHistory } from '@lifeline/history';
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
