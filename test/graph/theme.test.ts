import { type Colour, type Palette, dark, light } from '../../src/graph/theme';

/** WCAG 2: the contrast of two colours. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const palettes: readonly (readonly [string, Palette])[] = [['light', light], ['dark', dark]];
const grounds: readonly Colour[] = ['paper', 'card', 'frame'];
const texts: readonly Colour[] = ['ink', 'dim', 'way', 'ok', 'broken', 'partial', 'unknown'];
const fills: readonly Colour[] = ['way', 'broken', 'partial', 'unknown'];
const lines: readonly Colour[] = ['client', 'entry', 'gateway', 'route', 'service', 'workload'];

describe.each(palettes)('%s', (_name, palette) => {
  test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))('text in %s on %s has a contrast of 4.5 (WCAG AA)', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(fills)('text on a shape filled with %s has it too', (fill) => {
    expect(contrast(palette.onFill, palette[fill])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(lines)('the icon of %s has a contrast of 3 to its card (WCAG 1.4.11)', (line) => {
    expect(contrast(palette[line], palette.card)).toBeGreaterThanOrEqual(3);
  });
});

test('black and white have the contrast that WCAG says', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));
