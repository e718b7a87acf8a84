import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { readBaseUrl } from './base-url.js';
import { PROVIDER_TYPES } from './provider.entity.js';

/** The fields of the bodies about providers: what each may be, and what a caller hears otherwise. */

export const LONGEST_SLUG = 63;
/** With the longest slug and a slash it still is a model id that requests may name. */
export const LONGEST_MODEL = 190;
const MOST_MODELS = 1000;
const LONGEST_KEY = 4096;

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const PRINTABLE = /^(?!\s)[^\u0000-\u001f\u007f]+(?<!\s)$/;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** It travels in a header, so nothing else may be in it. */
const KEY = /^[\x21-\x7e]*$/;

const NAME_RULE = 'name has 1 to 128 printable characters.';
const SLUG_RULE =
  'slug has 1 to 63 lower-case letters and digits, with single hyphens between them.';
const URL_RULE =
  'baseUrl is an http:// or https:// address up to and including /v1, without user name, ? or #.';
const KEY_RULE = 'apiKey has at most 4096 printable ASCII characters without spaces.';
const MODEL_RULE = `a model is a text of 1 to ${LONGEST_MODEL} printable characters without spaces around it.`;

const trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** What cannot be read becomes something that is refused. */
const readUrl = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? readBaseUrl(value) : 0,
  );

export const NameField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: 128, example: 'OpenAI', ...options }),
    trimmed(),
    Length(1, 128, { message: NAME_RULE }),
    Matches(PRINTABLE, { message: NAME_RULE }),
  );

export const SlugField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: SLUG.source, maxLength: LONGEST_SLUG, ...options }),
    MaxLength(LONGEST_SLUG, { message: SLUG_RULE }),
    Matches(SLUG, { message: SLUG_RULE }),
  );

export const TypeField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ enum: PROVIDER_TYPES, ...(options as object) }),
    IsIn(PROVIDER_TYPES, { message: 'type is official or custom.' }),
  );

export const BaseUrlField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, example: 'https://api.openai.com/v1', ...options }),
    readUrl(),
    IsString({ message: URL_RULE }),
  );

export const KeyField = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, nullable: true, required: false, writeOnly: true, description }),
    trimmed(),
    MaxLength(LONGEST_KEY, { message: KEY_RULE }),
    Matches(KEY, { message: KEY_RULE }),
  );

export const ModelField = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ minLength: 1, maxLength: LONGEST_MODEL, example: 'gpt-4o' }),
    MaxLength(LONGEST_MODEL, { message: MODEL_RULE }),
    Matches(PRINTABLE, { message: MODEL_RULE }),
  );

export const ModelsField = (options: ApiPropertyOptions = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], minItems: 1, example: ['gpt-4o'], ...(options as object) }),
    IsArray({ message: 'models is a list of names.' }),
    ArrayMinSize(1, { message: 'models has at least one name.' }),
    ArrayMaxSize(MOST_MODELS, { message: `models has at most ${MOST_MODELS} names.` }),
    ArrayUnique({ message: 'models names every model once.' }),
    MaxLength(LONGEST_MODEL, { each: true, message: MODEL_RULE }),
    Matches(PRINTABLE, { each: true, message: MODEL_RULE }),
  );

export const ModelSettingsField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: { type: 'object' },
      description:
        'Prices, limits and access by model: inputCostPerMillion, outputCostPerMillion, cachedInputCostPerMillion, audioCostPerHour, contextWindow, maxOutputTokens, access, needsAck, ackMessage, description, notice, supportsReasoning, supportsFunctionCalling, inputModalities, outputModalities.',
      example: { 'gpt-4o': { inputCostPerMillion: 2.5, outputCostPerMillion: 10 } },
    }),
    IsObject({ message: 'modelSettings is an object with a model’s settings under its name.' }),
  );

export const FlagField = (name: string, description: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: Boolean, required: false, description }),
    IsBoolean({ message: `${name} is true or false.` }),
  );
