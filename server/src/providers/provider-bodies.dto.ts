import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, ValidateIf } from 'class-validator';
import {
  BaseUrlField,
  FlagField,
  KeyField,
  ModelField,
  ModelsField,
  ModelSettingsField,
  NameField,
  SlugField,
  TypeField,
} from './provider-fields.js';
import { type ProviderType } from './provider.entity.js';

/** Unlike `IsOptional`, refuses null: these fields always have a value. */
const mayBeLeftOut = () => ValidateIf((_object, value: unknown) => value !== undefined);
const mayBeNull = () =>
  ValidateIf((_object, value: unknown) => value !== undefined && value !== null);
const optional = { required: false };

const SETS_DEFAULT = 'true: this one answers where no model is named, and no other does any more.';
const ENABLED = 'false: its models are not served.';

export class CreateProviderDto {
  @NameField()
  name!: string;

  @SlugField()
  slug!: string;

  @TypeField()
  type!: ProviderType;

  @BaseUrlField()
  baseUrl!: string;

  @KeyField('Empty or left out: none is sent.')
  @mayBeNull()
  apiKey?: string | null;

  @ModelsField()
  models!: string[];

  @ModelSettingsField()
  @mayBeLeftOut()
  modelSettings?: Record<string, unknown>;

  @FlagField('isDefault', SETS_DEFAULT)
  @mayBeLeftOut()
  isDefault?: boolean;

  @FlagField('isEnabled', ENABLED)
  @mayBeLeftOut()
  isEnabled?: boolean;
}

export class UpdateProviderDto {
  @NameField(optional)
  @mayBeLeftOut()
  name?: string;

  @SlugField(optional)
  @mayBeLeftOut()
  slug?: string;

  @TypeField(optional)
  @mayBeLeftOut()
  type?: ProviderType;

  @BaseUrlField(optional)
  @mayBeLeftOut()
  baseUrl?: string;

  @KeyField('Empty or left out: the key that is stored stays.')
  @mayBeNull()
  apiKey?: string | null;

  @ModelsField(optional)
  @mayBeLeftOut()
  models?: string[];

  @ModelSettingsField()
  @mayBeLeftOut()
  modelSettings?: Record<string, unknown>;

  @FlagField('isDefault', SETS_DEFAULT)
  @mayBeLeftOut()
  isDefault?: boolean;

  @FlagField('isEnabled', ENABLED)
  @mayBeLeftOut()
  isEnabled?: boolean;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Of the version that was edited: 409 if the provider was changed since.',
  })
  @IsISO8601({ strict: true }, { message: 'updatedAt is the updatedAt that was read.' })
  @mayBeLeftOut()
  updatedAt?: string;
}

export class AskProviderDto {
  @BaseUrlField({ required: false, description: 'In place of the stored one.' })
  @mayBeLeftOut()
  baseUrl?: string;

  @KeyField('In place of the stored one.')
  @mayBeNull()
  apiKey?: string | null;
}

export class TestProviderDto extends AskProviderDto {
  @ModelField()
  model!: string;

  @FlagField('stream', 'Ask for a streamed answer.')
  @mayBeLeftOut()
  stream?: boolean;
}
