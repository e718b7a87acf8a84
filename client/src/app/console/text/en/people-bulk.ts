const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);

export const bulk = {
  selected: (count: number) => `${people(count)} chosen`,
  clearSelection: 'Choose nobody',
  actions: {
    group: 'Add to a group',
    gift: 'Give coins',
    reset: 'Reset the budget',
    activate: 'Activate',
    deactivate: 'Deactivate',
  },
  explain: {
    group: (count: number) => `Puts ${people(count)} into a group, by hand.`,
    gift: (count: number) => `Adds coins to the budget of ${people(count)}, for all models.`,
    reset: (count: number) =>
      `Brings the coins of ${people(count)} to the starting amount of their budgets.`,
    activate: (count: number) => `Lets ${people(count)} sign in again.`,
    deactivate: (count: number) =>
      `Keeps ${people(count)} out: their sessions and keys stop at once.`,
  },
  group: 'Group',
  chooseGroup: 'Choose a group',
  amount: 'Coins for each',
  amountHint: 'Above 0, such as 12.5',
  badAmount: 'Write a number above 0, such as 12.5.',
  reason: 'Reason',
  reasonHint: 'Stands in the ledger and in the audit log.',
  results: 'What happened to each',
  waiting: 'Waiting',
  running: 'Under way',
  undone: 'Undone',
  alreadyInGroup: 'Is in the group already.',
  alreadySo: 'Is so already.',
  added: 'Added.',
  activated: 'Can sign in again.',
  deactivated: 'Deactivated; sessions and keys stopped.',
  noPool: 'Has no limited budget of coins.',
  progress: (done: number, all: number, failed: number) =>
    failed > 0 ? `${done} of ${all}, ${failed} failed` : `${done} of ${all}`,
  stop: 'Stop',
  undo: (count: number) => `Undo for ${people(count)}`,
};
