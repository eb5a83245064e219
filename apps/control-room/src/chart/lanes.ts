import type uPlot from 'uplot';
import type { Palette } from '../theme/palette.js';
import type { LaneAlarm } from './alarm-lane.js';
import type { Span } from './chart-data.js';
import { hatch, scaled, stretch } from './plot-marks.js';

/** Height of one sensor's lane under the axis, in CSS pixels. */
export const LANE_PX = 16;

export interface Lane {
  readonly number: number;
  readonly colour: string;
  readonly alarms: readonly LaneAlarm[];
  /** Where nothing good was measured. */
  readonly silent: readonly Span[];
}

/** The alarm and event track: a lane for each sensor, with its alarms, acknowledgements, holds and silences. */
export function drawLanes(plot: uPlot, lanes: readonly Lane[], palette: Palette, font: string): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  const start = ctx.canvas.height - lanes.length * LANE_PX * ratio;
  ctx.save();
  lanes.forEach((lane, i) => {
    const top = start + i * LANE_PX * ratio;
    const height = (LANE_PX - 4) * ratio;
    ctx.fillStyle = palette.raised;
    ctx.fillRect(bbox.left, top, bbox.width, height);
    hatch(plot, lane.silent, palette, top, height);
    for (const alarm of lane.alarms) drawAlarm(plot, alarm, palette, top + 2 * ratio, height - 4 * ratio);
    ctx.fillStyle = lane.colour;
    ctx.font = scaled(font, ratio);
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    ctx.fillText(String(lane.number), bbox.left - 6 * ratio, top + height / 2);
  });
  ctx.restore();
}

function drawAlarm(plot: uPlot, alarm: LaneAlarm, palette: Palette, top: number, height: number): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  const [left, width] = stretch(plot, alarm, 3 * ratio);
  if (width <= 0) return;
  const { fill, ink } = palette.priority[alarm.priority];
  ctx.fillStyle = fill;
  ctx.fillRect(left, top, width, height);
  ctx.lineWidth = ratio;
  // While it was held nobody was called: the bar is hollow.
  for (const span of alarm.held) {
    const [heldLeft, heldWidth] = stretch(plot, span, 3 * ratio);
    if (heldWidth <= 0) continue;
    ctx.fillStyle = palette.panel;
    ctx.fillRect(heldLeft, top, heldWidth, height);
    ctx.strokeStyle = ink;
    ctx.strokeRect(heldLeft + ratio / 2, top + ratio / 2, Math.max(ratio, heldWidth - ratio), height - ratio);
  }
  ctx.fillStyle = palette.text;
  for (const atMs of alarm.acknowledgedAtMs) {
    const x = plot.valToPos(atMs / 1000, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.fillRect(x - ratio, top - 2 * ratio, 2 * ratio, height + 4 * ratio);
  }
}
