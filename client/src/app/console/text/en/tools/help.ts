export const help = {
  intro: 'How to use the portal, and how it works.',
  audiences: {
    users: 'For everyone',
    developers: 'For programs',
    administrators: 'For administrators',
    engineers: 'For engineers',
    operators: 'For operators',
  },
  search: 'Search the help',
  found: (count: number) => (count === 1 ? '1 page found' : `${count} pages found`),
  nothing: 'No page has these words.',
  allTopics: 'All topics',
  allFound: 'All pages found',
  contents: 'On this page',
  version: (version: string) => `Lumen ${version}`,
  onlyEnglish: '',
  missing: 'There is no such page in the help.',
};
