import type uPlot from 'uplot';
import type { Palette } from '../theme/palette.js';
import type { AlarmSpan, ExpectedBand, NamedLimit, Span } from './chart-data.js';

/** Height of the alarm strip under the axis, in CSS pixels. */
export const STRIP_PX = 10;

/** Limits as dashed lines, named at the right edge; names that would overlap are moved apart. */
export function drawLimits(
  plot: uPlot,
  limits: readonly (NamedLimit & { readonly label: string })[],
  palette: Palette,
  font: string,
  scale = 'y',
): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = palette.quiet;
  ctx.fillStyle = palette.quiet;
  ctx.lineWidth = ratio;
  ctx.font = scaled(font, ratio);
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  let lastY = Number.POSITIVE_INFINITY;
  for (const { value, label } of limits) {
    const y = plot.valToPos(value, scale, true);
    if (y < bbox.top || y > bbox.top + bbox.height) continue;
    ctx.setLineDash([5 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const nameY = Math.min(y, lastY - 12 * ratio);
    ctx.fillText(label, bbox.left + bbox.width + 5 * ratio, nameY);
    lastY = nameY;
  }
  ctx.restore();
}

/** When alarms stood: a strip at the foot of the chart, in the colours of their priorities. */
export function drawAlarmStrip(plot: uPlot, alarms: readonly AlarmSpan[], palette: Palette): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  const top = ctx.canvas.height - (STRIP_PX - 3) * ratio;
  ctx.save();
  ctx.fillStyle = palette.lines;
  ctx.fillRect(bbox.left, top, bbox.width, 4 * ratio);
  for (const { fromMs, toMs, priority } of alarms) {
    const [left, width] = stretch(plot, { fromMs, toMs }, 2 * ratio);
    if (width <= 0) continue;
    ctx.fillStyle = palette.priority[priority].fill;
    ctx.fillRect(left, top, width, 4 * ratio);
  }
  ctx.restore();
}

/** What was expected while an alarm stood: a shaded band, dashed at its edges, so wide that a moment's alarm shows too. */
export function drawExpected(plot: uPlot, bands: readonly ExpectedBand[], palette: Palette, scale = 'y'): void {
  const { ctx } = plot;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = palette.process;
  ctx.fillStyle = `${palette.process}38`;
  ctx.lineWidth = ratio;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  clipToPlot(plot);
  for (const band of bands) {
    const [left, width] = stretch(plot, band, 24 * ratio);
    if (width <= 0) continue;
    const top = plot.valToPos(band.high, scale, true);
    const foot = plot.valToPos(band.low, scale, true);
    ctx.fillRect(left, top, width, foot - top);
    for (const y of [top, plot.valToPos(band.value, scale, true), foot]) {
      ctx.beginPath();
      ctx.moveTo(left, y);
      ctx.lineTo(left + width, y);
      ctx.stroke();
    }
  }
  ctx.restore();
}

function clipToPlot({ ctx, bbox }: uPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

/** Readings that are not good are hatched, never coloured. */
export function drawDoubt(plot: uPlot, spans: readonly Span[], palette: Palette): void {
  hatch(plot, spans, palette, plot.bbox.top, plot.bbox.height);
}

/** Hatches spans of time between two heights of the canvas. */
export function hatch(plot: uPlot, spans: readonly Span[], palette: Palette, top: number, height: number): void {
  const { ctx } = plot;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = palette.quiet;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = ratio;
  for (const span of spans) {
    const [left, width] = stretch(plot, span, 4 * ratio);
    if (width <= 0) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    ctx.beginPath();
    for (let x = left - height; x < left + width; x += 6 * ratio) {
      ctx.moveTo(x, top + height);
      ctx.lineTo(x + height, top);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}

/** Left edge and width of a span in canvas pixels, cut to the plot; at least `least` wide where any of it is in view. */
export function stretch(plot: uPlot, { fromMs, toMs }: Span, least: number): [number, number] {
  const { left: edge, width: room } = plot.bbox;
  const start = plot.valToPos(fromMs / 1000, 'x', true);
  const end = Math.max(plot.valToPos(toMs / 1000, 'x', true), start + least);
  const left = Math.max(edge, start);
  return [left, Math.min(edge + room, end) - left];
}

export function scaled(font: string, ratio: number): string {
  return font.replace(/([\d.]+)px/, (_, size: string) => `${Number(size) * ratio}px`);
}
