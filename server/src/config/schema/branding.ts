import { z } from 'zod';
import { key, mapping, section, withFacts } from './key.js';
import { colour, httpUrl, name, text } from './values.js';

const FILE = { allowed: 'a path of an SVG, PNG, WebP or ICO file' };
const look = {
  institution: key(text(200).nullable().default(null), 'Name of the institution, in the footer.'),
  institutionUrl: key(httpUrl.nullable().default(null), 'Its home page.'),
  logo: key(text(500).nullable().default(null), 'File of the logo.', {
    ...FILE,
    defaultText: 'Lumen’s own',
  }),
  logoDark: key(text(500).nullable().default(null), 'File of the logo on dark ground.', {
    ...FILE,
    defaultText: '= logo',
  }),
  primaryColor: key(colour.nullable().default(null), 'First seed colour of the theme.'),
  tertiaryColor: key(colour.nullable().default(null), 'Second one. Also spelled `accent_color`.'),
};

const footerLink = z.object({
  label: key(name(100), 'Text of the link.'),
  url: key(
    withFacts(
      z
        .string()
        .max(2048)
        .regex(/^(?:https?:\/\/[^\s]+|mailto:[^\s@]+@[^\s@]+|\/[^\s]*)$/),
      {
        allowed: 'an http(s):// address, a mailto: address or a path',
      },
    ),
    'Where it leads.',
  ),
});

export const branding = section({
  ...look,
  favicon: key(text(500).nullable().default(null), 'File of the icon in the browser tab.', {
    ...FILE,
    defaultText: 'Lumen’s own',
  }),
  footerLinks: key(z.array(footerLink).max(20).default([]), 'Links at the foot of every page.', {
    allowed: 'a list of links',
  }),
  emailThemes: key(
    mapping(z.object(look)),
    'Another look for some people: under "@domain" or a whole e-mail address.',
    { entry: '<who>', readName: (name) => name.trim().toLowerCase() },
  ),
});
