// Writes batches to a history file, and settles beside it, until it is killed. Arguments: file, first sequence, readings a batch.
// Prints the sequence of each batch that the history has acknowledged.
import { openDuckDbHistory } from '@lifeline/history';

const [file, first, rows] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const T0 = Date.UTC(2026, 2, 1);
const history = await openDuckDbHistory({ file, settleEveryMs: 0, clock: { nowMs: () => T0 + 400 * 86_400_000 } });
const settling = (async () => {
  for (;;) await history.settle();
})();
settling.catch((error) => {
  console.error(error);
  process.exit(1);
});
for (let sequence = first; ; sequence++) {
  const block = {
    arrivedAtMs: T0,
    inlet: 'test',
    sensorNo: Uint32Array.from({ length: rows }, (_, i) => i + 1),
    // A new day each ten batches, so that days close and are settled while others are written.
    measuredAtMs: Float64Array.from({ length: rows }, () => T0 + Math.floor(sequence / 10) * 86_400_000 + sequence),
    value: Float64Array.from({ length: rows }, (_, i) => sequence * 1000 + i),
    mark: new Uint8Array(rows),
  };
  await history.write({ blocks: [block], partition: 0, sequence });
  process.stdout.write(`${sequence}\n`);
}
