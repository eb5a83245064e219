import uPlot from 'uplot';
import type { Palette } from '../theme/palette.js';
import { axisLabel, timeLabel } from './axis-labels.js';
import {
  doubtfulSpans,
  valueRange,
  type AlarmSpan,
  type ExpectedBand,
  type History,
  type Mark,
  type NamedLimit,
  type Span,
} from './chart-data.js';
import { drawAlarmStrip, drawDoubt, drawExpected, drawLimits, STRIP_PX } from './plot-marks.js';
import { moveByHand } from './plot-moves.js';

/** Room for the names of limits at the right edge. */
const LIMIT_NAMES_PX = 88;

export interface PlotLook {
  readonly palette: Palette;
  readonly zone: string;
  readonly font: string;
}

export interface Picture {
  readonly history: History;
  readonly limits: readonly (NamedLimit & { readonly label: string })[];
  readonly alarms: readonly AlarmSpan[];
  readonly expected: readonly ExpectedBand[];
  readonly window: Span;
}

interface PlotEvents {
  /** The person zoomed or moved to another window. */
  onWindow(window: Span): void;
  onReset(): void;
  /** Where the cursor is; undefined once it has left. */
  onCursor(index: number | undefined): void;
}

/** One uPlot with its life: construct, `show()` as often as wanted, `stop()`. */
export class Plot {
  private plot: uPlot;
  private picture: Picture;
  private readonly resized: ResizeObserver;
  private readonly stopMoves: () => void;

  constructor(
    private readonly container: HTMLElement,
    private readonly look: PlotLook,
    picture: Picture,
    private readonly events: PlotEvents,
  ) {
    this.picture = picture;
    this.plot = new uPlot(this.options(), columnsOf(picture.history), container);
    this.stopMoves = moveByHand(this.plot, events);
    this.resized = new ResizeObserver(() => this.plot.setSize(this.size()));
    this.resized.observe(container);
    this.show(picture);
  }

  show(picture: Picture): void {
    this.picture = picture;
    this.plot.batch(() => {
      this.plot.setData(columnsOf(picture.history), false);
      this.plot.setScale('x', { min: picture.window.fromMs / 1000, max: picture.window.toMs / 1000 });
    });
  }

  stop(): void {
    this.resized.disconnect();
    this.stopMoves();
    this.plot.destroy();
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(120, this.container.clientWidth), height: Math.max(120, this.container.clientHeight) };
  }

  /** What should be in view beside the data: limits, and bands within the window. */
  private marks(): readonly Mark[] {
    const { limits, expected, window } = this.picture;
    const inView = expected.filter(({ fromMs, toMs }) => fromMs <= window.toMs && toMs >= window.fromMs);
    return [...limits, ...inView.flatMap(({ low, high }) => [{ value: low }, { value: high }])];
  }

  private options(): uPlot.Options {
    const { palette, zone, font } = this.look;
    const axis: uPlot.Axis = {
      stroke: palette.quiet,
      font,
      grid: { stroke: palette.lines, width: 1 },
      ticks: { stroke: palette.lines, width: 1, size: 4 },
    };
    const hidden = { stroke: 'transparent', points: { show: false } };
    return {
      ...this.size(),
      padding: [10, LIMIT_NAMES_PX, STRIP_PX, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      cursor: { drag: { x: false, y: false }, points: { size: 6, fill: palette.text }, y: false },
      scales: {
        x: { time: true },
        y: { range: (_plot, low, high) => valueRange(low, high, this.marks()) },
      },
      axes: [
        {
          ...axis,
          size: 26,
          space: 64,
          values: (_plot, splits, _axis, _space, step) => splits.map((s) => timeLabel(s * 1000, step, zone)),
        },
        { ...axis, size: 50, values: (_plot, splits) => splits.map((value) => axisLabel(value, splits)) },
      ],
      series: [
        {},
        { ...hidden, label: 'low' },
        { ...hidden, label: 'high' },
        { stroke: palette.process, width: 1.3, points: { show: false }, label: 'mid' },
      ],
      bands: [{ series: [2, 1], fill: `${palette.process}38` }],
      hooks: {
        drawClear: [
          (plot) => drawExpected(plot, this.picture.expected, palette),
          (plot) => drawDoubt(plot, doubtfulSpans(this.picture.history), palette),
        ],
        draw: [
          (plot) => drawLimits(plot, this.picture.limits, palette, font),
          (plot) => drawAlarmStrip(plot, this.picture.alarms, palette),
        ],
        setCursor: [
          (plot) =>
            this.events.onCursor(
              plot.cursor.left === undefined || plot.cursor.left < 0 ? undefined : (plot.cursor.idx ?? undefined),
            ),
        ],
      },
    };
  }
}

function columnsOf({ timesMs, low, high, mid }: History): uPlot.AlignedData {
  return [timesMs.map((atMs) => atMs / 1000), [...low], [...high], [...mid]];
}
