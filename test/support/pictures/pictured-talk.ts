import { type Page } from 'playwright-core';
import { askAndWait } from '../chat-stage.js';

/** The last is the one that is seen; the others stand in the sidebar. */
const QUESTIONS = [
  'Summarise the minutes of the faculty meeting',
  'Which test for two paired samples?',
  'How do I fit a random-intercept model for reaction times, and check that it converged?',
];

const LAST_WORDS = 'a slope per subject is worth a try';

export const ANSWER = `Use **lme4** with a random intercept for each subject:

$$y_{ij} = \\beta_0 + \\beta_1 x_{ij} + u_i + \\varepsilon_{ij}, \\qquad u_i \\sim \\mathcal{N}(0, \\sigma_u^2)$$

\`\`\`r
library(lme4)
fit <- lmer(log(rt) ~ condition + (1 | subject), data = trials)
summary(fit)
\`\`\`

Then look whether it converged:

| look at | is well if |
| --- | --- |
| \`fit@optinfo$conv\` | it holds no messages |
| \`isSingular(fit)\` | it is \`FALSE\` |
| \`allFit(fit)\` | all optimisers agree |

If the residuals still differ between people, ${LAST_WORDS}.
`;

/** Has a few talks, and leaves the last of them open. */
export async function talk(page: Page): Promise<void> {
  for (const question of QUESTIONS) {
    await page.goto('/chat');
    await page.getByRole('button', { name: 'llama-3.3-70b' }).first().waitFor();
    await askAndWait(page, question, LAST_WORDS);
  }
  await page.locator('.katex').first().waitFor();
}
