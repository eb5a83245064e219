import { z } from 'zod';
import type { Route } from './route.js';
import { wordsSchema } from './words.js';

export const PLACE_KINDS = ['city', 'district', 'road', 'crossing', 'water', 'green'] as const;

/** Somewhere on the ground that has a name. */
export const placeSchema = z.object({
  placeId: z.string(),
  kind: z.enum(PLACE_KINDS),
  name: wordsSchema,
  /** The district it lies in; null: in several, or it is one. */
  district: wordsSchema.nullable(),
  lon: z.number(),
  lat: z.number(),
  /** West, south, east, north in degrees. */
  extent: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
});
export type Place = Readonly<z.infer<typeof placeSchema>>;

/** The calls that find what is on the ground. */
export const placeRoutes = {
  findPlaces: {
    method: 'GET',
    path: '/places',
    summary: 'Districts, roads, crossings of two roads, and waters by their names; the best first',
    right: 'operator',
    query: z.object({
      /** Words of the name and of the district, in either language; "A & B", "A and B" or "A与B" asks where two roads cross. */
      q: z.string().min(1).max(100),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
    status: 200,
    answer: z.object({ items: z.array(placeSchema) }),
  },
} as const satisfies Record<string, Route>;
