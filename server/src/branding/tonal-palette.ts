/** D65, the white of sRGB. */
const WHITE = [0.95047, 1, 1.08883] as const;
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;
const CHROMA_STEPS = 20;
const TOLERANCE = 0.0005;

/** A colour by its hue (degrees) and strength, in CIE LCh(ab). */
export interface Hue {
  readonly hue: number;
  readonly chroma: number;
}

/** Hue and strength of a seed such as `#13294b`. */
export function hueOf(seed: string): Hue {
  const [x, y, z] = xyzOf(seed);
  const [fx, fy, fz] = [x / WHITE[0], y / WHITE[1], z / WHITE[2]].map(labCurve) as Triple;
  const a = 500 * (fx - fy);
  const b = 200 * (fy - fz);
  return { hue: (Math.atan2(b, a) * 180) / Math.PI, chroma: Math.hypot(a, b) };
}

/**
 * The colour of this hue with this tone, which is its lightness (CIE L*) from 0 to 100. Contrast
 * follows from tones alone; of the strength it keeps as much as a screen can show at that tone.
 */
export function tone({ hue, chroma }: Hue, lightness: number): string {
  let low = 0;
  let high = chroma;
  let fitting = rgbOf({ hue, chroma: high }, lightness);
  if (!isShown(fitting)) {
    for (let step = 0; step < CHROMA_STEPS; step += 1) {
      const middle = (low + high) / 2;
      if (isShown(rgbOf({ hue, chroma: middle }, lightness))) low = middle;
      else high = middle;
    }
    fitting = rgbOf({ hue, chroma: low }, lightness);
  }
  return `#${fitting.map(hexOf).join('')}`;
}

type Triple = [number, number, number];

function rgbOf({ hue, chroma }: Hue, lightness: number): Triple {
  const angle = (hue * Math.PI) / 180;
  const fy = (lightness + 16) / 116;
  const fx = fy + (chroma * Math.cos(angle)) / 500;
  const fz = fy - (chroma * Math.sin(angle)) / 200;
  const [x, y, z] = [fx, fy, fz].map((f, i) => labUncurve(f) * WHITE[i]!) as Triple;
  return [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ];
}

function xyzOf(hex: string): Triple {
  const digits = hex.replace('#', '');
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [r, g, b] = [0, 2, 4].map((at) =>
    linear(parseInt(long.slice(at, at + 2), 16) / 255),
  ) as Triple;
  return [
    0.4124564 * r + 0.3575761 * g + 0.1804375 * b,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    0.0193339 * r + 0.119192 * g + 0.9503041 * b,
  ];
}

function isShown(rgb: Triple): boolean {
  return rgb.every((part) => part >= -TOLERANCE && part <= 1 + TOLERANCE);
}

function labCurve(t: number): number {
  return t > EPSILON ? Math.cbrt(t) : (KAPPA * t + 16) / 116;
}

function labUncurve(f: number): number {
  return f ** 3 > EPSILON ? f ** 3 : (116 * f - 16) / KAPPA;
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function hexOf(part: number): string {
  const within = Math.min(1, Math.max(0, part));
  const curved = within <= 0.0031308 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055;
  return Math.round(curved * 255)
    .toString(16)
    .padStart(2, '0');
}
