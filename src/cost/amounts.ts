import type { Range } from './money';

/** `18.25`, of hundredths. */
export function amountText(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

/** `18.25 to 91.25`, or one amount where both ends are the same. */
export function rangeText({ least, most }: Range, text: (value: number) => string = amountText): string {
  return least === most ? text(least) : `${text(least)} to ${text(most)}`;
}

/** Of a saving at each end: `54.75 less`, `18.25 more`, `the same`. */
export function savingText({ least, most }: Range): string {
  const word = (saved: number): string => (saved === 0 ? 'the same' : `${amountText(Math.abs(saved))} ${saved > 0 ? 'less' : 'more'}`);
  return least === most ? word(least) : `${word(least)} to ${word(most)}`;
}
