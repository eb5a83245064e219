import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './frame.module.css';

interface SplitterProps {
  readonly width: number;
  readonly least: number;
  readonly most: number;
  /** On which side of the splitter the pane is that it resizes. */
  readonly pane: 'left' | 'right';
  readonly onResize: (width: number) => void;
}

const STEP = 24;

export function Splitter({ width, least, most, pane, onResize }: SplitterProps) {
  const { t } = useTranslation();
  const grip = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const towards = pane === 'left' ? 1 : -1;
  const resize = (next: number): void => onResize(Math.round(Math.min(most, Math.max(least, next))));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    grip.current = { x: event.clientX, width };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (grip.current !== undefined) resize(grip.current.width + towards * (event.clientX - grip.current.x));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    resize(width + towards * (event.key === 'ArrowRight' ? STEP : -STEP));
  };
  return (
    <div
      className={styles.splitter}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('frame.resize')}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (grip.current = undefined)}
      onKeyDown={onKeyDown}
    />
  );
}
