import { z } from 'zod';
import { AppError } from '../infrastructure/errors/app-error.js';
import { type ProviderModel, type ProviderModelSettings } from './provider-model.js';

const price = z.number().min(0).max(1_000_000);
const tokens = z.int().min(1).max(1e9);
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes('\0'), 'It has a NUL character in it');
const modalities = z.array(z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/)).max(16);

const settings = z
  .strictObject({
    description: text(2000),
    notice: text(2000),
    inputCostPerMillion: price,
    outputCostPerMillion: price,
    cachedInputCostPerMillion: price,
    audioCostPerHour: price,
    contextWindow: tokens,
    maxOutputTokens: tokens,
    access: z.enum(['allowed', 'needs_ack', 'blocked']),
    needsAck: z.boolean(),
    ackMessage: text(5000),
    supportsReasoning: z.boolean(),
    supportsFunctionCalling: z.boolean(),
    inputModalities: modalities,
    outputModalities: modalities,
  })
  .partial() satisfies z.ZodType<ProviderModelSettings>;

/** Further facts about models, by their names, as a caller sent them. */
export type ModelSettingsByName = Readonly<Record<string, unknown>>;

/**
 * The models with their settings, in the order of `names`. Settings of a model that is not among them
 * are a mistake.
 * @throws AppError invalid_request with everything that is wrong
 */
export function readModels(
  names: readonly string[],
  given: ModelSettingsByName = {},
): ProviderModel[] {
  const problems: string[] = [];
  const known = new Set(names);
  const read = new Map<string, ProviderModelSettings>();
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name))
      problems.push(`modelSettings names ${quote(name)}, which is not in models.`);
    const result = settings.safeParse(value);
    if (result.success) read.set(name, result.data);
    else problems.push(...result.error.issues.map((issue) => problemOf(name, issue)));
  }
  if (problems.length > 0) throw invalid(problems);
  return names.map((name) => ({ name, settings: read.get(name) ?? {} }));
}

function problemOf(model: string, issue: z.core.$ZodIssue): string {
  const at = [`modelSettings[${quote(model)}]`, ...issue.path.map(String)].join('.');
  return `${at}: ${issue.message}.`;
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}

const MOST_PROBLEMS = 20;

function invalid(problems: readonly string[]): AppError {
  const shown = problems.slice(0, MOST_PROBLEMS);
  return new AppError('invalid_request', shown.join(' '), {
    details: { fields: { modelSettings: shown } },
  });
}
