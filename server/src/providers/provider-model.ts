import { type ModelAccess } from '../config/index.js';

/**
 * What is known about one model of a provider beside its name; the same words and meanings as in
 * `models:` of config.yaml. What is left out is unknown, and a price that is left out is 0.
 */
export interface ProviderModelSettings {
  description?: string;
  /** Shown wherever the model is chosen. */
  notice?: string;
  /** Coins. */
  inputCostPerMillion?: number;
  outputCostPerMillion?: number;
  cachedInputCostPerMillion?: number;
  audioCostPerHour?: number;
  /** Tokens. */
  contextWindow?: number;
  maxOutputTokens?: number;
  access?: ModelAccess;
  needsAck?: boolean;
  ackMessage?: string;
  supportsReasoning?: boolean;
  supportsFunctionCalling?: boolean;
  inputModalities?: string[];
  outputModalities?: string[];
}

export interface ProviderModel {
  /** As the provider knows it. */
  name: string;
  settings: ProviderModelSettings;
}

/** Whether somebody said what the model costs, even if that is nothing. */
export function isPriced({ settings }: ProviderModel): boolean {
  const { inputCostPerMillion, outputCostPerMillion, audioCostPerHour } = settings;
  const perToken = inputCostPerMillion !== undefined && outputCostPerMillion !== undefined;
  return perToken || audioCostPerHour !== undefined;
}

/** The id that people and tools use for a provider's model. */
export function providerModelId(slug: string, model: string): string {
  return `${slug}/${model}`;
}
