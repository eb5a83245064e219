/** What is fixed about the city: names, time zone, where the map opens. */
export const cityFacts = {
  name: { en: 'Chuzhou', zh: '滁州' },
  timeZone: 'Asia/Shanghai',
  /** Longitude, latitude (WGS 84). */
  centre: [118.318, 32.292] as [number, number],
  zoom: 12.6,
  /** West, south, east, north of the whole prefecture-level city. */
  bounds: [117.1, 31.8, 119.35, 33.3] as [number, number, number, number],
} as const;
