import uPlot from 'uplot';
import type { PlotLook } from '../../chart/plot.js';
import { dayOf, hourMinute } from '../../words/times.js';
import type { Bars, Span } from './spans.js';

export interface AnnouncedPicture {
  readonly bars: Bars;
  readonly span: Span;
  readonly floods: readonly Span[];
  /** Announcements in ten minutes that the crew on duty may bear. */
  readonly atMost: number;
  /** The words at the line of that target. */
  readonly targetWord: string;
}

/** The bars of one span with their life: construct, `show()` as often as wanted, `stop()`. */
export class AnnouncedPlot {
  private readonly plot: uPlot;
  private readonly resized: ResizeObserver;

  constructor(
    private readonly container: HTMLElement,
    private readonly look: PlotLook,
    private picture: AnnouncedPicture,
    private readonly onCursor: (index: number | undefined) => void,
  ) {
    this.plot = new uPlot(this.options(), columnsOf(picture), container);
    this.resized = new ResizeObserver(() => this.plot.setSize(this.size()));
    this.resized.observe(container);
    this.show(picture);
  }

  show(picture: AnnouncedPicture): void {
    this.picture = picture;
    const { fromMs, toMs } = picture.span;
    this.plot.batch(() => {
      this.plot.setData(columnsOf(picture), false);
      this.plot.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
    });
  }

  stop(): void {
    this.resized.disconnect();
    this.plot.destroy();
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(120, this.container.clientWidth), height: Math.max(100, this.container.clientHeight) };
  }

  private options(): uPlot.Options {
    const { palette, zone, font } = this.look;
    const axis: uPlot.Axis = {
      stroke: palette.quiet,
      font,
      grid: { stroke: palette.lines, width: 1 },
      ticks: { stroke: palette.lines, width: 1, size: 4 },
    };
    return {
      ...this.size(),
      padding: [10, 12, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
      scales: {
        x: { time: true },
        y: { range: (_plot, _low, high) => [0, Math.max(this.picture.atMost * 1.2, high ?? 0)] },
      },
      axes: [
        {
          ...axis,
          size: 26,
          space: 64,
          values: (_plot, splits, _axis, _space, step) => splits.map((s) => timeLabel(s * 1000, step, zone)),
        },
        { ...axis, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      ],
      series: [
        {},
        {
          fill: palette.process,
          width: 0,
          points: { show: false },
          paths: uPlot.paths.bars!({ size: [0.9, Number.POSITIVE_INFINITY], align: 1 }),
        },
      ],
      hooks: {
        drawClear: [(plot) => this.shadeFloods(plot)],
        draw: [(plot) => this.drawTarget(plot)],
        setCursor: [
          ({ cursor }) => {
            const { slotMs, counts } = this.picture.bars;
            const { left } = cursor;
            if (left === undefined || left < 0) return this.onCursor(undefined);
            const atMs = this.plot.posToVal(left, 'x') * 1000;
            const index = Math.floor((atMs - this.picture.span.fromMs) / slotMs);
            return this.onCursor(index >= 0 && index < counts.length ? index : undefined);
          },
        ],
      },
    };
  }

  private shadeFloods(plot: uPlot): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = `${this.look.palette.quiet}40`;
    for (const { fromMs, toMs } of this.picture.floods) {
      const left = Math.max(bbox.left, plot.valToPos(fromMs / 1000, 'x', true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(toMs / 1000, 'x', true));
      ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
    }
    ctx.restore();
  }

  private drawTarget(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const { palette, font } = this.look;
    const y = plot.valToPos(this.picture.atMost, 'y', true);
    ctx.save();
    ctx.strokeStyle = palette.quiet;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillStyle = palette.quiet;
    ctx.font = font.replace('11px', `${11 * devicePixelRatio}px`);
    ctx.textAlign = 'right';
    ctx.textBaseline = 'bottom';
    ctx.fillText(this.picture.targetWord, bbox.left + bbox.width - 4, y - 2);
    ctx.restore();
  }
}

function columnsOf({ bars, span }: AnnouncedPicture): uPlot.AlignedData {
  return [bars.counts.map((_, i) => (span.fromMs + i * bars.slotMs) / 1000), [...bars.counts]];
}

function timeLabel(atMs: number, stepS: number, zone: string): string {
  const time = hourMinute(atMs, zone);
  return stepS >= 86_400 || time === '00:00' ? dayOf(atMs, zone).slice(5) : time;
}
