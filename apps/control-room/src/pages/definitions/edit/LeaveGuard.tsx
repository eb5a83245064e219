import { Button, Group, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { readDefinitionsSearch } from '../search.js';

/** Asks before an unsaved edit is left, by a link, by the back key or by closing the tab. */
export function LeaveGuard({ mayLose }: { readonly mayLose: () => boolean }) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!mayLose()) return false;
      const before = readDefinitionsSearch(current.search as Readonly<Record<string, unknown>>);
      const after = readDefinitionsSearch(next.search as Readonly<Record<string, unknown>>);
      // Filters and the language may change under an edit; only what takes the form away asks.
      return current.pathname !== next.pathname || before.def !== after.def || after.edit !== true;
    },
    enableBeforeUnload: mayLose,
    withResolver: true,
  });
  const isAsking = blocker.status === 'blocked';
  return (
    <Modal
      opened={isAsking}
      onClose={() => blocker.reset?.()}
      title={t('definitions.unsavedTitle')}
      centered
      closeButtonProps={{ 'aria-label': t('words.close') }}
    >
      <p>{t('definitions.unsaved')}</p>
      <Group justify="flex-end" gap={8} mt={16}>
        <Button size="xs" variant="default" onClick={() => blocker.reset?.()} data-autofocus data-testid="stay">
          {t('definitions.stay')}
        </Button>
        <Button size="xs" onClick={() => blocker.proceed?.()} data-testid="leave">
          {t('definitions.leave')}
        </Button>
      </Group>
    </Modal>
  );
}
