import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsObject, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import {
  type Backup,
  type CheckedDraft,
  type Draft,
  FIELD_KINDS,
  formChangesOf,
  type FormField,
  type ShownConfiguration,
} from '../config/index.js';
import { AppError } from '../infrastructure/errors/app-error.js';

const RELOAD = ['hot', 'restart'] as const;
const SOURCES = ['file', 'environment', 'default'] as const;
const READ_ONLY = ['managed', 'not_writable', 'mounted', 'too_large'] as const;
const LINES = ['same', 'added', 'removed', 'gap'] as const;
const LONGEST_TEXT = 2 ** 20;

export class ConfigurationFieldDto implements FormField {
  @ApiProperty({ description: 'As YAML spells it; empty for items and entries.' })
  name!: string;

  @ApiProperty({ enum: FIELD_KINDS })
  kind!: (typeof FIELD_KINDS)[number];

  @ApiProperty()
  doc!: string;

  @ApiProperty({ description: 'What may stand there, in words.' })
  allowed!: string;

  @ApiProperty()
  unit!: string;

  @ApiProperty({ description: 'The default in words; empty for a section.' })
  defaultText!: string;

  @ApiProperty({ type: Object, nullable: true, description: 'The default as a value.' })
  default!: unknown;

  @ApiProperty()
  required!: boolean;

  @ApiProperty({ enum: RELOAD })
  reload!: (typeof RELOAD)[number];

  @ApiProperty({ description: 'The environment variable that wins over the file.' })
  env!: string;

  @ApiProperty({ description: 'Never shown: kept, set or removed.' })
  secret!: boolean;

  @ApiProperty({ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] } })
  choices!: (string | number)[];

  @ApiProperty({ type: () => [ConfigurationFieldDto], description: 'The keys of a section.' })
  fields!: ConfigurationFieldDto[];

  @ApiPropertyOptional({ type: () => ConfigurationFieldDto, description: 'An item or an entry.' })
  item?: ConfigurationFieldDto;

  @ApiProperty({ description: 'What the names of a mapping are.' })
  entryName!: string;

  @ApiPropertyOptional({
    type: () => ConfigurationFieldDto,
    description: 'Entries that stand directly in the section.',
  })
  rest?: ConfigurationFieldDto;

  @ApiProperty({ description: 'The key that names an item of a list.' })
  identity!: string;
}

export class ConfigurationSchemaDto {
  @ApiProperty({ type: [ConfigurationFieldDto] })
  fields!: ConfigurationFieldDto[];
}

export class ConfigurationProblemDto {
  @ApiProperty({ description: 'As the file spells it; empty for the file as a whole.' })
  path!: string;

  @ApiProperty()
  message!: string;

  @ApiPropertyOptional()
  found?: string;

  @ApiPropertyOptional()
  expected?: string;

  @ApiProperty({ type: Number, nullable: true })
  line!: number | null;

  @ApiProperty({ description: 'The path in the spelling of `values`.' })
  field!: string;
}

export class ConfigurationValueDto {
  @ApiProperty()
  path!: string;

  @ApiProperty({ type: Object, nullable: true, description: 'In force; null for a secret.' })
  value!: unknown;

  @ApiProperty()
  isSecret!: boolean;

  @ApiProperty()
  isSet!: boolean;

  @ApiProperty({ enum: SOURCES })
  source!: (typeof SOURCES)[number];

  @ApiProperty({ type: String, nullable: true, description: 'The environment variable.' })
  variable!: string | null;
}

export class WaitingValueDto {
  @ApiProperty()
  path!: string;

  @ApiProperty({ type: Object, nullable: true, description: 'null for a secret and for lists.' })
  inForce!: unknown;

  @ApiProperty({ type: Object, nullable: true, description: 'null for a secret and for lists.' })
  inFile!: unknown;

  @ApiProperty()
  isSecret!: boolean;
}

export class ConfigurationDto {
  @ApiProperty({ description: 'Of the file as it was read; a change has to name it.' })
  version!: string;

