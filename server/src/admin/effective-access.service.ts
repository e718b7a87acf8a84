import { Injectable } from '@nestjs/common';
import { AccessService, type ModelStanding, type Owner } from '../access/index.js';
import { pageOfList } from '../infrastructure/database/page.js';
import { EffectiveAccessDto, type EffectiveAccessQueryDto } from './effective-access.dto.js';

/** Answers administrators and auditors who may use what, and why. */
@Injectable()
export class EffectiveAccessService {
  constructor(private readonly access: AccessService) {}

  /** @throws AppError not_found */
  async list(owner: Owner, query: EffectiveAccessQueryDto): Promise<EffectiveAccessDto> {
    const door = owner.ownerKind === 'user' ? 'chat' : 'api';
    const found = await this.access.standingsOf(owner, door);
    const wanted = found.standings.filter((standing) => isWanted(standing, query));
    return EffectiveAccessDto.from(found.owner, pageOfList(sorted(wanted, query), query));
  }
}

function isWanted(
  { entry, access }: ModelStanding,
  query: Pick<EffectiveAccessQueryDto, 'search' | 'access'>,
): boolean {
  if (query.access && access !== query.access) return false;
  return !query.search || entry.id.toLowerCase().includes(query.search.toLowerCase());
}

function sorted(
  standings: readonly ModelStanding[],
  { sort, order }: Pick<EffectiveAccessQueryDto, 'sort' | 'order'>,
): ModelStanding[] {
  const sign = order === 'desc' ? -1 : 1;
  const textOf = ({ entry, access }: ModelStanding) =>
    `${sort === 'access' ? access : ''} ${entry.id.toLowerCase()}`;
  return [...standings].sort((a, b) => sign * compare(textOf(a), textOf(b)));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
