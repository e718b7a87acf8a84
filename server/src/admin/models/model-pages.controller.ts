import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import {
  ModelCardListDto,
  ModelPageDto,
  ModelPageQueryDto,
  ModelReadmeDto,
} from './model-card.dto.js';
import { ModelPagesService } from './model-pages.service.js';

const NAME = { name: 'path', type: String, description: 'The model; may contain slashes.' };

/** Here because it puts together what models, access and usage know of each model. */
@ApiTags('Models')
@Controller('api')
@Accepts('session')
export class ModelPagesController {
  constructor(private readonly pages: ModelPagesService) {}

  /** Every model that is not disabled, and how you stand to it. */
  @Get('catalogue')
  @ApiOkResponse({ type: ModelCardListDto })
  async list(@CurrentPrincipal() principal: Principal): Promise<ModelCardListDto> {
    return { models: await this.pages.cards(principal) };
  }

  /** One model, and how much it is asked. */
  @Get('catalogue/*')
  @ApiParam(NAME)
  @ApiOkResponse({ type: ModelPageDto })
  find(
    @CurrentPrincipal() principal: Principal,
    @Param('*') model: string,
    @Query() { tz }: ModelPageQueryDto,
  ): Promise<ModelPageDto> {
    return this.pages.page(principal, model, tz);
  }

  /** What the page about the model says, as far as this server may read it. */
  @Get('readmes/*')
  @ApiParam(NAME)
  @ApiOkResponse({ type: ModelReadmeDto })
  readme(
    @CurrentPrincipal() principal: Principal,
    @Param('*') model: string,
  ): Promise<ModelReadmeDto> {
    return this.pages.readme(principal, model);
  }
}
