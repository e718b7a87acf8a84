import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { byName } from '../conversations/by-name.js';
import { settingsOf } from '../conversations/conversation-settings.js';
import { Preset } from './preset.entity.js';
import { type PresetDto, type PresetListDto, type SavePresetDto } from './presets.dto.js';

/** All of them are told to the browser at once. */
const MOST_PRESETS = 200;

/** A person's presets. */
@Injectable()
export class PresetsService {
  constructor(
    @InjectRepository(Preset) private readonly presets: Repository<Preset>,
    private readonly clock: ClockService,
  ) {}

  async list(userId: string): Promise<PresetListDto> {
    const presets = await this.presets.findBy({ userId });
    return { presets: presets.sort(byName).map(asDto) };
  }

  /** @throws AppError conflict: there are too many */
  async create(userId: string, preset: SavePresetDto): Promise<PresetDto> {
    if ((await this.presets.countBy({ userId })) >= MOST_PRESETS) {
      throw new AppError(
        'conflict',
        `You have ${MOST_PRESETS} presets, which is as many as there can be. Delete one first.`,
      );
    }
    const now = this.clock.now();
    const made = { id: newId(), userId, ...contentOf(preset), createdAt: now, updatedAt: now };
    await this.presets.insert(made);
    return asDto(made);
  }

  /** @throws AppError not_found */
  async save(userId: string, id: string, preset: SavePresetDto): Promise<PresetDto> {
    const content = contentOf(preset);
    const { affected } = await this.presets.update(
      { userId, id },
      { ...content, updatedAt: this.clock.now() },
    );
    if (affected === 0) throw noPreset();
    return { id, ...content };
  }

  /** @throws AppError not_found */
  async remove(userId: string, id: string): Promise<void> {
    const { affected } = await this.presets.delete({ userId, id });
    if (affected === 0) throw noPreset();
  }
}

const contentOf = ({ name, model, settings }: SavePresetDto) => ({
  name,
  model,
  settings: settingsOf(settings),
});

const asDto = ({
  id,
  ...preset
}: Pick<Preset, 'id' | 'name' | 'model' | 'settings'>): PresetDto => ({
  id,
  ...contentOf(preset),
});

const noPreset = () =>
  new AppError(
    'not_found',
    'There is no preset of yours with this id. It may have been deleted; the list shows those you have.',
  );
