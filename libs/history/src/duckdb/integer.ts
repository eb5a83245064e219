/** The number as SQL text. @throws RangeError where it is not a whole number that is held exactly */
export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return String(value);
}
