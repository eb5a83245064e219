import type { OperatorLine } from '@lifeline/incidents';
import { ChevronDownIcon, ChevronRightIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { PriorityMark } from '../alarms/PriorityMark.js';
import { formatCount } from '../words/numbers.js';
import { useNameIn } from '../words/use-words.js';
import type { GroupLineProps } from './IncidentLine.js';
import styles from './lines.module.css';

interface FoldLineProps extends GroupLineProps {
  readonly line: Extract<OperatorLine, { kind: 'fold' }>;
}

/** Less important lines of one kind and place, as one, with their number. */
export function FoldLine({ id, line, chosen, level, isOpen, onChoose }: FoldLineProps) {
  const { t } = useTranslation();
  const words = useNameIn()(line.words);
  const waits = line.unacknowledged > 0;
  const Chevron = isOpen ? ChevronDownIcon : ChevronRightIcon;
  return (
    <div
      className={styles.fold}
      data-testid="fold-line"
      data-priority={line.priority}
      data-waits={waits}
      data-level={level}
      role="gridcell"
      id={id}
      aria-selected={chosen}
      onClick={onChoose}
    >
      <PriorityMark priority={line.priority} state={waits ? 'unacknowledged' : 'acknowledged'} size={20} />
      <div className={styles.body}>
        <div className={styles.foot}>
          <span className={`${styles.headline} one-line`} title={words}>
            {words}
          </span>
          <Chevron size={16} strokeWidth={1.8} aria-hidden />
        </div>
        <div className="quiet">
          {waits
            ? t('incidents.unacknowledged', { count: line.unacknowledged, shown: formatCount(line.unacknowledged) })
            : t('state.acknowledged')}
        </div>
      </div>
    </div>
  );
}
