import { PhoneOutgoingIcon } from 'lucide-react';
import { tellingOf, type Telling } from './telling-call-out.js';
import { useCallOuts, type About, type MemberAlone } from './use-call-outs.js';
import { useTellingWords } from './use-state-words.js';
import styles from './call-out.module.css';

/** On the line of an alarm or an incident: that somebody was called out for it, and what came of that. */
export function CallOutMark({ about }: { readonly about: About | MemberAlone }) {
  const telling = tellingOf(useCallOuts(about));
  // Most lines have none, and need no clock.
  return telling === undefined ? null : <Mark telling={telling} />;
}

function Mark({ telling }: { readonly telling: Telling }) {
  const tellingWords = useTellingWords();
  return (
    <span className={styles.mark} data-testid="call-out-mark" data-tells={telling.kind}>
      <PhoneOutgoingIcon size={12} strokeWidth={1.8} aria-hidden />
      {tellingWords(telling)}
    </span>
  );
}
