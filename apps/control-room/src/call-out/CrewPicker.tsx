import type { CallOut, DutyChoice, DutyPost, DutyStanding } from '@lifeline/contracts';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNameIn } from '../words/use-words.js';
import { PhoneLink } from './PhoneLink.js';
import { useStateWords } from './use-state-words.js';
import styles from './call-out.module.css';

interface CrewPickerProps {
  readonly choices: readonly DutyChoice<DutyPost>[];
  /** Those made for the same before, newest first: who did not answer is seen to have been called. */
  readonly before: readonly CallOut[];
  readonly chosen: string | undefined;
  readonly onChoose: (postId: string) => void;
}

const GROUPS: readonly DutyStanding[] = ['on-call', 'off-call', 'elsewhere'];

/** Who may be called: those on call for the place first; the others are greyed, and may be chosen all the same. */
export function CrewPicker({ choices, before, chosen, onChoose }: CrewPickerProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The keyboard begins at the first choice: Enter sends, the arrows choose another.
    const inputs = [...(list.current?.querySelectorAll('input') ?? [])];
    (inputs.find(({ checked }) => checked) ?? inputs[0])?.focus();
  }, []);
  const isNobody = !choices.some(({ standing }) => standing === 'on-call');
  return (
    <div ref={list} className={styles.crews} role="radiogroup" aria-label={t('callOut.whom')} data-testid="crews">
      {isNobody && (
        <p className={styles.nobody} role="status" data-testid="nobody-on-call">
          {t('callOut.nobody')}
        </p>
      )}
      {!isNobody && chosen === undefined && (
        <p className={styles.nobody} role="status" data-testid="all-called">
          {t('callOut.allCalled')}
        </p>
      )}
      {GROUPS.map((standing) => {
        const group = choices.filter((choice) => choice.standing === standing);
        if (group.length === 0) return null;
        return (
          <div key={standing} className={styles.group}>
            <div className={styles.groupName}>{t(`callOut.standing.${standing}`)}</div>
            {group.map((choice) => (
              <Crew
                key={choice.post.postId}
                choice={choice}
                last={before.find(({ crew }) => crew.postId === choice.post.postId)}
                isChosen={choice.post.postId === chosen}
                isFirst={choice.post.postId === (chosen ?? choices[0]?.post.postId)}
                onChoose={() => onChoose(choice.post.postId)}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface CrewProps {
  readonly choice: DutyChoice<DutyPost>;
  /** The newest call-out of this crew for the same. */
  readonly last: CallOut | undefined;
  readonly isChosen: boolean;
  /** Where the keyboard begins. */
  readonly isFirst: boolean;
  readonly onChoose: () => void;
}

function Crew({ choice: { post, standing, isOnCall }, last, isChosen, isFirst, onChoose }: CrewProps) {
  const { t } = useTranslation();
  const nameIn = useNameIn();
  const stateWords = useStateWords();
  const notes = [
    nameIn(post.can),
    ...(standing === 'elsewhere' ? [t(isOnCall ? 'callOut.onCallElsewhere' : 'callOut.notOnCall')] : []),
    ...(last === undefined ? [] : [stateWords(last)]),
  ];
  return (
    <div
      className={styles.crew}
      data-dim={!isOnCall || standing !== 'on-call'}
      data-testid="crew"
      data-standing={standing}
    >
      <label>
        <input
          type="radio"
          name="crew"
          checked={isChosen}
          onChange={onChoose}
          data-autofocus={isFirst || undefined}
          data-testid="crew-choice"
          data-post-id={post.postId}
        />
        <span>
          <span className={styles.crewName}>{nameIn(post.name)}</span>
          <span className={styles.small}>{notes.join(' · ')}</span>
        </span>
      </label>
      <PhoneLink phone={post.phone} />
    </div>
  );
}
