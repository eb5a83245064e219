import { useRef, useState } from 'react';
import { useRefusalWords } from '../refusals/use-refusal-words.js';

export interface Sending {
  readonly isSending: boolean;
  /** Why the server refused, in the operator's language; undefined while it has not. */
  readonly refused: string | undefined;
  /** Does it once, however often it is pressed meanwhile; what rejects is told, and may be tried again. */
  send(act: () => Promise<void>): Promise<void>;
}

/** How what a form says is sent. */
export function useSending(): Sending {
  const refusalWords = useRefusalWords();
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string>();
  // Two presses may come before anything is drawn anew.
  const underWay = useRef(false);
  const send = async (act: () => Promise<void>): Promise<void> => {
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    setRefused(undefined);
    try {
      await act();
    } catch (error) {
      setRefused(refusalWords(error));
    } finally {
      underWay.current = false;
      setSending(false);
    }
  };
  return { isSending, refused, send };
}
