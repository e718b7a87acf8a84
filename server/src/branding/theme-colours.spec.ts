import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { themeColours } from './theme-colours.js';
import { hueOf, tone } from './tonal-palette.js';

const TEXT = 4.5;
/** What is read, and on what. */
const PAIRS = [
  ['on-primary', 'primary'],
  ['on-primary-container', 'primary-container'],
  ['on-secondary-container', 'secondary-container'],
  ['on-tertiary-container', 'tertiary-container'],
  ['on-surface', 'surface'],
  ['on-surface', 'surface-container-highest'],
  ['on-surface-variant', 'surface-container-high'],
  ['primary', 'surface-container-low'],
  ['inverse-on-surface', 'inverse-surface'],
] as const;

const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};

const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
};

const seed = fc
  .integer({ min: 0, max: 0xffffff })
  .map((number) => `#${number.toString(16).padStart(6, '0')}`);

describe('the colours of a theme', () => {
  it('are Lumen’s own without seeds', () => {
    expect(themeColours(null, null)).toEqual([]);
  });

  it('can be read, whatever the seeds are', () => {
    fc.assert(
      fc.property(seed, seed, (primary, tertiary) => {
        const colours = new Map(themeColours(primary, tertiary).map((each) => [each.name, each]));
        for (const [text, ground] of PAIRS) {
          for (const mode of ['light', 'dark'] as const) {
            const found = contrast(colours.get(text)![mode], colours.get(ground)![mode]);
            expect({ text, ground, mode, isReadable: found >= TEXT }).toMatchObject({
              isReadable: true,
            });
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep the hue, and the colour itself at its own tone', () => {
    expect(tone(hueOf('#0b57d0'), 40.2)).toMatch(/^#0[9-d]5[5-9][cd][0-9a-f]$/);
    const { hue } = hueOf(themeColours('#13294b', null)[0]!.light);
    expect(Math.abs(hue - hueOf('#13294b').hue)).toBeLessThan(3);
  });

  it('are greys for a grey seed', () => {
    const [primary] = themeColours('#777', null);
    expect(primary!.light).toMatch(/^#(..)\1\1$/);
  });
});
