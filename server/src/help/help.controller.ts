import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Accepts } from '../infrastructure/http/route-access.js';
import { HelpDto, HelpPageDto, HelpQueryDto } from './help.dto.js';
import { HelpService } from './help.service.js';

@ApiTags('Help')
@Controller('api/help')
@Accepts('session')
export class HelpController {
  constructor(private readonly help: HelpService) {}

  /** The pages of the documentation, or those that have all words of `search`. */
  @Get()
  @ApiOkResponse({ type: HelpDto })
  async list(@Query() { search = '' }: HelpQueryDto): Promise<HelpDto> {
    const isSearch = search.trim() !== '';
    return HelpDto.of(isSearch ? await this.help.search(search) : await this.help.list());
  }

  @Get(':topic')
  @ApiOkResponse({ type: HelpPageDto })
  async find(@Param('topic') topic: string): Promise<HelpPageDto> {
    return HelpPageDto.from(await this.help.find(topic));
  }
}
