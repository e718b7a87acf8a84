import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsOptional,
  IsString,
  Length,
  MaxLength,
  NotContains,
  ValidateIf,
} from 'class-validator';
import { IsAddress } from '../infrastructure/http/is-address.js';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';
import { LONGEST_CLIENT_NAME } from './client-name.js';
import { type ClientRole } from './client-permissions.service.js';
import { CLIENT_SORTS } from './client-records.service.js';

const LONGEST_DESCRIPTION = 2000;
const LONGEST_MODEL = 256;
const DEFAULT_MODEL = 'defaultModel is the name of a model, or null.';
const BASED_ON = 'basedOn is the version of a client.';
const NO_ADDRESS = 'Give the e-mail address of a person.';

const trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

/** Unlike `IsOptional`, refuses null: these fields always have a value. */
const mayBeLeftOut = () => ValidateIf((_object, value: unknown) => value !== undefined);

export class ListClientsDto extends pageQueryOf(CLIENT_SORTS) {}

export class CreateClientDto {
  @ApiProperty({ minLength: 1, maxLength: LONGEST_CLIENT_NAME, example: 'research-bot' })
  @trimmed()
  @IsString({ message: 'name is a text.' })
  @Length(1, LONGEST_CLIENT_NAME, { message: 'name has 1 to 128 characters.' })
  name!: string;

  @ApiPropertyOptional({ maxLength: LONGEST_DESCRIPTION, description: 'What the client is for.' })
  @mayBeLeftOut()
  @IsString({ message: 'description is a text.' })
  @MaxLength(LONGEST_DESCRIPTION, { message: 'description has at most 2000 characters.' })
  @NotContains('\0', { message: 'description is text without NUL.' })
  description?: string;

  @ApiPropertyOptional({ format: 'email', description: 'Who answers for it.' })
  @IsOptional()
  @trimmed()
  @IsAddress({ tld: false }, { message: NO_ADDRESS })
  ownerEmail?: string;
}

export class StaleClientDto {
  @ApiPropertyOptional({
    type: String,
    description:
      'The `version` that was read before: a client changed since is not overwritten, but answered with 409 and in details.current.',
  })
  @IsOptional()
  @IsString({ message: BASED_ON })
  @MaxLength(64, { message: BASED_ON })
  basedOn?: string;
}

export class UpdateClientDto extends StaleClientDto {
  @ApiPropertyOptional({ maxLength: LONGEST_DESCRIPTION })
  @mayBeLeftOut()
  @IsString({ message: 'description is a text.' })
  @MaxLength(LONGEST_DESCRIPTION, { message: 'description has at most 2000 characters.' })
  @NotContains('\0', { message: 'description is text without NUL.' })
  description?: string;

  @ApiPropertyOptional({ description: 'false: its keys are refused at once. For owners.' })
  @mayBeLeftOut()
  @IsBoolean({ message: 'isActive is true or false.' })
  isActive?: boolean;
}

export class ClientModelDto extends StaleClientDto {
  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: LONGEST_MODEL,
    description: 'Answers requests that name no model. null: what config.yaml says.',
  })
  @ValidateIf((_object, value: unknown) => value !== null)
  @IsString({ message: DEFAULT_MODEL })
  @Length(1, LONGEST_MODEL, { message: DEFAULT_MODEL })
  @NotContains('\0', { message: DEFAULT_MODEL })
  defaultModel!: string | null;
}

export class AdministerClientDto extends UpdateClientDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LONGEST_MODEL,
    description: 'Answers requests that name no model. null: what config.yaml says.',
  })
  @IsOptional()
  @IsString({ message: DEFAULT_MODEL })
  @Length(1, LONGEST_MODEL, { message: DEFAULT_MODEL })
  @NotContains('\0', { message: DEFAULT_MODEL })
  defaultModel?: string | null;
}

export class ClientPersonEmailDto {
  @ApiProperty({ format: 'email', description: 'Somebody who has signed in before.' })
  @trimmed()
  @IsAddress({ tld: false }, { message: NO_ADDRESS })
  email!: string;
}

export class ClientPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  isActive!: boolean;
}

export class ClientDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ description: 'Switched on in the console.' })
  isActive!: boolean;

  @ApiProperty({ description: 'Active, and not disabled by config.yaml: its keys work.' })
  isEnabled!: boolean;

  @ApiProperty({ description: 'config.yaml has an entry for it that is not empty.' })
  hasOwnConfiguration!: boolean;

  @ApiProperty({ type: ClientPersonDto, nullable: true })
  owner!: ClientPersonDto | null;

  @ApiProperty({ type: String, nullable: true, description: 'Chosen in the console.' })
  defaultModel!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'What answers requests that name no model: the choice here, else that of the file.',
  })
  effectiveDefaultModel!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiProperty({ description: 'Tells what is said of it from what is said later.' })
  version!: string;
}

export class ClientDetailDto extends ClientDto {
  @ApiProperty({ type: [ClientPersonDto] })
  managers!: ClientPersonDto[];

  @ApiProperty({ enum: ['admin', 'owner', 'manager'], description: 'What you are to it.' })
  role!: ClientRole;
}

export class ClientPageDto extends pageOf(ClientDto) {}
