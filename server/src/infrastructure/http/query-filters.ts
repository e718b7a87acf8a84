import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsDate, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A filter by id: `@IdFilter('user')`. */
export const IdFilter =
  (name: string): PropertyDecorator =>
  (target, property) => {
    ApiPropertyOptional({ format: 'uuid', type: String })(target, property);
    IsOptional()(target, property);
    Matches(UUID, { message: `${name} is one id.` })(target, property);
  };

/** A filter by a text that is compared as it is. */
export const TextFilter =
  (name: string, length: number, example?: string): PropertyDecorator =>
  (target, property) => {
    const described = example === undefined ? {} : { example };
    ApiPropertyOptional({ type: String, maxLength: length, ...described })(target, property);
    IsOptional()(target, property);
    IsString({ message: `${name} is one text.` })(target, property);
    MaxLength(length, { message: `${name} has at most ${length} characters.` })(target, property);
    Matches(/^\P{Cc}*$/u, { message: `${name} has no control characters.` })(target, property);
  };

/** A point in time, from or up to which something is listed. */
export const TimeFilter =
  (name: string, description?: string): PropertyDecorator =>
  (target, property) => {
    const described = description === undefined ? {} : { description };
    ApiPropertyOptional({ format: 'date-time', type: String, ...described })(target, property);
    IsOptional()(target, property);
    Transform(readTime)(target, property);
    IsDate({ message: `${name} is a time such as 2026-11-21T10:00:00Z.` })(target, property);
  };

const readTime = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? new Date(value) : value;
