import { LABEL_FONT } from './base-style.js';
import { CELL_NAMES } from './mark-cells.js';
import { outlineOf } from './sdf-glyphs.js';

export const CELL_PX = 64;
export const ATLAS_COLUMNS = 8;
export const ATLAS_ROWS = Math.ceil(CELL_NAMES.length / ATLAS_COLUMNS);
/** Outlines lie in the middle 24 of 32 parts of a cell, as those of the map's images do. */
const UNIT = CELL_PX / 32;

/** All pictures of marks in white on nothing: the layer colours them. */
export function drawMarkAtlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = ATLAS_COLUMNS * CELL_PX;
  canvas.height = ATLAS_ROWS * CELL_PX;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('this browser gives no canvas to draw marks on');
  pen.fillStyle = pen.strokeStyle = '#fff';
  pen.lineJoin = 'round';
  CELL_NAMES.forEach((name, number) => {
    pen.save();
    pen.translate((number % ATLAS_COLUMNS) * CELL_PX, Math.floor(number / ATLAS_COLUMNS) * CELL_PX);
    drawCell(pen, name);
    pen.restore();
  });
  return canvas;
}

function drawCell(pen: CanvasRenderingContext2D, name: string): void {
  const [kind, of] = name.split('-') as [string, string?];
  if (of !== undefined) {
    outlineOf(kind === 'shape' ? `mark-${of}` : `sensor-${of}`).forEach(([x, y], i) => {
      if (i === 0) pen.beginPath();
      pen.lineTo((x + 4) * UNIT, (y + 4) * UNIT);
    });
    pen.closePath();
    if (kind === 'halo') {
      pen.lineWidth = 5 * UNIT;
      pen.stroke();
    }
    pen.fill();
    return;
  }
  const middle = CELL_PX / 2;
  if (name === 'disc') {
    pen.beginPath();
    // Not to the very edge, whose pixels the next cell would bleed into.
    pen.arc(middle, middle, middle - 2, 0, 2 * Math.PI);
    pen.fill();
    return;
  }
  pen.font = `600 ${CELL_PX * 0.75}px ${LABEL_FONT[0]}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  pen.fillText(name, middle, CELL_PX * 0.77);
}

/** Part of a cell that a character is high. */
export const TEXT_SHARE = 0.75;
/** Part of its cell that the disc fills. */
export const DISC_SHARE = (CELL_PX - 4) / CELL_PX;
