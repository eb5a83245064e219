import uPlot from 'uplot';
import { PALETTES, type ThemeName } from '../theme/palette.js';
import { shownUnit } from '../words/numbers.js';
import type { LaneAlarm } from './alarm-lane.js';
import { axisLabel, timeLabel } from './axis-labels.js';
import {
  doubtfulSpans,
  valueRange,
  type ExpectedBand,
  type History,
  type NamedLimit,
  type Span,
} from './chart-data.js';
import { drawLanes, LANE_PX, type Lane } from './lanes.js';
import type { LineLook } from './line-looks.js';
import { drawDoubt, drawExpected, drawLimits } from './plot-marks.js';
import { moveByHand } from './plot-moves.js';

/** One sensor of the chart. */
export interface PlotLine {
  readonly sensorId: string;
  /** From 1, as the legend and the track name it. */
  readonly number: number;
  readonly unit: string;
  readonly look: LineLook;
  readonly history: History;
  /** The same sensor in an earlier window, its times moved onto this one. */
  readonly before: History | undefined;
  readonly alarms: readonly LaneAlarm[];
  readonly silent: readonly Span[];
  readonly expected: readonly ExpectedBand[];
  readonly limits: readonly (NamedLimit & { readonly label: string })[];
}

export interface MultiPicture {
  readonly lines: readonly PlotLine[];
  readonly window: Span;
}

interface MultiLook {
  readonly theme: ThemeName;
  readonly zone: string;
  readonly font: string;
}

interface MultiEvents {
  onWindow(window: Span): void;
  onReset(): void;
  /** The moment under the cursor; undefined once it has left. */
  onCursor(atMs: number | undefined): void;
}

const LIMIT_NAMES_PX = 96;
const AXIS_PX = 58;
/** uPlot's join: a null holds for the times around it that the line has nothing of. */
const NULL_EXPAND = 2;

/** What a picture must share with the one before to be shown by the same plot. */
export function shapeOf({ lines }: MultiPicture): string {
  return lines
    .map(({ sensorId, unit, before, limits }) => [sensorId, unit, before !== undefined, limits.length > 0])
    .join('|');
}

/** Several sensors in one chart, an axis for each unit, with the track of alarms under it. Construct, `show()`, `stop()`. */
export class MultiPlot {
  private readonly plot: uPlot;
  private readonly resized: ResizeObserver;
  private readonly stopMoves: () => void;

  constructor(
    private readonly container: HTMLElement,
    private readonly look: MultiLook,
    private picture: MultiPicture,
    private readonly events: MultiEvents,
  ) {
    this.plot = new uPlot(this.options(), columnsOf(picture), container);
    this.stopMoves = moveByHand(this.plot, events);
    this.resized = new ResizeObserver(() => this.plot.setSize(this.size()));
    this.resized.observe(container);
    this.show(picture);
  }

  /** A picture of the same shape. */
  show(picture: MultiPicture): void {
    this.picture = picture;
    this.plot.batch(() => {
      this.plot.setData(columnsOf(picture), false);
      this.plot.setScale('x', { min: picture.window.fromMs / 1000, max: picture.window.toMs / 1000 });
    });
  }

  /** Puts the cursor to a moment, as the hand would. */
  pointAt(atMs: number): void {
    this.plot.setCursor({ left: this.plot.valToPos(atMs / 1000, 'x'), top: this.plot.over.clientHeight / 2 });
  }

  stop(): void {
    this.resized.disconnect();
    this.stopMoves();
    this.plot.destroy();
  }

  private size(): { width: number; height: number } {
    return { width: Math.max(200, this.container.clientWidth), height: Math.max(160, this.container.clientHeight) };
  }

