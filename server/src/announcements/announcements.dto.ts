import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import {
  type Announcement,
  type Audience,
  AUDIENCES,
  SEVERITIES,
  type Severity,
} from './announcement.entity.js';

const NO_CONTROL = /^\P{Cc}*$/u;
const STRICT = { strict: true, strictSeparator: true };

export class SaveAnnouncementDto {
  @ApiProperty({ enum: SEVERITIES })
  @IsIn(SEVERITIES, { message: `severity is one of ${SEVERITIES.join(', ')}.` })
  severity!: Severity;

  @ApiProperty({ minLength: 1, maxLength: 160, description: 'One line, without Markdown.' })
  @IsString({ message: 'title is a text.' })
  @Length(1, 160, { message: 'Give it a title of 1 to 160 characters.' })
  @Matches(NO_CONTROL, { message: 'The title is one line.' })
  @Matches(/\S/, { message: 'Give it a title of 1 to 160 characters.' })
  title!: string;

  @ApiProperty({ maxLength: 10_000, description: 'Markdown; may be empty.' })
  @IsString({ message: 'text is a text.' })
  @MaxLength(10_000, { message: 'The text has at most 10,000 characters.' })
  text!: string;

  @ApiProperty({ enum: AUDIENCES, description: 'everyone: also who is not signed in.' })
  @IsIn(AUDIENCES, { message: `audience is one of ${AUDIENCES.join(', ')}.` })
  audience!: Audience;

  @ApiProperty({ type: [String], description: 'Names of groups, for the audience `groups`.' })
  @IsArray({ message: 'groups is a list of names.' })
  @IsString({ each: true, message: 'groups is a list of names.' })
  @ArrayMaxSize(100, { message: 'Choose at most 100 groups.' })
  @ValidateIf(({ audience }: SaveAnnouncementDto) => audience === 'groups')
  @ArrayMinSize(1, { message: 'Choose the groups it is for.' })
  groups!: string[];

  @ApiProperty({ description: 'Whether people can put it away.' })
  @IsBoolean({ message: 'isDismissible is true or false.' })
  isDismissible!: boolean;

  @ApiProperty({ format: 'date-time' })
  @IsISO8601(STRICT, { message: 'startsAt is a time, such as 2026-11-21T08:00:00Z.' })
  startsAt!: string;

  @ApiProperty({ format: 'date-time', type: String, nullable: true, description: 'null: no end.' })
  @IsOptional()
  @IsISO8601(STRICT, { message: 'endsAt is a time, such as 2026-11-21T18:00:00Z, or null.' })
  endsAt!: string | null;
}

export class ChangeAnnouncementDto extends SaveAnnouncementDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'The `updatedAt` that was looked at: refused (409) if it has changed since.',
  })
  @IsOptional()
  @IsISO8601(STRICT, { message: 'basedOn is the updatedAt that was looked at.' })
  basedOn?: string;
}

export class AnnouncementDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: SEVERITIES })
  severity!: Severity;

  @ApiProperty()
  title!: string;

  @ApiProperty({ description: 'Markdown.' })
  text!: string;

  @ApiProperty({ enum: AUDIENCES })
  audience!: Audience;

  @ApiProperty({ type: [String] })
  groups!: string[];

  @ApiProperty()
  isDismissible!: boolean;

  @ApiProperty({ format: 'date-time' })
  startsAt!: string;

  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  endsAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static from(this: void, announcement: Announcement): AnnouncementDto {
    const { id, severity, title, text, audience, groups, isDismissible } = announcement;
    return {
      id,
      severity,
      title,
      text,
      audience,
      groups,
      isDismissible,
      startsAt: announcement.startsAt.toISOString(),
      endsAt: announcement.endsAt?.toISOString() ?? null,
      updatedAt: announcement.updatedAt.toISOString(),
    };
  }
}

/** Who else reads it is nobody's business. */
export class ShownAnnouncementDto extends OmitType(AnnouncementDto, ['audience', 'groups']) {
  static from(this: void, announcement: Announcement): ShownAnnouncementDto {
    const { audience: _audience, groups: _groups, ...shown } = AnnouncementDto.from(announcement);
    return shown;
  }
}

export class AnnouncementListDto {
  @ApiProperty({ type: [AnnouncementDto] })
  announcements!: AnnouncementDto[];
}

export class ShownAnnouncementListDto {
  @ApiProperty({ type: [ShownAnnouncementDto] })
  announcements!: ShownAnnouncementDto[];
}
