import { type Hue, hueOf, tone } from './tonal-palette.js';

/** One of Material's system colours, on light and on dark ground. */
export interface ThemeColour {
  /** Without `--mat-sys-`. */
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

type Tones = readonly [name: string, light: number, dark: number];

/** Strengths beside which the seeds' own would be too loud. */
const SECONDARY_CHROMA = 16;
const NEUTRAL_CHROMA = 3;
const VARIANT_CHROMA = 7;

/** Material 3's tones of each role; what is read stands 40 to 60 tones from its ground. */
const accent = (name: string): Tones[] => [
  [name, 40, 80],
  [`on-${name}`, 100, 20],
  [`${name}-container`, 90, 30],
  [`on-${name}-container`, 10, 90],
  [`${name}-fixed`, 90, 90],
  [`${name}-fixed-dim`, 80, 80],
  [`on-${name}-fixed`, 10, 10],
  [`on-${name}-fixed-variant`, 30, 30],
];

const PRIMARY: Tones[] = [
  ...accent('primary'),
  ['inverse-primary', 80, 40],
  ['surface-tint', 40, 80],
];

const NEUTRAL: Tones[] = [
  ['background', 98, 6],
  ['on-background', 10, 90],
  ['surface', 98, 6],
  ['surface-dim', 87, 6],
  ['surface-bright', 98, 24],
  ['surface-container-lowest', 100, 4],
  ['surface-container-low', 96, 10],
  ['surface-container', 94, 12],
  ['surface-container-high', 92, 17],
  ['surface-container-highest', 90, 22],
  ['on-surface', 10, 90],
  ['inverse-surface', 20, 90],
  ['inverse-on-surface', 95, 20],
];

const VARIANT: Tones[] = [
  ['surface-variant', 90, 30],
  ['on-surface-variant', 30, 80],
  ['outline', 50, 60],
  ['outline-variant', 80, 30],
];

/** What the theme says otherwise because of the seeds; nothing where there are none. */
export function themeColours(primary: string | null, tertiary: string | null): ThemeColour[] {
  const first = primary === null ? [] : ofFirstSeed(hueOf(primary));
  const second = tertiary === null ? [] : inTones(hueOf(tertiary), accent('tertiary'));
  return [...first, ...second];
}

function ofFirstSeed({ hue, chroma }: Hue): ThemeColour[] {
  const atMost = (most: number): Hue => ({ hue, chroma: Math.min(chroma, most) });
  return [
    ...inTones({ hue, chroma }, PRIMARY),
    ...inTones(atMost(SECONDARY_CHROMA), accent('secondary')),
    ...inTones(atMost(NEUTRAL_CHROMA), NEUTRAL),
    ...inTones(atMost(VARIANT_CHROMA), VARIANT),
  ];
}

function inTones(hue: Hue, tones: readonly Tones[]): ThemeColour[] {
  return tones.map(([name, light, dark]) => ({
    name,
    light: tone(hue, light),
    dark: tone(hue, dark),
  }));
}
