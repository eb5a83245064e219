import { notifications } from '@mantine/notifications';
import type { AlarmDefinition, AlarmDefinitionContent } from '@lifeline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CallError, call } from '../../api/call.js';

const LIST_KEY = ['alarm-definitions'];
const keyOf = (definitionId: string) => ['alarm-definition', definitionId];
/** How soon an engineer who edits is told that another saved meanwhile. */
const LOOK_AGAIN_MS = 10_000;

export function useDefinitions() {
  return useQuery({
    queryKey: LIST_KEY,
    queryFn: async ({ signal }) => (await call('listAlarmDefinitions', { signal })).items,
  });
}

/** A definition with all its versions, newest first; looked at again while it is open. */
export function useDefinition(definitionId: string) {
  return useQuery({
    queryKey: keyOf(definitionId),
    queryFn: ({ signal }) => call('getAlarmDefinition', { params: { definitionId }, signal }),
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

type ReadDefinition = Awaited<ReturnType<typeof call<'getAlarmDefinition'>>>;

export interface Edit {
  readonly definitionId: string;
  /** The version that the edit began from. */
  readonly expectedVersion: number;
  readonly content: AlarmDefinitionContent;
  readonly note: string;
}

/** Saves a new version; on success and on a refusal alike the definition is read anew. Rejects with `CallError`. */
export function useSaveDefinition() {
  const client = useQueryClient();
  return useMutation<AlarmDefinition, Error, Edit>({
    mutationFn: ({ definitionId, ...body }) => call('putAlarmDefinition', { params: { definitionId }, body }),
    // Shown at once: who saved waits for no list to be read again.
    onSuccess: (saved) =>
      client.setQueryData<ReadDefinition>(
        keyOf(saved.definitionId),
        (before) => before && { ...before, definition: saved, versions: [saved, ...before.versions] },
      ),
    onSettled: (_saved, _error, { definitionId }) => {
      for (const queryKey of [keyOf(definitionId), LIST_KEY, ['alarm-procedure']])
        void client.invalidateQueries({ queryKey });
    },
  });
}

/** True of a refusal because another saved meanwhile. */
export function isConflict(error: unknown): boolean {
  return error instanceof CallError && error.status === 409;
}

export const SAVED_NOTICE = 'definition-saved';

export function hideSavedNotice(): void {
  notifications.hide(SAVED_NOTICE);
}
