/** Hours of a month, as the clouds' calculators take it. */
export const HOURS_PER_MONTH = 730;

/** A number that the sources leave open, between its least and its most; equal when they do not. Money is in hundredths of the currency. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** One end of a {@link Range}. */
export type End = keyof Range;

export const nothing: Range = { least: 0, most: 0 };

/** A range from what holds at each of its ends. */
export function range(of: (end: End) => number): Range {
  return { least: of('least'), most: of('most') };
}

export function exactly(value: number): Range {
  return { least: value, most: value };
}

export function sum(ranges: readonly Range[]): Range {
  return range((end) => ranges.reduce((total, one) => total + one[end], 0));
}

/** Hundredths a month of what costs `amount` an hour. */
export function aMonth(amount: number): number {
  return hundredths(amount * HOURS_PER_MONTH);
}

/** Whole hundredths of an amount. */
export function hundredths(amount: number): number {
  return whole(amount * 100);
}

/** Half a hundredth goes up, also where binary fractions put it a hair below. */
export function whole(value: number): number {
  return Math.round(Number(value.toFixed(6)));
}
