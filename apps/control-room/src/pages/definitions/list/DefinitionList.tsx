import { channelTypeOfDefinition, utilityOfDefinition } from '@lifeline/catalogue';
import type { AlarmDefinition } from '@lifeline/contracts';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../../../alarms/PriorityMark.js';
import { UtilityIcon } from '../../../words/UtilityIcon.js';
import { useNameIn } from '../../../words/use-words.js';
import styles from '../definitions.module.css';

interface ListProps {
  readonly definitions: readonly AlarmDefinition[];
  readonly chosen: string | undefined;
  readonly onChoose: (definitionId: string) => void;
  /** The chosen one is to be read: the focus goes to it. */
  readonly onRead: () => void;
}

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The definitions, a line each. j, k and the arrows move and show; Enter goes into what is shown. */
export function DefinitionList({ definitions, chosen, onChoose, onRead }: ListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = steps[event.key];
    const lines = [...(list.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const at = lines.findIndex((line) => line === document.activeElement);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? lines.length - 1 : by === undefined ? -1 : at + by;
    const line = lines[to];
    if (line === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    line.focus();
    onChoose(line.dataset['definitionId']!);
  };
  const isKnown = definitions.some(({ definitionId }) => definitionId === chosen);
  return (
    <ul ref={list} className={styles.lines} aria-label={t('definitions.list')} onKeyDown={onKeyDown}>
      {definitions.map((definition, at) => (
        <li key={definition.definitionId}>
          <Line
            definition={definition}
            isChosen={definition.definitionId === chosen}
            isInTabOrder={isKnown ? definition.definitionId === chosen : at === 0}
            onClick={() => (definition.definitionId === chosen ? onRead() : onChoose(definition.definitionId))}
          />
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly definition: AlarmDefinition;
  readonly isChosen: boolean;
  /** One line alone is in the order of Tab; the arrows lead to the others. */
  readonly isInTabOrder: boolean;
  readonly onClick: () => void;
}

function Line({ definition, isChosen, isInTabOrder, onClick }: LineProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const { definitionId, title, priority, minutesToRespond, version } = definition;
  const utility = utilityOfDefinition(definitionId);
  const type = channelTypeOfDefinition(definitionId);
  return (
    <button
      type="button"
      className={styles.line}
      aria-current={isChosen}
      tabIndex={isInTabOrder ? 0 : -1}
      onClick={onClick}
      data-testid="definition-line"
      data-definition-id={definitionId}
    >
      <PriorityMark priority={priority} state="acknowledged" size={18} />
      <span className={styles.lineText}>
        <span className="one-line">{nameIn(title)}</span>
        <span className="one-line quiet">
          {type === undefined ? t('definitions.everyType') : nameIn(type.name)} · {definitionId}
        </span>
      </span>
      <span className={styles.lineEnd}>
        {utility === undefined ? (
          <span className="only-read-aloud">{t('definitions.everyLifeline')}</span>
        ) : (
          <UtilityIcon utility={utility} size={15} />
        )}
        <span className="quiet">{t('definitions.minutes', { minutes: minutesToRespond })}</span>
        {version > 1 && <span className={styles.edited}>{t('definitions.versionShort', { version })}</span>}
      </span>
    </button>
  );
}
