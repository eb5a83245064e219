import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { ImportAnswer } from '@lifeline/contracts';
import { EXIT, StartError } from '../machine/start-error.js';
import { openApi, withConnection, type ConnectionOptions } from './connection.js';

/** `lifeline sensors import FILE`: registers sensors from CSV through a running Lifeline. */
export function sensorsCommand(): Command {
  const importCommand = withConnection(
    new Command('import')
      .description('register sensors from a CSV file, all or nothing; the same file twice changes nothing')
      .argument(
        '<file>',
        'CSV in UTF-8 with a header line; required columns: deviceId, utility, channel, name, unit, lon, lat',
      ),
  )
    .option('--dry-run', 'only say what would happen')
    .option('--json', 'print the answer as JSON')
    .action(async (file: string, options: ConnectionOptions & { dryRun?: boolean; json?: boolean }) => {
      const csv = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new StartError(EXIT.failed, `${file} cannot be read (${error.code ?? error.message}).`);
      });
      const api = await openApi(options);
      const answer = await api.call<ImportAnswer>(
        'POST',
        `/sensors/import?dryRun=${options.dryRun ? 'true' : 'false'}`,
        csv,
        'text/csv',
      );
      if (options.json) console.log(JSON.stringify(answer));
      else sayAnswer(file, answer, options.dryRun ?? false);
      process.exitCode = answer.errors.length > 0 ? EXIT.failed : 0;
    });
  return new Command('sensors').description('work with the registered sensors').addCommand(importCommand);
}

function sayAnswer(file: string, answer: ImportAnswer, dryRun: boolean): void {
  for (const error of answer.errors.slice(0, 50)) {
    console.error(`${file}: row ${error.row}, ${error.column}: ${error.message}`);
  }
  if (answer.errors.length > 50) console.error(`… and ${answer.errors.length - 50} more`);
  const counts = `${answer.rows} rows: ${answer.created} new, ${answer.changed} changed, ${answer.unchanged} unchanged`;
  if (answer.errors.length > 0)
    console.error(`${counts}. ${answer.errors.length} wrong cells: nothing was imported. Mend them and try again.`);
  else console.log(dryRun ? `${counts}. A dry run: nothing was written.` : `${counts}.`);
}
