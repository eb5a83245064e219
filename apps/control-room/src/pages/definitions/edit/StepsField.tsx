import { ArrowDownIcon, ArrowUpIcon, PlusIcon, XIcon } from 'lucide-react';
import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { WordsField } from './WordsField.js';
import type { Draft, DraftErrors } from './draft.js';
import { useErrorWords } from './use-error-words.js';
import styles from './form.module.css';

type Steps = Draft['procedure'];

interface StepsFieldProps {
  readonly steps: Steps;
  readonly errors: DraftErrors;
  readonly onChange: (steps: Steps) => void;
  readonly onLeave: (path: string) => void;
}

/** The contract takes no more. */
const MOST_STEPS = 20;

/** The steps of the procedure, in order: added, taken out, moved. */
export function StepsField({ steps, errors, onChange, onLeave }: StepsFieldProps) {
  const { t } = useTranslation();
  const errorWords = useErrorWords();
  const list = useRef<HTMLOListElement>(null);
  const whole = errors.get('procedure');
  /** The focus goes with what was acted on: it must not be lost with a button that goes. */
  const focusStep = (at: number): void => {
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[name="procedure.${at}.en"]`)?.focus());
  };
  const moved = (from: number, to: number): void => {
    const next = [...steps];
    next.splice(to, 0, ...next.splice(from, 1));
    onChange(next);
    focusStep(to);
  };
  return (
    <fieldset className={styles.steps} data-field="procedure">
      <legend>{t('definitions.part.procedure')}</legend>
      <ol ref={list}>
        {steps.map((step, at) => (
          <li key={at}>
            <WordsField
              label={t('definitions.form.step', { step: at + 1 })}
              path={`procedure.${at}`}
              value={step}
              errors={errors}
              onChange={(words) => onChange(steps.map((before, i) => (i === at ? words : before)))}
              onLeave={onLeave}
            />
            <div className={styles.stepActs}>
              <button
                type="button"
                aria-label={t('definitions.form.moveUp', { step: at + 1 })}
                disabled={at === 0}
                onClick={() => moved(at, at - 1)}
                data-testid={`step-up-${at + 1}`}
              >
                <ArrowUpIcon size={15} strokeWidth={1.6} aria-hidden />
              </button>
              <button
                type="button"
                aria-label={t('definitions.form.moveDown', { step: at + 1 })}
                disabled={at === steps.length - 1}
                onClick={() => moved(at, at + 1)}
              >
                <ArrowDownIcon size={15} strokeWidth={1.6} aria-hidden />
              </button>
              <button
                type="button"
                aria-label={t('definitions.form.removeStep', { step: at + 1 })}
                disabled={steps.length === 1}
                onClick={() => {
                  onChange(steps.filter((_, i) => i !== at));
                  focusStep(Math.max(0, at - 1));
                }}
                data-testid={`remove-step-${at + 1}`}
              >
                <XIcon size={15} strokeWidth={1.6} aria-hidden />
              </button>
            </div>
          </li>
        ))}
      </ol>
      {whole !== undefined && (
        <p role="alert" className={styles.error}>
          {whole.kind === 'required' ? t('definitions.error.requiredSteps') : errorWords(whole)}
        </p>
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<PlusIcon size={14} strokeWidth={1.6} aria-hidden />}
        disabled={steps.length >= MOST_STEPS}
        onClick={() => {
          onChange([...steps, { en: '', zh: '' }]);
          focusStep(steps.length);
        }}
        data-testid="add-step"
      >
        {t('definitions.form.addStep')}
      </Button>
    </fieldset>
  );
}
