import {
  dutyChoices,
  MOST_MESSAGE_CHARACTERS,
  type CallOut,
  type Delivery,
  type DutyPlace,
  type DutyPost,
} from '@lifeline/contracts';
import { Textarea } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNowMs } from '../live/now.js';
import { SendRow } from '../forms/SendRow.js';
import { useSending } from '../forms/use-sending.js';
import { useZone } from '../words/use-words.js';
import { CrewPicker } from './CrewPicker.js';
import { nextToCall } from './crew-choice.js';
import { useCallOutActs } from './use-call-out-acts.js';
import type { About } from './use-call-outs.js';
import { useMessage, type Message } from './use-message.js';
import styles from './call-out.module.css';

/** Who is on call changes with the minute. */
const STEP_MS = 10_000;
/** A crew is not kept waiting for a definition that does not come. */
const DEFINITION_WITHIN_MS = 2_000;

interface CallOutFormProps {
  readonly about: About;
  readonly place: DutyPlace;
  readonly posts: readonly DutyPost[];
  readonly delivery: Delivery;
  /** Those made for the same before, newest first. */
  readonly before: readonly CallOut[];
  readonly onSent: (callOut: CallOut) => void;
  readonly onCancel: () => void;
}

/** Whom to call and what to tell them: the first choice and the message stand there, Enter sends. */
export function CallOutForm({ about, place, posts, delivery, before, onSent, onCancel }: CallOutFormProps) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(STEP_MS);
  const { send } = useCallOutActs();
  const compose = useMessage();
  const choices = useMemo(() => dutyChoices(posts, place, nowMs, zone), [posts, place, nowMs, zone]);
  const [picked, setPicked] = useState<string>();
  // As the alarm is when the dialog opens; what comes to it later is told by the list.
  const [written] = useState(() => compose(about, place.district));
  const [whole, setWhole] = useState<string>();
  const [typed, setTyped] = useState<string>();
  const [fault, setFault] = useState<string>();
  const sending = useSending();
  // One id for one call-out, however often the sending of it is tried.
  const [callOutId] = useState(() => crypto.randomUUID());
  useEffect(() => {
    let isGone = false;
    void written.whole.then((text) => void (!isGone && setWhole(text)));
    return () => void (isGone = true);
  }, [written]);
  const chosen = posts.find(({ postId }) => postId === picked) ?? nextToCall(choices, before);
  const message = typed ?? whole ?? written.said;

  const submit = (): void => {
    setFault(undefined);
    if (chosen === undefined) return setFault(t('callOut.chooseSomebody'));
    void sending.send(async () => {
      const text = (typed ?? (await inTime(written))).trim().slice(0, MOST_MESSAGE_CHARACTERS);
      if (text === '') return setFault(t('callOut.sayWhat'));
      const { postId, version } = chosen;
      onSent(await send({ callOutId, about, postId, version, message: text }));
    });
  };

  return (
    <form
      noValidate
      data-testid="call-out-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <CrewPicker choices={choices} before={before} chosen={chosen?.postId} onChoose={setPicked} />
      <Textarea
        mt={10}
        size="xs"
        autosize
        minRows={3}
        maxRows={8}
        label={t('callOut.message.label')}
        maxLength={MOST_MESSAGE_CHARACTERS}
        value={message}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          submit();
        }}
        data-testid="call-out-message"
      />
      <p className={styles.how} data-testid="call-out-how" data-delivery={delivery}>
        {t(`callOut.how.${delivery}`)}
      </p>
      <SendRow
        testId="call-out-send"
        isSending={sending.isSending}
        refused={fault ?? sending.refused}
        onCancel={onCancel}
      >
        {t('callOut.send')}
      </SendRow>
    </form>
  );
}

/** The whole message where it is there in time, else what is said without the definition. */
function inTime({ said, whole }: Message): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve(said), DEFINITION_WITHIN_MS));
  return Promise.race([whole, late]);
}
