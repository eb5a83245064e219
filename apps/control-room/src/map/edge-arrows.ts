import type { Priority } from '@lifeline/contracts';

export interface ProjectedAlarm {
  /** Pixels from the left and the top of the map. */
  readonly x: number;
  readonly y: number;
  readonly lon: number;
  readonly lat: number;
  readonly severity: number;
  readonly priority: Priority;
}

/** An arrow at the edge of the map that points to alarms out of view. */
export interface EdgeArrow {
  readonly sector: number;
  readonly x: number;
  readonly y: number;
  /** Degrees clockwise from east. */
  readonly angle: number;
  readonly count: number;
  readonly worst: Priority;
  /** The worst of them, the nearest among equals: where a click leads. */
  readonly lon: number;
  readonly lat: number;
}

const SECTORS = 12;

/** How far inside the map's edges the arrows stand, in pixels: clear of what else lies there. */
export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Groups what is out of view by direction: at most twelve arrows, on a frame inside the map. */
export function edgeArrows(
  alarms: Iterable<ProjectedAlarm>,
  size: { readonly width: number; readonly height: number },
  insets: Insets,
): EdgeArrow[] {
  const middleX = size.width / 2;
  const middleY = size.height / 2;
  const sectors = new Map<number, { count: number; target: ProjectedAlarm }>();
  for (const alarm of alarms) {
    if (alarm.x >= 0 && alarm.x <= size.width && alarm.y >= 0 && alarm.y <= size.height) continue;
    const turn = Math.atan2(alarm.y - middleY, alarm.x - middleX) / (2 * Math.PI) + 1;
    const sector = Math.round(turn * SECTORS) % SECTORS;
    const group = sectors.get(sector);
    if (group === undefined) sectors.set(sector, { count: 1, target: alarm });
    else {
      group.count++;
      if (isWorse(alarm, group.target)) group.target = alarm;
    }
  }
  function isWorse(a: ProjectedAlarm, b: ProjectedAlarm): boolean {
    if (a.severity !== b.severity) return a.severity > b.severity;
    return Math.hypot(a.x - middleX, a.y - middleY) < Math.hypot(b.x - middleX, b.y - middleY);
  }
  return [...sectors].map(([sector, { count, target }]) => {
    const dx = target.x - middleX;
    const dy = target.y - middleY;
    const shrink = Math.min(middleX / Math.abs(dx || 1e-9), middleY / Math.abs(dy || 1e-9));
    return {
      sector,
      x: Math.min(size.width - insets.right, Math.max(insets.left, middleX + dx * shrink)),
      y: Math.min(size.height - insets.bottom, Math.max(insets.top, middleY + dy * shrink)),
      angle: (Math.atan2(dy, dx) * 180) / Math.PI,
      count,
      worst: target.priority,
      lon: target.lon,
      lat: target.lat,
    };
  });
}
