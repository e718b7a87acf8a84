import { Injectable } from '@nestjs/common';
import { GroupsService } from '../groups/index.js';
import { pageOfList } from '../infrastructure/database/page.js';
import { AppError } from '../infrastructure/errors/app-error.js';
import { GroupDto, type GroupPageDto, type ListGroupsDto } from './groups.dto.js';

/** The groups of the file and of the console in one list, from memory. */
@Injectable()
export class GroupListService {
  constructor(private readonly groups: GroupsService) {}

  async list({ sort, order, search = '', ...page }: ListGroupsDto): Promise<GroupPageDto> {
    await this.groups.loaded();
    const wanted = search.toLowerCase();
    const direction = order === 'desc' ? -1 : 1;
    const keyOf = (group: GroupDto) => String(group[sort]).toLowerCase();
    const found = this.groups
      .definitions()
      .map(GroupDto.from)
      .filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(wanted))
      .sort(
        (one, other) =>
          direction * compare(keyOf(one), keyOf(other)) || compare(one.name, other.name),
      );
    return pageOfList(found, page);
  }

  /** @throws AppError not_found */
  async get(name: string): Promise<GroupDto> {
    await this.groups.loaded();
    const group = this.groups.find(name);
    if (!group) throw new AppError('not_found', `There is no group named "${name}".`);
    return GroupDto.from(group);
  }
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
