import { Button } from '@mantine/core';
import { PrinterIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { IncidentFileShown } from '../use-incident-file.js';
import { IncidentReport } from './IncidentReport.js';

/** Prints the report of an incident: it is on the page only while the browser prints. */
export function PrintReport({ file }: { readonly file: IncidentFileShown }) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'printing'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const done = (): void => setState('idle');
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [state]);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<PrinterIcon size={14} strokeWidth={1.6} aria-hidden />}
        data-testid="print-incident"
        onClick={() => setState('printing')}
      >
        {t('incidents.report.print')}
      </Button>
      {state === 'printing' && createPortal(<IncidentReport file={file} />, document.body)}
    </>
  );
}