  @ApiProperty({ description: 'The file, with masks such as <secret:…> for its secrets.' })
  text!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What the file says, in one spelling; null while it is no valid YAML.',
  })
  values!: Record<string, unknown> | null;

  @ApiProperty({ type: [ConfigurationValueDto] })
  effective!: ConfigurationValueDto[];

  @ApiProperty({ type: [ConfigurationProblemDto] })
  problems!: ConfigurationProblemDto[];

  @ApiProperty({ type: [ConfigurationProblemDto] })
  warnings!: ConfigurationProblemDto[];

  @ApiProperty({ enum: READ_ONLY, nullable: true, description: 'Why nothing can be changed.' })
  readOnly!: (typeof READ_ONLY)[number] | null;

  @ApiProperty({ type: [String], description: 'Keys that wait for a restart.' })
  restartPending!: string[];

  @ApiProperty({ type: [WaitingValueDto], description: 'The same keys with their values.' })
  restartValues!: WaitingValueDto[];

  static from(this: void, shown: ShownConfiguration): ConfigurationDto {
    return shown;
  }
}

export class ConfigurationDiffLineDto {
  @ApiProperty({ enum: LINES })
  kind!: (typeof LINES)[number];

  @ApiProperty()
  text!: string;

  @ApiProperty({ type: Number, nullable: true })
  before!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  after!: number | null;
}

export class ChangedKeyDto {
  @ApiProperty()
  path!: string;

  @ApiProperty({ enum: RELOAD })
  reload!: (typeof RELOAD)[number];
}

export class CheckedConfigurationDto {
  @ApiProperty()
  isValid!: boolean;

  @ApiProperty()
  isChanged!: boolean;

  @ApiProperty({ type: [ConfigurationProblemDto] })
  problems!: ConfigurationProblemDto[];

  @ApiProperty({ type: [ConfigurationProblemDto] })
  warnings!: ConfigurationProblemDto[];

  @ApiProperty({ type: [ConfigurationDiffLineDto] })
  diff!: ConfigurationDiffLineDto[];

  @ApiProperty({ type: [ChangedKeyDto] })
  changes!: ChangedKeyDto[];

  @ApiProperty({ description: 'The file there would be, with masks.' })
  text!: string;

  @ApiProperty({ type: [String], description: 'Roles that you would lose with it.' })
  lostRoles!: string[];

  static from(
    this: void,
    { roleLists: _roleLists, ...checked }: CheckedDraft,
    lostRoles: string[],
  ): CheckedConfigurationDto {
    return { ...checked, lostRoles };
  }
}

/** Either a whole text or changes of single keys. */
export class DraftConfigurationDto {
  @ApiPropertyOptional({ type: String, maxLength: LONGEST_TEXT })
  @IsOptional()
  @IsString({ message: 'text is the text of the file.' })
  @MaxLength(LONGEST_TEXT, { message: 'The text is larger than 1 MiB.' })
  text?: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description:
      'Each has a path (a list of names and numbers) and a value (null: the default), or a name.',
  })
  @IsOptional()
  @IsArray({ message: 'changes is a list.' })
  @IsObject({ each: true, message: 'changes is a list of objects.' })
  changes?: unknown;
}

export class SaveConfigurationDto extends DraftConfigurationDto {
  @ApiProperty({ description: 'The version the draft was made from.' })
  @IsString({ message: 'version is that of the file as it was read.' })
  @Length(1, 100, { message: 'version is that of the file as it was read.' })
  version!: string;
}

export class RollBackConfigurationDto {
  @ApiProperty()
  @IsString({ message: 'version is that of the file as it was read.' })
  @Length(1, 100, { message: 'version is that of the file as it was read.' })
  version!: string;
}

export class ConfigurationBackupDto {
  @ApiProperty()
  id!: string;

  @ApiProperty({ format: 'date-time', description: 'When it was replaced.' })
  at!: Date;

  @ApiProperty()
  bytes!: number;
}

export class ConfigurationHistoryDto {
  @ApiProperty({ type: [ConfigurationBackupDto] })
  items!: Backup[];
}

/** @throws AppError invalid_request */
export function draftOf({ text, changes }: DraftConfigurationDto): Draft {
  // Null stands for what is left out, as in every body.
  const isText = typeof text === 'string';
  if (isText === ((changes ?? null) !== null)) {
    throw new AppError('invalid_request', 'Send either text or changes.');
  }
  if (isText) return { text };
  const read = formChangesOf(changes);
  if (read) return { changes: read };
  const message = 'changes has at most 500 items, each with a path and either a value or a name.';
  throw new AppError('invalid_request', message, { param: 'changes' });
}
