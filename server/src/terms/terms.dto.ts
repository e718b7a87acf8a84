import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, MaxLength, Min } from 'class-validator';
import { type PublishedTerms } from './terms-publication.service.js';
import { type TermsVersion } from './terms-version.entity.js';

export class TermsDto {
  @ApiProperty()
  version!: number;

  @ApiProperty({ description: 'Markdown.' })
  text!: string;

  @ApiProperty({ description: 'What is new since the version before; may be empty.' })
  changes!: string;

  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;

  static from(this: void, { version, text, changes, publishedAt }: TermsVersion): TermsDto {
    return { version, text, changes, publishedAt: publishedAt.toISOString() };
  }
}

export class MyTermsDto {
  @ApiProperty({
    type: TermsDto,
    nullable: true,
    description: 'null: there is nothing to agree to.',
  })
  terms!: TermsDto | null;

  @ApiProperty({
    format: 'date-time',
    type: String,
    nullable: true,
    description: 'When I agreed to this version; null: not yet.',
  })
  acceptedAt!: string | null;
}

export class AcceptTermsDto {
  @ApiProperty({ minimum: 1, description: 'The version that was read.' })
  @IsInt({ message: 'version is a whole number.' })
  @Min(1, { message: 'version is at least 1.' })
  version!: number;
}

export class PublishTermsDto {
  @ApiProperty({ minLength: 1, maxLength: 100_000, description: 'Markdown.' })
  @IsString({ message: 'text is a text.' })
  @Length(1, 100_000, { message: 'The terms have 1 to 100,000 characters.' })
  @Matches(/\S/, { message: 'Write the terms.' })
  text!: string;

  @ApiProperty({ maxLength: 2000 })
  @IsString({ message: 'changes is a text.' })
  @MaxLength(2000, { message: 'Say what is new in at most 2,000 characters.' })
  changes!: string;

  @ApiProperty({
    minimum: 0,
    description: 'The newest version that was looked at; 0: there is none.',
  })
  @IsInt({ message: 'basedOn is a whole number.' })
  @Min(0, { message: 'basedOn is at least 0.' })
  basedOn!: number;
}

export class PublishedTermsDto extends TermsDto {
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  withdrawnAt!: string | null;

  @ApiProperty({ description: 'How many people agreed to this version.' })
  acceptances!: number;

  static override from(this: void, terms: PublishedTerms): PublishedTermsDto {
    const { withdrawnAt, acceptances } = terms;
    return {
      ...TermsDto.from(terms),
      withdrawnAt: withdrawnAt?.toISOString() ?? null,
      acceptances,
    };
  }
}

export class PublishedTermsListDto {
  @ApiProperty({ type: [PublishedTermsDto], description: 'The newest first.' })
  versions!: PublishedTermsDto[];
}
