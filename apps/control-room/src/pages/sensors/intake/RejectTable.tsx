import { Button } from '@mantine/core';
import type { Reject, RejectReason } from '@lifeline/contracts';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.js';
import { useNowMs } from '../../../live/now.js';
import { Failed } from '../../../words/Failed.js';
import { formatCount } from '../../../words/numbers.js';
import { monthDayTime } from '../../../words/times.js';
import { useAgeWords, useZone } from '../../../words/use-words.js';
import styles from '../device/device.module.css';
import intake from './intake.module.css';

interface RejectTableProps {
  readonly deviceId: string | undefined;
  readonly reason: RejectReason | undefined;
  /** `newest`: a short list for one device; `all`: page by page. */
  readonly show: 'newest' | 'all';
}

const AGAIN_MS = 5000;

/** Messages that could not become readings, newest first, each with its reason and how to mend it. */
export function RejectTable({ deviceId, reason, show }: RejectTableProps) {
  const { t } = useTranslation();
  const limit = show === 'newest' ? 10 : 50;
  const rejects = useInfiniteQuery({
    queryKey: ['rejects', { deviceId, reason, limit }],
    queryFn: ({ pageParam, signal }) =>
      call('listRejects', {
        query: {
          limit,
          ...(pageParam && { after: pageParam }),
          ...(deviceId && { deviceId }),
          ...(reason && { reason }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // Older pages do not change: only a list of one page is read again by itself.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 ? AGAIN_MS : false),
  });
  const items = rejects.data?.pages.flatMap((page) => page.items) ?? [];
  if (rejects.isError && items.length === 0) {
    return <Failed what={t('sensors.rejects.what')} error={rejects.error} onRetry={() => void rejects.refetch()} />;
  }
  if (rejects.isPending) return <div className={styles.skeleton} aria-busy="true" aria-label={t('words.loading')} />;
  if (items.length === 0) {
    const narrowed = show === 'all' && (deviceId !== undefined || reason !== undefined);
    return (
      <p className="quiet" data-testid="rejects-empty">
        {t(
          show === 'newest'
            ? 'sensors.rejects.noneOfDevice'
            : narrowed
              ? 'sensors.rejects.noneMatch'
              : 'sensors.rejects.none',
        )}
      </p>
    );
  }
  return (
    <div className={styles.wideTable}>
      <table className={styles.plain}>
        <thead>
          <tr>
            <th>{t('sensors.rejects.when')}</th>
            {deviceId === undefined && <th>{t('sensors.column.device')}</th>}
            <th>{t('sensors.rejects.reason')}</th>
            <th className="number">{t('sensors.rejects.count')}</th>
            <th>{t('sensors.rejects.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((reject) => (
            <Row key={reject.rejectId} reject={reject} device={deviceId === undefined ? 'named' : 'known'} />
          ))}
        </tbody>
      </table>
      {show === 'all' && rejects.hasNextPage && (
        <Button
          size="xs"
          mt={10}
          variant="default"
          loading={rejects.isFetchingNextPage}
          onClick={() => void rejects.fetchNextPage()}
        >
          {t('sensors.rejects.more')}
        </Button>
      )}
    </div>
  );
}

function Row({ reject, device }: { readonly reject: Reject; readonly device: 'named' | 'known' }) {
  const { t } = useTranslation();
  const zone = useZone();
  const nowMs = useNowMs(10_000);
  const ageWords = useAgeWords();
  const [open, setOpen] = useState<'open' | 'shut'>('shut');
  const { deviceId, arrivedAtMs, reason, count, detail, topic, inlet, bodyExcerpt } = reject;
  return (
    <tr data-testid="reject-row">
      <td className={intake.time}>
        {monthDayTime(arrivedAtMs, zone)} <span className="quiet">{ageWords(nowMs - arrivedAtMs)}</span>
      </td>
      {device === 'named' && (
        <td>
          {deviceId === null ? (
            <span className="quiet">{t('words.none')}</span>
          ) : (
            <Link to="/sensors/device/$deviceId" params={{ deviceId }}>
              {deviceId}
            </Link>
          )}
        </td>
      )}
      <td className={intake.time}>{t(`sensors.reason.${reason}`)}</td>
      <td className="number">{formatCount(count)}</td>
      <td className={intake.detail}>
        {detail}{' '}
        {(topic !== '' || bodyExcerpt !== '') && (
          <button
            type="button"
            className={intake.more}
            aria-expanded={open === 'open'}
            onClick={() => setOpen(open === 'open' ? 'shut' : 'open')}
          >
            {t(open === 'open' ? 'sensors.rejects.hideMessage' : 'sensors.rejects.showMessage')}
          </button>
        )}
        {open === 'open' && (
          <div className={intake.message}>
            <span className="quiet">{t('sensors.rejects.topic', { topic, inlet })}</span>
            <pre>{bodyExcerpt === '' ? t('sensors.rejects.emptyBody') : bodyExcerpt}</pre>
          </div>
        )}
      </td>
    </tr>
  );
}
