import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { AppError } from '../../infrastructure/errors/app-error.js';

/** An id in an address. What cannot be one names nothing: 404, as an id that nobody has. */
@Injectable()
export class UuidParam implements PipeTransform<string, string> {
  transform(value: string, _metadata: ArgumentMetadata): string {
    if (isUUID(value)) return value.toLowerCase();
    throw new AppError('not_found', 'There is nothing of yours with this id.');
  }
}
