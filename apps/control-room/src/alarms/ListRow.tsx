import { FoldLine } from '../incidents/FoldLine.js';
import { IncidentLine } from '../incidents/IncidentLine.js';
import { MemberLine } from '../incidents/MemberLine.js';
import { AlarmLine } from './AlarmLine.js';
import type { Row } from './list-rows.js';
import type { AlarmDesk } from './use-alarm-desk.js';

/** The row's element: what a screen reader is told the cursor is on. */
export function rowId({ key }: Pick<Row, 'key'>): string {
  return `line-${key}`;
}

interface ListRowProps {
  readonly row: Row;
  readonly desk: AlarmDesk;
  readonly chosen: boolean;
}

/** One row of the list, whatever it is about. What is no longer known draws nothing. */
export function ListRow({ row, desk, chosen }: ListRowProps) {
  const shared = {
    ...{ id: rowId(row), chosen, level: row.level },
    onChoose: () => desk.choose(row),
    onAcknowledge: () => desk.acknowledge(row),
  };
  const onToggle = (): void => (row.isOpen ? desk.close(row) : desk.open(row));
  if (row.kind === 'incident')
    return <IncidentLine {...shared} line={row.line} isOpen={row.isOpen} onToggle={onToggle} />;
  if (row.kind === 'fold') return <FoldLine {...shared} line={row.line} isOpen={row.isOpen} />;
  const alarm = desk.find(row.alarmId);
  if (alarm === undefined) return null;
  if (row.kind === 'member') return <MemberLine {...shared} alarm={alarm} incidentId={row.incidentId} />;
  return <AlarmLine {...shared} alarm={alarm} />;
}
