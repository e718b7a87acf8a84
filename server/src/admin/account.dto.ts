import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

const ADDRESS = 'Type your e-mail address, so that nobody deletes an account by accident.';

export class DeleteAccountDto {
  @ApiProperty({ description: 'Your own e-mail address.', maxLength: 320 })
  @IsString({ message: ADDRESS })
  @Length(1, 320, { message: ADDRESS })
  email!: string;
}
