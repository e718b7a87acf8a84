/** What a backend says of a model; what it does not say, or cannot be right, is left out. */
export interface ToldFacts {
  /** Tokens in and out together. */
  contextWindow?: number;
  /** Tokens. */
  maxOutputTokens?: number;
  supportsReasoning?: boolean;
  supportsFunctionCalling?: boolean;
  inputModalities?: readonly string[];
  outputModalities?: readonly string[];
  /** Such as `7.6B`. */
  parameterSize?: string;
  /** Such as `Q4_K_M`. */
  quantization?: string;
}

export type Facts = Record<string, unknown>;

/** Far above any model there is; what is larger is a mistake or a lie. */
const MOST_TOKENS = 100_000_000;
const MODALITIES = ['text', 'image', 'audio', 'video', 'embedding'];
const SIZE = /^\d{1,4}(\.\d{1,3})?[KMBT]$/;
const QUANTIZATION = /^((I?Q|TQ|F|BF|FP|MXFP|NVFP|INT)\d[A-Z0-9_]{0,12}|\d{1,2}bit)$/i;
const SIZE_UNITS = [
  ['T', 1e12],
  ['B', 1e9],
  ['M', 1e6],
] as const;

/** An object with unknown facts in it; anything else is one without. */
export function factsOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Facts)
    : {};
}

/** The objects of a list; none of anything else. */
export function listOf(value: unknown): Facts[] {
  return Array.isArray(value) ? value.map(factsOf) : [];
}

/** The words of a list; undefined for anything else. */
export function wordsOf(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((word) => typeof word === 'string').map((word) => word.toLowerCase());
}

/** The first of these that can be a number of tokens. */
export function tokensIn(...values: unknown[]): number | undefined {
  return values.find(
    (value): value is number =>
      typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_TOKENS,
  );
}

export function flagIn(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** The words of a list that name what models read and write, each once; undefined if there are none. */
export function modalitiesIn(value: unknown): string[] | undefined {
  const words = new Set(wordsOf(value));
  const known = MODALITIES.filter((modality) => words.has(modality));
  return known.length === 0 ? undefined : known;
}

/** Text, and what these flags add to it; undefined where no flag is said. */
export function modalitiesBy(flags: { image?: unknown; audio?: unknown }): string[] | undefined {
  const image = flagIn(flags.image);
  const audio = flagIn(flags.audio);
  if (image === undefined && audio === undefined) return undefined;
  return ['text', ...(image ? ['image'] : []), ...(audio ? ['audio'] : [])];
}

/** `7.6B`, also where it is said in full. */
export function parameterSizeIn(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return undefined;
  if (SIZE.test(text)) return text;
  if (!/^\d{6,15}$/.test(text)) return undefined;
  const [unit, size] = SIZE_UNITS.find(([, least]) => Number(text) >= least) ?? ['M', 1e6];
  return `${Number((Number(text) / size).toFixed(1))}${unit}`;
}

export function quantizationIn(value: unknown): string | undefined {
  return typeof value === 'string' && QUANTIZATION.test(value) ? value : undefined;
}

/** The facts that are said. */
export function said(facts: { [Name in keyof ToldFacts]: ToldFacts[Name] | undefined }): ToldFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
