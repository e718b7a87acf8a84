import { Injectable } from '@nestjs/common';
import { type Configuration } from '../config/index.js';
import { ConfigurationService } from '../config/configuration.service.js';
import { type BrandingDto } from './branding.dto.js';
import { PicturesService } from './pictures.service.js';
import { themeColours } from './theme-colours.js';

type Look = Configuration['branding']['emailThemes'][string];

/** How the portal looks, to whom. */
@Injectable()
export class BrandingService {
  constructor(
    private readonly configuration: ConfigurationService,
    private readonly pictures: PicturesService,
  ) {}

  /** For somebody with this address; null: for whoever is not signed in. */
  async of(email: string | null): Promise<BrandingDto> {
    const { branding } = this.configuration.current;
    const look = email === null ? branding : withTheme(branding, themeOf(branding, email));
    const [logo, logoDark, favicon] = await Promise.all([
      this.pictures.addressOf(look.logo),
      this.pictures.addressOf(look.logoDark ?? look.logo),
      this.pictures.addressOf(branding.favicon),
    ]);
    return {
      institution: look.institution,
      institutionUrl: look.institutionUrl,
      ...{ logo, logoDark, favicon },
      footerLinks: branding.footerLinks.map(({ label, url }) => ({ label, url })),
      colours: themeColours(look.primaryColor, look.tertiaryColor),
    };
  }
}

/** The whole address says more than its domain. */
function themeOf({ emailThemes }: Configuration['branding'], email: string): Look | undefined {
  const address = email.toLowerCase();
  const own = [address, address.slice(address.lastIndexOf('@'))];
  const key = own.find((each) => Object.hasOwn(emailThemes, each));
  return key === undefined ? undefined : emailThemes[key];
}

/** What a theme does not say is as for everybody; a logo of its own has no dark one of theirs. */
function withTheme(all: Look, theme: Look | undefined): Look {
  if (!theme) return all;
  const said = Object.fromEntries(Object.entries(theme).filter(([, value]) => value !== null));
  const logoDark = theme.logo === null ? (theme.logoDark ?? all.logoDark) : theme.logoDark;
  return { ...all, ...said, logoDark };
}
