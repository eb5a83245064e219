import type { Incident } from '@lifeline/contracts';
import { Checkbox, Radio, ScrollArea, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../alarms/PriorityMark.js';
import { shownState } from '../../live/alarm-book.js';
import { SendRow } from '../../forms/SendRow.js';
import { useSending } from '../../forms/use-sending.js';
import { useSensorNames } from '../../words/use-sensor-names.js';
import { useNameIn } from '../../words/use-words.js';
import type { NearbyAlarm } from './nearby.js';
import styles from './hand.module.css';

/** What a person chose: a new incident of this alarm and others, or one that is open already. */
export type HandChoice =
  | { readonly kind: 'new'; readonly headline: string; readonly withAlarmIds: readonly string[] }
  | { readonly kind: 'add'; readonly incidentId: string };

interface OpenIncidentFormProps {
  readonly prefilled: string;
  readonly nearby: readonly NearbyAlarm[];
  readonly open: readonly Incident[];
  /** Rejects where the server refuses. */
  readonly onSend: (choice: HandChoice) => Promise<void>;
  readonly onCancel: () => void;
}

/** Opens an incident of an alarm, or puts it into an open one; Enter in the field of the headline is enough. */
export function OpenIncidentForm({ prefilled, nearby, open, onSend, onCancel }: OpenIncidentFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<HandChoice['kind']>('new');
  const [headline, setHeadline] = useState(prefilled);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [incidentId, setIncidentId] = useState<string>();
  const [tried, setTried] = useState<'no' | 'yes'>('no');
  const { isSending, refused, send } = useSending();
  const isMissing = kind === 'new' ? headline.trim() === '' : incidentId === undefined;
  const submit = (): void => {
    setTried('yes');
    if (isMissing) return;
    void send(() =>
      onSend(kind === 'new' ? { kind, headline, withAlarmIds: ticked } : { kind, incidentId: incidentId as string }),
    );
  };
  return (
    <form
      noValidate
      data-testid="open-incident-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {open.length > 0 && (
        <SegmentedControl
          fullWidth
          size="xs"
          mb={12}
          aria-label={t('incidents.hand.which')}
          value={kind}
          onChange={(value) => setKind(value === 'add' ? 'add' : 'new')}
          data={[
            { value: 'new', label: t('incidents.hand.new') },
            { value: 'add', label: t('incidents.hand.add') },
          ]}
          data-testid="open-incident-which"
        />
      )}
      {kind === 'new' ? (
        <>
          <TextInput
            size="xs"
            label={t('incidents.hand.headline')}
            value={headline}
            maxLength={200}
            onChange={(event) => setHeadline(event.currentTarget.value)}
            onFocus={(event) => event.currentTarget.select()}
            error={tried === 'yes' && isMissing ? t('incidents.hand.headlineNeeded') : undefined}
            data-autofocus
            data-testid="open-incident-headline"
          />
          <Nearby nearby={nearby} ticked={ticked} onTick={setTicked} />
        </>
      ) : (
        <OpenIncidents open={open} chosen={incidentId} onChoose={setIncidentId} />
      )}
      {kind === 'add' && tried === 'yes' && isMissing && (
        <p className={styles.refused}>{t('incidents.hand.chooseOne')}</p>
      )}
      <SendRow testId="open-incident-send" isSending={isSending} refused={refused} onCancel={onCancel}>
        {t(kind === 'new' ? 'incidents.hand.open' : 'incidents.hand.addIt')}
      </SendRow>
    </form>
  );
}

interface NearbyProps {
  readonly nearby: readonly NearbyAlarm[];
  readonly ticked: readonly string[];
  readonly onTick: (alarmIds: readonly string[]) => void;
}

function Nearby({ nearby, ticked, onTick }: NearbyProps) {
  const { t } = useTranslation();
  const names = useSensorNames();
  const nameIn = useNameIn();
  if (nearby.length === 0) return <p className={styles.none}>{t('incidents.hand.noneNear')}</p>;
  return (
    <Checkbox.Group size="xs" mt={12} label={t('incidents.hand.near')} value={[...ticked]} onChange={onTick}>
      <ScrollArea.Autosize mah={220} className={styles.list}>
        {nearby.map(({ alarm, isOnSameAsset, metres }) => (
          <Checkbox
            key={alarm.alarmId}
            size="xs"
            value={alarm.alarmId}
            className={styles.choice}
            data-testid="open-incident-near"
            label={
              <span className={styles.label}>
                <PriorityMark priority={alarm.priority} state={shownState(alarm)} size={14} />
                <span>
                  {names.ofAlarm(alarm).full}
                  <span className="quiet">
                    {' '}
                    · {nameIn(alarm.reason)} ·{' '}
                    {isOnSameAsset ? t('incidents.hand.sameAsset') : t('incidents.hand.metres', { count: metres ?? 0 })}
                  </span>
                </span>
              </span>
            }
          />
        ))}
      </ScrollArea.Autosize>
    </Checkbox.Group>
  );
}

interface OpenIncidentsProps {
  readonly open: readonly Incident[];
  readonly chosen: string | undefined;
  readonly onChoose: (incidentId: string) => void;
}

function OpenIncidents({ open, chosen, onChoose }: OpenIncidentsProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  return (
    <Radio.Group size="xs" label={t('incidents.hand.openOnes')} value={chosen ?? null} onChange={onChoose}>
      <ScrollArea.Autosize mah={280} className={styles.list}>
        {open.map((incident) => (
          <Radio
            key={incident.incidentId}
            size="xs"
            value={incident.incidentId}
            className={styles.choice}
            data-testid="open-incident-choice"
            label={
              <span className={styles.label}>
                <PriorityMark
                  priority={incident.priority}
                  state={incident.counts.unacknowledged > 0 ? 'unacknowledged' : 'acknowledged'}
                  size={14}
                />
                <span>{nameIn(incident.headline)}</span>
              </span>
            }
          />
        ))}
      </ScrollArea.Autosize>
    </Radio.Group>
  );
}
