import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, Repository } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { rowLock } from '../../infrastructure/database/row-lock.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { byName } from './by-name.js';
import { Folder } from './folder.entity.js';
import { type FolderDto, type FolderListDto } from './folders.dto.js';

/** All of them are told to the browser at once. */
const MOST_FOLDERS = 500;

/** A person's folders. */
@Injectable()
export class FoldersService {
  constructor(
    @InjectRepository(Folder) private readonly folders: Repository<Folder>,
    private readonly clock: ClockService,
    private readonly events: ChatEventsService,
  ) {}

  async list(userId: string): Promise<FolderListDto> {
    const folders = await this.folders.findBy({ userId });
    return { folders: folders.sort(byName).map(asDto) };
  }

  /** @throws AppError not_found, whether it never was or is another person's */
  async find(userId: string, id: string): Promise<Folder> {
    return found(await this.folders.findOneBy({ userId, id: id.toLowerCase() }));
  }

  /** As `find`; the folder stays until the transaction ends. */
  async keep(userId: string, id: string, manager: EntityManager): Promise<Folder> {
    const where = { userId, id: id.toLowerCase() };
    return found(await manager.findOne(Folder, { where, ...rowLock(manager) }));
  }

  /** @throws AppError conflict: there are too many */
  async create(userId: string, name: string): Promise<FolderDto> {
    if ((await this.folders.countBy({ userId })) >= MOST_FOLDERS) {
      throw new AppError(
        'conflict',
        `You have ${MOST_FOLDERS} folders, which is as many as there can be. Delete one first.`,
      );
    }
    const folder = { id: newId(), userId, name, createdAt: this.clock.now() };
    await this.folders.insert(folder);
    this.events.foldersChanged(userId);
    return asDto(folder);
  }

  /** @throws AppError not_found */
  async rename(userId: string, id: string, name: string): Promise<FolderDto> {
    const { affected } = await this.folders.update({ userId, id }, { name });
    if (affected === 0) throw noFolder();
    this.events.foldersChanged(userId);
    return { id, name };
  }

  /** The conversations in it stay, in no folder. @throws AppError not_found */
  async remove(userId: string, id: string): Promise<void> {
    const { affected } = await this.folders.delete({ userId, id });
    if (affected === 0) throw noFolder();
    this.events.foldersChanged(userId);
  }
}

const asDto = ({ id, name }: Pick<Folder, 'id' | 'name'>): FolderDto => ({ id, name });

function found(folder: Folder | null): Folder {
  if (!folder) throw noFolder();
  return folder;
}

const noFolder = () =>
  new AppError(
    'not_found',
    'There is no folder of yours with this id. It may have been deleted; the list shows those you have.',
  );
