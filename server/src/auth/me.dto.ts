import { ApiProperty } from '@nestjs/swagger';
import { BrandingDto } from '../branding/index.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { type LoginKind } from './login.service.js';

export class MeDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['user', 'client'], description: 'A person, or an application.' })
  kind!: OwnerKind;

  @ApiProperty({ description: 'Empty for a client.' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'One or two letters for an avatar.' })
  initials!: string;

  @ApiProperty({ type: [String], enum: ['user', 'admin', 'engineer', 'superadmin', 'auditor'] })
  roles!: string[];

  @ApiProperty({
    description:
      'Goes in x-csrf-token with every request that changes something; empty for API keys.',
  })
  csrfToken!: string;

  @ApiProperty({ description: 'Whether there is a client that this person manages.' })
  managesClients!: boolean;
}

export class AppInfoDto {
  @ApiProperty()
  name!: string;

  @ApiProperty()
  tagline!: string;
}

export class LoginInfoDto {
  @ApiProperty({ enum: ['dev', 'oidc', 'none'] })
  kind!: LoginKind;
}

export class BootstrapDto {
  @ApiProperty({ type: AppInfoDto })
  app!: AppInfoDto;

  @ApiProperty({ type: BrandingDto, description: 'As the person who asks sees it.' })
  branding!: BrandingDto;

  @ApiProperty({ type: LoginInfoDto })
  login!: LoginInfoDto;

  @ApiProperty({ type: MeDto, nullable: true, description: 'Null when nobody is signed in.' })
  user!: MeDto | null;
}