  private options(): uPlot.Options {
    const { theme, zone, font } = this.look;
    const palette = PALETTES[theme];
    const { lines } = this.picture;
    const units = [...new Set(lines.map((line) => line.unit))];
    const axis = { stroke: palette.quiet, font, ticks: { stroke: palette.lines, width: 1, size: 4 } };
    const hasLimits = lines.some((line) => line.limits.length > 0);
    const hidden = { stroke: 'transparent', points: { show: false } };
    const series: uPlot.Series[] = [{}];
    const bands: uPlot.Band[] = [];
    for (const { unit, look, before } of lines) {
      const colour = look.colour[theme];
      const scale = scaleOf(unit);
      if (before !== undefined)
        series.push({ scale, stroke: `${colour}80`, width: 1, dash: [3, 3], points: { show: false } });
      series.push({ ...hidden, scale }, { ...hidden, scale });
      bands.push({ series: [series.length - 1, series.length - 2], fill: `${colour}30` });
      series.push({ scale, stroke: colour, width: 1.4, dash: [...look.dash], points: { show: false } });
    }
    return {
      ...this.size(),
      padding: [10, hasLimits ? LIMIT_NAMES_PX : units.length > 1 ? 0 : 16, lines.length * LANE_PX + 4, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
      scales: {
        x: { time: true },
        ...Object.fromEntries(
          units.map((unit) => [
            scaleOf(unit),
            {
              range: (_plot: uPlot, low: number | null, high: number | null) =>
                valueRange(low, high, this.limitsOf(unit)),
            },
          ]),
        ),
      },
      axes: [
        {
          ...axis,
          grid: { stroke: palette.lines, width: 1 },
          size: 26,
          space: 72,
          values: (_plot, splits, _axis, _space, step) => splits.map((s) => timeLabel(s * 1000, step, zone)),
        },
        ...units.map((unit, i): uPlot.Axis => {
          const own = lines.filter((line) => line.unit === unit);
          return {
            ...axis,
            scale: scaleOf(unit),
            side: i % 2 === 0 ? 3 : 1,
            stroke: own.length === 1 && units.length > 1 ? own[0]!.look.colour[theme] : palette.quiet,
            grid: i === 0 ? { stroke: palette.lines, width: 1 } : { show: false },
            size: AXIS_PX,
            label: shownUnit(unit),
            labelFont: font,
            labelSize: 18,
            labelGap: 0,
            values: (_plot, splits) => splits.map((value) => axisLabel(value, splits)),
          };
        }),
      ],
      series,
      bands,
      hooks: {
        drawClear: [
          (plot) => {
            for (const line of this.picture.lines) drawExpected(plot, line.expected, palette, scaleOf(line.unit));
            // With several lines the hatching would not say whose it is: their lanes do.
            const [only] = this.picture.lines;
            if (only !== undefined && this.picture.lines.length === 1)
              drawDoubt(plot, [...doubtfulSpans(only.history), ...only.silent], palette);
          },
        ],
        draw: [
          (plot) => {
            for (const line of this.picture.lines) drawLimits(plot, line.limits, palette, font, scaleOf(line.unit));
            drawLanes(
              plot,
              this.picture.lines.map((line) => this.laneOf(line)),
              palette,
              font,
            );
          },
        ],
        setCursor: [
          (plot) => {
            const { left } = plot.cursor;
            this.events.onCursor(left === undefined || left < 0 ? undefined : plot.posToVal(left, 'x') * 1000);
          },
        ],
      },
    };
  }

  private limitsOf(unit: string): readonly NamedLimit[] {
    return this.picture.lines.filter((line) => line.unit === unit).flatMap((line) => line.limits);
  }

  private laneOf({ number, look, alarms, silent, history }: PlotLine): Lane {
    return { number, colour: look.colour[this.look.theme], alarms, silent: [...silent, ...doubtfulSpans(history)] };
  }
}

/** All lines on the times of all: a time that a line has no reading of joins its neighbours, a null breaks it up to the next reading. */
function columnsOf({ lines }: MultiPicture): uPlot.AlignedData {
  if (lines.length === 0) return [[]];
  const tables = lines.flatMap(({ before, history }) => {
    const { timesMs, low, high, mid } = history;
    const own: uPlot.AlignedData = [seconds(timesMs), [...low], [...high], [...mid]];
    return before === undefined ? [own] : [[seconds(before.timesMs), [...before.mid]] as uPlot.AlignedData, own];
  });
  return uPlot.join(
    tables,
    tables.map((table) => table.map(() => NULL_EXPAND)),
  );
}

/** The scale of a unit; never that of the times. */
function scaleOf(unit: string): string {
  return `y ${unit}`;
}

function seconds(timesMs: readonly number[]): number[] {
  return timesMs.map((atMs) => atMs / 1000);
}
