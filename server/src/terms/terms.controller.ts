import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { AcceptTermsDto, MyTermsDto, TermsDto } from './terms.dto.js';
import { TermsService } from './terms.service.js';

@ApiTags('Me')
@Controller('api/terms')
@Accepts('session')
export class TermsController {
  constructor(private readonly terms: TermsService) {}

  /** The terms in force, and whether I agreed to them. */
  @Get()
  @ApiOkResponse({ type: MyTermsDto })
  async mine(@CurrentPrincipal() { ownerId }: Principal): Promise<MyTermsDto> {
    const terms = await this.terms.current();
    const acceptedAt = terms && (await this.terms.agreedAt(ownerId, terms.version));
    return {
      terms: terms && TermsDto.from(terms),
      acceptedAt: acceptedAt?.toISOString() ?? null,
    };
  }

  @Post('acceptance')
  @HttpCode(200)
  @ApiOkResponse({ type: MyTermsDto })
  async accept(
    @CurrentPrincipal() principal: Principal,
    @Body() { version }: AcceptTermsDto,
    @Audit() audit: AuditContext,
  ): Promise<MyTermsDto> {
    await this.terms.accept(principal.ownerId, version, audit);
    return this.mine(principal);
  }
}
