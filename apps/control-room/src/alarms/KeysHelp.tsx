import { Kbd, Modal, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { letterKeys, turnLetterKeys } from '../frame/letter-keys.js';
import { useCell } from '../live/cell.js';
import styles from './alarms.module.css';

const KEYS = [
  [['j', 'k'], 'move'],
  [['Enter'], 'open'],
  [['a'], 'acknowledge'],
  [['s'], 'shelve'],
  [['i'], 'incident'],
  [['c'], 'callOut'],
  [['m'], 'map'],
  [['l'], 'mapList'],
  [['←', '→', '+', '−'], 'mapMove'],
  [['/'], 'find'],
  [['?'], 'help'],
  [['Esc'], 'close'],
] as const;

export function KeysHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const letters = useCell(letterKeys);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      size="sm"
      closeButtonProps={{ 'aria-label': t('words.close') }}
    >
      <dl className={styles.keys}>
        {KEYS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(`keys.${word}`)}</dd>
          </div>
        ))}
      </dl>
      <Switch
        mt={12}
        size="sm"
        label={t('keys.letters')}
        description={t('keys.lettersWhy')}
        checked={letters === 'on'}
        data-testid="letter-keys"
        onChange={(event) => turnLetterKeys(event.currentTarget.checked ? 'on' : 'off')}
      />
    </Modal>
  );
}
