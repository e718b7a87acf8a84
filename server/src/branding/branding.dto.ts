import { ApiProperty } from '@nestjs/swagger';

export class FooterLinkDto {
  @ApiProperty()
  label!: string;

  @ApiProperty()
  url!: string;
}

export class ThemeColourDto {
  @ApiProperty({ example: 'on-primary', description: 'Of Material, without `--mat-sys-`.' })
  name!: string;

  @ApiProperty({ example: '#13294b' })
  light!: string;

  @ApiProperty({ example: '#adc6ff' })
  dark!: string;
}

export class BrandingDto {
  @ApiProperty({ type: String, nullable: true })
  institution!: string | null;

  @ApiProperty({ type: String, nullable: true })
  institutionUrl!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null: Lumen’s own.' })
  logo!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'On dark ground.' })
  logoDark!: string | null;

  @ApiProperty({ type: String, nullable: true })
  favicon!: string | null;

  @ApiProperty({ type: [FooterLinkDto] })
  footerLinks!: FooterLinkDto[];

  @ApiProperty({ type: [ThemeColourDto], description: 'What differs from Lumen’s own theme.' })
  colours!: ThemeColourDto[];
}
