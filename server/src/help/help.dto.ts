import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { LUMEN_VERSION } from '../infrastructure/version.js';
import { type Audience, AUDIENCES, type FoundTopic, type HelpTopic } from './help.service.js';

const SEARCH = 'search is one text of at most 200 characters.';

export class HelpQueryDto {
  @ApiPropertyOptional({ maxLength: 200, description: 'Words that all have to be on a page.' })
  @IsOptional()
  @IsString({ message: SEARCH })
  @MaxLength(200, { message: SEARCH })
  search?: string;
}

export class HelpTopicDto {
  @ApiProperty({ example: 'budgets' })
  id!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({ enum: AUDIENCES, description: 'Whom it is written for; everybody may read it.' })
  audience!: Audience;

  @ApiProperty({ type: String, nullable: true, description: 'Where the words are; of a search.' })
  snippet!: string | null;

  static from(this: void, topic: HelpTopic | FoundTopic): HelpTopicDto {
    const { id, title, audience } = topic;
    return { id, title, audience, snippet: 'snippet' in topic ? topic.snippet : null };
  }
}

export class HelpDto {
  @ApiProperty({ type: [HelpTopicDto] })
  topics!: HelpTopicDto[];

  @ApiProperty({ description: 'Of Lumen.', example: '1.0.0' })
  version!: string;

  static of(this: void, topics: readonly (HelpTopic | FoundTopic)[]): HelpDto {
    return { topics: topics.map(HelpTopicDto.from), version: LUMEN_VERSION };
  }
}

export class HelpPageDto {
  @ApiProperty({ example: 'budgets' })
  id!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({
    description:
      'Markdown. Links that begin with /help/ lead to other pages; pictures are below /api/help/pictures/.',
  })
  text!: string;

  static from(this: void, { id, title, page }: HelpTopic): HelpPageDto {
    return { id, title, text: page };
  }
}
