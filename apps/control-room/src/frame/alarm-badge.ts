import type { PriorityPaint } from '../theme/palette.js';

/** Most that a tab's picture can show. */
const MOST_SHOWN = 99;

/** The tab's picture with the count of what waits for a person, in the worst one's colour, as an address of the picture itself. */
export function badgeIcon(count: number, { fill, on }: PriorityPaint): string {
  const text = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  const size = text.length > 2 ? 15 : text.length > 1 ? 19 : 24;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${fill}"/>` +
    `<text x="16" y="${16 + size * 0.36}" text-anchor="middle" font-family="sans-serif" font-weight="700" ` +
    `font-size="${size}" fill="${on}">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
