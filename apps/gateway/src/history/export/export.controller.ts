import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Controller, Inject, Res } from '@nestjs/common';
import { EXPORT_TYPES, MOST_EXPORTED_DAYS, type Sensor } from '@lifeline/contracts';
import { PORTS, type Ports } from '@lifeline/ports';
import type { Response } from 'express';
import { Call, Input, type AnswerOf, type InputOf } from '../../calls/call.js';
import { seriesOf } from '../../live/live-feed.js';
import { ProblemError } from '../../problems/problem.js';
import { refusal } from '../../problems/refusals.js';
import { CsvFile } from './csv-file.js';
import type { ExportFile } from './export-file.js';
import { exportName } from './export-name.js';
import { rawPages, shownPages, type ExportedSensor, type ExportPage, type ExportSpan } from './export-pages.js';
import { ParquetFile } from './parquet-file.js';
import { MOST_EXPORTS, RunningExports, type ExportProgress } from './running-exports.js';

const DAY_MS = 86_400_000;

/** History as files: read page by page as fast as the caller takes them, and no further when the caller is gone. */
@Controller()
export class ExportController {
  private readonly exports = new RunningExports();

  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  @Call('exportHistory')
  async export(@Input() { query }: InputOf<'exportHistory'>, @Res() response: Response): Promise<void> {
    const { format, rows, points, exportId } = query;
    const span = { fromMs: Math.ceil(query.from), toMs: Math.ceil(query.to) };
    if (span.fromMs >= span.toMs) throw refusal('span-empty', {}, 'query.from');
    if (span.toMs - span.fromMs > MOST_EXPORTED_DAYS * DAY_MS)
      throw refusal('span-too-long', { days: MOST_EXPORTED_DAYS }, 'query.from');
    const sensors = query.sensors.map((sensorId) => this.find(sensorId));
    if (this.exports.isFull) throw refusal('exports-busy', { count: MOST_EXPORTS });
    const { history } = this.ports;
    const progress: ExportProgress = { rows: 0, total: undefined };
    this.exports.begin(progress, exportId);
    try {
      // Before anything is sent, so that a history that does not answer is a refusal and not a file cut short.
      if (rows === 'raw') progress.total = await this.count(sensors, span);
      const pages = rows === 'raw' ? rawPages(history, sensors, span) : shownPages(history, sensors, span, points);
      const file = format === 'csv' ? new CsvFile(rows) : new ParquetFile(rows);
      response.setHeader(
        'Content-Type',
        format === 'csv' ? `${EXPORT_TYPES.csv}; charset=utf-8` : EXPORT_TYPES.parquet,
      );
      response.setHeader(
        'Content-Disposition',
        `attachment; filename="${exportName(query.sensors, rows, span, format)}"`,
      );
      // Not compressed on the way: the caller's pace must reach the history without a buffer between.
      response.setHeader('Cache-Control', 'no-store, no-transform');
      await pipeline(Readable.from(parts(file, pages, progress), { objectMode: true, highWaterMark: 1 }), response);
    } catch (error) {
      if (!isCallerGone(error)) throw error;
    } finally {
      this.exports.end(progress, exportId);
    }
  }

  @Call('getExport')
  progress(@Input() { params }: InputOf<'getExport'>): AnswerOf<'getExport'> {
    const progress = this.exports.of(params.exportId);
    if (!progress) throw new ProblemError(404, 'No such export is under way: it has ended, or another server runs it.');
    return { rows: progress.rows, ...(progress.total === undefined ? {} : { total: progress.total }) };
  }

  private async count(sensors: readonly ExportedSensor[], { fromMs, toMs }: ExportSpan): Promise<number> {
    let total = 0;
    for (const sensor of sensors) total += await this.ports.history.count(sensor.series, fromMs, toMs);
    return total;
  }

  private find(sensorId: string): ExportedSensor {
    const [deviceId = '', channel = ''] = sensorId.split('/');
    const sensor: Sensor | undefined = this.ports.registry.channels(deviceId)?.get(channel);
    if (!sensor) throw new ProblemError(404, `No sensor ${sensorId} is registered.`);
    return { sensorId, name: sensor.name, unit: sensor.unit, series: seriesOf(sensor) };
  }
}

async function* parts(
  file: ExportFile,
  pages: AsyncIterable<ExportPage>,
  progress: ExportProgress,
): AsyncGenerator<Uint8Array> {
  yield file.begin();
  for await (const page of pages) {
    const part = file.page(page);
    if (part.byteLength > 0) yield part;
    progress.rows += page.measuredAtMs.length;
    // Encoding holds the event loop for some milliseconds a page; what else waits comes in between.
    await nextTurn();
  }
  const last = file.end();
  if (last.byteLength > 0) yield last;
}

function isCallerGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}
