import type { Records } from '@lifeline/records';
import { aDevice } from './records-builders.js';
import { describeAlarmRecords } from './records-alarms.js';
import { describeCallOutRecords } from './records-call-outs.js';
import { describeDutyRecords } from './records-duty.js';
import { describeDefinitionRecords } from './records-definitions.js';
import { describeIncidentRecords } from './records-incidents.js';
import { describePeopleRecords } from './records-people.js';
import { describeRegistryRecords } from './records-registry.js';
import { describeSensorImport } from './records-import.js';
import { describeCounts } from './records-counts.js';

/** Empty records of their own, and the way to end them. */
export interface RecordsPlace {
  open(): Promise<Records>;
  clean(): Promise<void>;
}

/** What every adapter of the records must keep. */
export function describeRecords(name: string, place: () => Promise<RecordsPlace>): void {
  describe(`records in ${name}`, () => {
    let here: RecordsPlace;
    let records: Records;
    beforeAll(async () => {
      here = await place();
      records = await here.open();
    });
    afterAll(async () => {
      await records.close();
      await here.clean();
    });

    const current = () => records;
    describeRegistryRecords(current);
    describeSensorImport(current);
    describeAlarmRecords(current);
    describeCounts(current);
    describePeopleRecords(current);
    describeDefinitionRecords(current);
    describeIncidentRecords(current);
    describeDutyRecords(current);
    describeCallOutRecords(current);

    it('are the same after a restart', async () => {
      const device = await records.registry.createDevice(aDevice('restart-1'), 1);
      await records.close();

      records = await here.open();

      expect(await records.registry.device('restart-1')).toEqual(device);
    });
  });
}

/** Collects what comes, and waits for it. */
export class Heard<Item> {
  readonly items: Item[] = [];
  private wake: () => void = () => undefined;

  readonly take = (item: Item): void => {
    this.items.push(item);
    this.wake();
  };

  async until(enough: (items: readonly Item[]) => boolean): Promise<void> {
    while (!enough(this.items)) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}

export async function allPages<Item>(
  page: (after: string | undefined) => Promise<{ readonly items: readonly Item[]; readonly next?: string }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const answer = await page(after);
    items.push(...answer.items);
    after = answer.next;
  } while (after !== undefined);
  return items;
}
