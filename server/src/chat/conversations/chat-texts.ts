import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';

/** A short text that a person gives a thing, such as a title: trimmed, on one line. */
export const ShortText = (name: string, longest: number): PropertyDecorator => {
  const message = `${name} is a text of 1 to ${longest} characters on one line.`;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.trim() : value,
    ),
    IsString({ message }),
    Length(1, longest, { message }),
    Matches(/^\P{Cc}*$/u, { message }),
  );
};
