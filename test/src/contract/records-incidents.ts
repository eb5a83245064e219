import type { Incident, NewIncidentAct } from '@lifeline/contracts';
import type { Records, ToldIncident } from '@lifeline/records';
import { aMember, anIncident } from './records-builders.js';
import { allPages, Heard } from './records-suite.js';

const told = (incident: Incident, position: number, over: Partial<ToldIncident> = {}): ToldIncident => ({
  ...{ incident, position, joined: [], left: [] },
  ...over,
});
const note = (incidentId: string, text: string, by = 'olga'): NewIncidentAct => ({
  ...{ kind: 'note', incidentId, atMs: 5_000, by, text },
});
const idsOf = (items: readonly Incident[]) => items.map(({ incidentId }) => incidentId);

export function describeIncidentRecords(records: () => Records): void {
  describe('incidents', () => {
    it('keeps an incident as it was last told, with the alarms that are in it', async () => {
      const { incidents } = records();
      const joined = [aMember('k-1'), aMember('k-2', { why: { en: 'nul \0', zh: '空' } })];
      await incidents.keep([told(anIncident('incident.k'), 10, { joined })]);
      const later = anIncident('incident.k', { sequence: 2, priority: 'red' });
      await incidents.keep([told(later, 11, { joined: [aMember('k-3')], left: ['k-1', 'never'] })]);

      const file = await incidents.incident('incident.k');
      expect(file!.incident).toEqual(later);
      expect(file!.members.map(({ alarmId, why }) => [alarmId, why.en])).toEqual([
        ['k-2', 'nul \uFFFD'],
        ['k-3', 'On the same asset'],
      ]);
      expect(await incidents.incident('incident.nothing\0')).toBeUndefined();
    });

    it('takes all alarms of an incident anew where they are told whole', async () => {
      const { incidents } = records();
      await incidents.keep([told(anIncident('incident.w'), 1, { joined: [aMember('w-1'), aMember('w-2')] })]);
      await incidents.keep([told(anIncident('incident.w'), 2, { joined: [aMember('w-2')], isWhole: true })]);
      expect((await incidents.incident('incident.w'))!.members.map(({ alarmId }) => alarmId)).toEqual(['w-2']);
    });

    it('is told the same by several writers, and takes nothing that is older', async () => {
      const { incidents } = records();
      const steps = [1, 2, 3, 4].map((at) =>
        told(anIncident('incident.two', { sequence: at }), at, { joined: [aMember(`two-${at}`)] }),
      );
      await Promise.all([...steps, ...steps].map((step) => incidents.keep([step])));
      await incidents.keep(steps.slice(0, 1));
      await incidents.keep([told(anIncident('incident.two', { sequence: 9 }), 4, { left: ['two-4'] })]);
      await incidents.keep([told(anIncident('incident.two', { sequence: 5 }), 3, { left: ['two-3'] })]);

      expect((await incidents.incident('incident.two'))!.incident.sequence).toBe(9);
      expect((await incidents.incident('incident.two'))!.members.map(({ alarmId }) => alarmId)).not.toContain('two-4');
    });

    it('lets one of two acts in that follow the same one, and rewrites none', async () => {
      const { incidents } = records();
      const first = await incidents.act(note('incident.acts', 'seen from the road'), 0);
      expect(first.act).toMatchObject({ sequence: 1, by: 'olga', text: 'seen from the road' });
      const outcomes = await Promise.allSettled(
        ['emil', 'ada', 'olga'].map((by) => incidents.act(note('incident.acts', 'valve \0 shut', by), 1)),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      await expect(incidents.act(note('incident.acts', 'late'), 7)).rejects.toMatchObject({ code: 'act-conflict' });
      const acts = await incidents.acts('incident.acts');
      expect(acts.map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect(acts[1]).toMatchObject({ text: 'valve \uFFFD shut' });
    });

    it('gives the acts of all incidents in the order in which they came, and says that one came', async () => {
      const { incidents } = records();
      const heard = new Heard<true>();
      const stop = await incidents.onAct(() => heard.take(true));
      const before = await incidents.newestActNo();
      const written = await Promise.all(
        ['b', 'a', 'c', 'd'].map((name) => incidents.act(note(`incident.order-${name}`, name), 0)),
      );
      await heard.until((items) => items.length > 0);
      await stop();

      const all = await incidents.actsAfter(before, 100);
      expect(all).toEqual(written.toSorted((x, y) => x.actNo - y.actNo));
      expect(await incidents.actsAfter(all[1]!.actNo, 1)).toEqual([all[2]]);
      expect(await incidents.newestActNo()).toBe(all.at(-1)!.actNo);
    });

    it('gives a start what stands: open ones, those of open alarms, those named so, and acts without an incident', async () => {
      const { incidents } = records();
      const over: Partial<Incident> = { state: 'closed', closedAtMs: 2_000 };
      await incidents.keep([
        told(anIncident('incident.s-open'), 1, { joined: [aMember('s-1')] }),
        told(anIncident('incident.s-settled', over), 1, { joined: [aMember('s-2')] }),
        told(anIncident('incident.s-3', over), 1),
        told(anIncident('incident.s-gone', over), 1, { joined: [aMember('s-9')] }),
      ]);
      await incidents.act(note('incident.s-open', 'one'), 0);
      await incidents.act(note('incident.s-untold', 'two'), 0);
      const standing = await incidents.standing(['s-2', 's-3'], ['incident.s-3']);
      const ours = standing.filter(({ incident, acts }) =>
        (incident?.incidentId ?? acts[0]!.incidentId).startsWith('incident.s-'),
      );
      expect(
        ours.map(({ incident, members, acts }) => [incident?.incidentId ?? null, members.length, acts.length]),
      ).toEqual([
        ['incident.s-3', 0, 0],
        ['incident.s-open', 1, 1],
        ['incident.s-settled', 1, 0],
        [null, 0, 1],
      ]);
    });

    it('lists the newest first by page, by state, lifeline, words and time', async () => {
      const { incidents } = records();
      const names = Array.from({ length: 12 }, (_, i) => `incident.list-${String(i).padStart(2, '0')}`);
      await incidents.keep(
        names.map((incidentId, i) =>
          told(
            anIncident(incidentId, {
              ...{ openedAtMs: 50_000 + Math.floor(i / 2), utilities: i % 2 === 0 ? ['gas', 'power'] : ['gas'] },
              ...(i < 4 ? { state: 'closed' as const, closedAtMs: 60_000 + i } : {}),
              headline: { en: `Market ${i}`, zh: `市场${i}` },
              conclusion: i === 0 ? { cause: 'sensor', text: 'Probe WET', by: 'olga', atMs: 60_000 } : null,
            }),
            1,
          ),
        ),
      );
      const mine = (items: readonly Incident[]) => idsOf(items).filter((id) => id.startsWith('incident.list-'));
      const pages = await allPages((after) => incidents.incidents({ limit: 5, after, q: 'market' }));
      expect(idsOf(pages)).toEqual(names.toReversed());
      expect(mine((await incidents.incidents({ limit: 100, state: 'closed' })).items)).toHaveLength(4);
      expect(mine((await incidents.incidents({ limit: 100, utility: 'power' })).items)).toHaveLength(6);
      expect(idsOf((await incidents.incidents({ limit: 100, q: 'probe wet' })).items)).toEqual(['incident.list-00']);
      expect(mine((await incidents.incidents({ limit: 100, closedSinceMs: 60_002 })).items)).toHaveLength(10);
      expect(mine((await incidents.incidents({ limit: 100, openAtMs: 60_001 })).items)).toHaveLength(10);
      expect(mine((await incidents.incidents({ limit: 100, openAtMs: 50_001 })).items)).toHaveLength(4);
      await expect(incidents.incidents({ limit: 5, after: 'nonsense' })).rejects.toMatchObject({ code: 'page-token' });
    });

    it('leaves out an incident that is empty and that nobody worked on', async () => {
      const { incidents } = records();
      const counts = { ...anIncident('x').counts, members: 0 };
      const empty = { counts, headline: { en: 'Emptied', zh: '空' } };
      await incidents.keep([
        told(anIncident('incident.empty', empty), 1),
        told(anIncident('incident.empty-worked-on', { ...empty, actSequence: 1 }), 1),
      ]);
      const { items } = await incidents.incidents({ limit: 10, q: 'emptied' });
      expect(idsOf(items)).toEqual(['incident.empty-worked-on']);
    });
  });
}
