import { PhoneOutgoingIcon } from 'lucide-react';
import { tellingOf } from './telling-call-out.js';
import { useCallOuts, type About, type MemberAlone } from './use-call-outs.js';
import { useTellingWords } from './use-state-words.js';
import styles from './call-out.module.css';

/** On the line of an alarm or an incident: that somebody was called out for it, and what came of that. */
export function CallOutMark({ about }: { readonly about: About | MemberAlone }) {
  const telling = tellingOf(useCallOuts(about));
  const tellingWords = useTellingWords();
  if (telling === undefined) return null;
  return (
    <span className={styles.mark} data-testid="call-out-mark" data-tells={telling.kind}>
      <PhoneOutgoingIcon size={12} strokeWidth={1.8} aria-hidden />
      {tellingWords(telling)}
    </span>
  );
}
