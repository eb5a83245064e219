import { z } from 'zod';

/** A text in both languages of the control room. */
export const wordsSchema = z.object({ en: z.string(), zh: z.string() });
