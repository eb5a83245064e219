import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  UINTEGER,
  UTINYINT,
  type DuckDBConnection,
  type DuckDBVector,
} from '@duckdb/node-api';
import { isDuplicate, type ReadingBlock } from '@lifeline/readings';

/** Rows of a full DuckDB vector: the most a chunk holds. */
const CHUNK_ROWS = 2048;
const TYPES = [UINTEGER, BIGINT, DOUBLE, UTINYINT];

/**
 * Appends the readings of the blocks to `recent`, column by column, those marked duplicate left out. Hot path: about 0.3
 * microseconds a reading on the event loop. Belongs in a transaction of the caller's.
 * @returns number of rows appended
 */
export async function appendBlocks(connection: DuckDBConnection, blocks: readonly ReadingBlock[]): Promise<number> {
  let left = 0;
  for (const block of blocks) for (const mark of block.mark) if (!isDuplicate(mark)) left++;
  if (left === 0) return 0;
  const rows = left;
  const appender = await connection.createAppender('recent');
  let closed = false;
  try {
    let chunk = newChunk(left);
    for (const block of blocks) {
      const { sensorNo, measuredAtMs, value, mark } = block;
      for (let i = 0; i < mark.length; i++) {
        if (isDuplicate(mark[i]!)) continue;
        const row = chunk.filled++;
        chunk.sensorNo.setItem(row, sensorNo[i]!);
        chunk.measuredAtMs.setItem(row, BigInt(Math.floor(measuredAtMs[i]!)));
        chunk.value.setItem(row, value[i]!);
        chunk.mark.setItem(row, mark[i]!);
        if (chunk.filled < chunk.rows) continue;
        flushColumns(chunk);
        appender.appendDataChunk(chunk.chunk);
        left -= chunk.rows;
        if (left > 0) chunk = newChunk(left);
      }
    }
    closed = true;
    appender.closeSync();
    return rows;
  } finally {
    // What an unfinished appender holds must not reach the table when it is collected.
    if (!closed) appender.clear();
  }
}

interface FillingChunk {
  readonly chunk: DuckDBDataChunk;
  readonly rows: number;
  filled: number;
  readonly sensorNo: DuckDBVector;
  readonly measuredAtMs: DuckDBVector;
  readonly value: DuckDBVector;
  readonly mark: DuckDBVector;
}

function newChunk(rowsLeft: number): FillingChunk {
  const rows = Math.min(CHUNK_ROWS, rowsLeft);
  const chunk = DuckDBDataChunk.create(TYPES, rows);
  return {
    chunk,
    rows,
    filled: 0,
    sensorNo: chunk.getColumnVector(0),
    measuredAtMs: chunk.getColumnVector(1),
    value: chunk.getColumnVector(2),
    mark: chunk.getColumnVector(3),
  };
}

function flushColumns(chunk: FillingChunk): void {
  chunk.sensorNo.flush();
  chunk.measuredAtMs.flush();
  chunk.value.flush();
  chunk.mark.flush();
}
