import { anIncident } from '../../incidents/testing/an-incident.js';
import { closedRows, openRows } from './incident-rows.js';

const named = (incidentId: string, over: Parameters<typeof anIncident>[0] = {}) => anIncident({ incidentId, ...over });
const none = { utility: undefined, text: undefined };
const ids = (rows: readonly { readonly incidentId: string }[]) => rows.map(({ incidentId }) => incidentId);

describe('the rows of the page of incidents', () => {
  it('have what stands first, the worst before, then the newest; closed ones are elsewhere', () => {
    const quiet = { ...anIncident().counts, announced: 0 };
    const rows = openRows(
      [
        named('quiet', { priority: 'red', counts: quiet }),
        named('old', { openedAtMs: 1 }),
        named('new', { openedAtMs: 2 }),
        named('closed', { state: 'closed' }),
        named('red', { priority: 'red' }),
      ],
      none,
    );
    expect(ids(rows)).toEqual(['red', 'new', 'old', 'quiet']);
  });

  it('are narrowed by lifeline and by words in either language', () => {
    const rows = [
      named('power', { utilities: ['gas', 'power'] }),
      named('gas', { headline: { en: 'Leak at Nanqiao', zh: '南谯泄漏' } }),
    ];
    expect(ids(openRows(rows, { ...none, utility: 'power' }))).toEqual(['power']);
    expect(ids(openRows(rows, { ...none, text: 'nanqiao' }))).toEqual(['gas']);
    expect(ids(openRows(rows, { ...none, text: '泄漏' }))).toEqual(['gas']);
  });

  it('take what the live link knows better, and leave out what was opened again', () => {
    const live = new Map([
      ['again', named('again', { sequence: 9, state: 'open' })],
      ['concluded', named('concluded', { sequence: 9, state: 'closed', actSequence: 3 })],
    ]);
    const kept = ['again', 'concluded', 'other'].map((id) => named(id, { sequence: 5, state: 'closed' }));
    const rows = closedRows(kept, (incidentId) => live.get(incidentId));
    expect(rows.map(({ incidentId, sequence }) => [incidentId, sequence])).toEqual([
      ['concluded', 9],
      ['other', 5],
    ]);
  });
});
