import { describe, it } from '@jest/globals';
import { crashAgainAndAgain, type Crashes } from '../support/lumen/budget-crashes.js';

describe('killed under load, no charge is lost, doubled or left held', () => {
  it.each<Crashes>([
    { dialect: 'sqlite', victim: 'lumen', rounds: 2 },
    { dialect: 'postgres', victim: 'lumen', rounds: 2 },
    { dialect: 'postgres', victim: 'postgres', rounds: 2 },
  ])('$victim on $dialect, $rounds times', (crashes) => crashAgainAndAgain(crashes), 90_000);
});
