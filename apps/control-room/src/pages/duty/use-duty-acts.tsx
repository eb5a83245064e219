import type { DutyContent, DutyPost } from '@lifeline/contracts';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.js';
import { DUTY_KEY } from '../../call-out/use-duty.js';
import { useRefusalWords } from '../../refusals/use-refusal-words.js';
import { useNameIn } from '../../words/use-words.js';
import { contentAlone } from './form-values.js';

export interface DutyActs {
  /** Rejects with `CallError` where the server refuses. */
  save(content: DutyContent, before: DutyPost | undefined): Promise<void>;
  /** Told where it is refused; can be undone. */
  remove(post: DutyPost): Promise<void>;
}

const NOTICE = 'duty-told';

/** What an engineer may do with the roster. */
export function useDutyActs(): DutyActs {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const client = useQueryClient();
  const refusalWords = useRefusalWords();

  const save = useCallback<DutyActs['save']>(
    async (content, before) => {
      try {
        if (before === undefined) await call('createDuty', { body: content });
        else {
          const { postId, version } = before;
          await call('changeDuty', { params: { postId }, body: { expectedVersion: version, content } });
        }
        notifications.hide(NOTICE);
        notifications.show({ id: NOTICE, message: t(before ? 'duty.changed' : 'duty.added'), withBorder: true });
      } finally {
        await client.invalidateQueries({ queryKey: DUTY_KEY });
      }
    },
    [client, t],
  );

  const remove = useCallback<DutyActs['remove']>(
    async (post) => {
      const { postId, version } = post;
      const doing = async (work: () => Promise<void>): Promise<void> => {
        try {
          await work();
        } catch (error) {
          notifications.show({ title: t('duty.notDone'), message: refusalWords(error), withBorder: true });
        }
        await client.invalidateQueries({ queryKey: DUTY_KEY });
      };
      await doing(async () => {
        const removed = await call('removeDuty', { params: { postId }, body: { expectedVersion: version } });
        const putBack = (): Promise<void> =>
          doing(async () => {
            const body = { expectedVersion: removed.version, content: contentAlone(post) };
            await call('changeDuty', { params: { postId }, body });
          });
        notifications.hide(NOTICE);
        notifications.show({
          id: NOTICE,
          withBorder: true,
          message: (
            <>
              {t('duty.removed', { name: nameIn(post.name) })}{' '}
              <Button
                size="compact-xs"
                variant="default"
                data-testid="undo-remove"
                onClick={() => {
                  notifications.hide(NOTICE);
                  void putBack();
                }}
              >
                {t('duty.undo')}
              </Button>
            </>
          ),
        });
      });
    },
    [client, nameIn, refusalWords, t],
  );
  return { save, remove };
}
