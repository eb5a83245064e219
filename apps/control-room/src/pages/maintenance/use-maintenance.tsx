import type { ListedWindow, MaintenanceContent, MaintenanceWindow } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { useRefusalWords } from '../../refusals/use-refusal-words.js';
import { useMay } from '../../session/use-user.js';

const KEY = ['maintenance'];
/** What a window holds back changes with every alarm. */
const REREAD_MS = 10_000;

/** The windows as the server lists them: what is on, what comes, what is past. */
export function useMaintenance() {
  return useQuery<readonly ListedWindow[]>({
    queryKey: KEY,
    refetchInterval: REREAD_MS,
    queryFn: async ({ signal }) => (await call('listMaintenance', { signal })).items,
  });
}

export interface MaintenanceActs {
  /** Rejects with `CallError` where the server refuses. */
  save(content: MaintenanceContent, before: MaintenanceWindow | undefined): Promise<void>;
  /** Told where it is refused. */
  end(window: MaintenanceWindow, nowMs: number): Promise<void>;
}

/** What may be done with windows; what can be undone is told with the way to undo it. */
export function useMaintenanceActs(): MaintenanceActs {
  const { t } = useTranslation();
  const client = useQueryClient();
  const refusalWords = useRefusalWords();
  const isEngineer = useMay('engineer');

  const tell = useCallback(
    (message: string, undo?: () => void): void => {
      const id = 'maintenance-told';
      notifications.hide(id);
      const way = undo && (
        <Button
          size="compact-xs"
          variant="default"
          data-testid="undo-window"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {t('maintenance.undo')}
        </Button>
      );
      const said = (
        <>
          {message} {way}
        </>
      );
      notifications.show({ id, message: said, withBorder: true });
    },
    [t],
  );

  const doing = useCallback(
    async (work: () => Promise<void>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        notifications.show({ title: t('maintenance.notDone'), message: refusalWords(error), withBorder: true });
      }
      await client.invalidateQueries({ queryKey: KEY });
    },
    [client, refusalWords, t],
  );

  const end = useCallback<MaintenanceActs['end']>(
    (window, nowMs) =>
      doing(async () => {
        const { windowId, version } = window;
        const ended = await call('endMaintenance', { params: { windowId }, body: { expectedVersion: version } });
        const message = t(nowMs < window.fromMs ? 'maintenance.calledOff' : 'maintenance.ended');
        const open = (): void =>
          void doing(async () => {
            const body = { expectedVersion: ended.version, content: contentAlone(window) };
            await call('changeMaintenance', { params: { windowId }, body });
          });
        tell(message, isEngineer ? open : undefined);
      }),
    [doing, isEngineer, t, tell],
  );

  const save = useCallback<MaintenanceActs['save']>(
    async (content, before) => {
      if (before === undefined) {
        const window = await call('createMaintenance', { body: content });
        tell(t('maintenance.planned'), () => void end(window, Date.now()));
      } else {
        const { windowId, version } = before;
        const body = { expectedVersion: version, content };
        await call('changeMaintenance', { params: { windowId }, body });
        tell(t('maintenance.changed'));
      }
      await client.invalidateQueries({ queryKey: KEY });
    },
    [client, end, t, tell],
  );

  return { save, end };
}

function contentAlone(window: MaintenanceWindow): MaintenanceContent {
  const { fromMs, toMs, kind, scope, worker, permit, note, coversGasDanger } = window;
  return { fromMs, toMs, kind, scope, worker, permit, note, coversGasDanger };
}
