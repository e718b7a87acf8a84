import { claudeCode, cline, codex, continueDev, opencode } from './editors';
import { curl, javascript, jupyter, python, r } from './programs';
import { type Connection, type Step } from './snippet';

export interface Tool {
  /** In the address of the page. */
  id: string;
  /** Its own name, in no language. */
  name: string;
  steps: (connection: Connection) => Step[];
}

/** What can be connected, in the order it is shown. */
export const TOOLS: readonly Tool[] = [
  { id: 'python', name: 'Python', steps: python },
  { id: 'javascript', name: 'JavaScript', steps: javascript },
  { id: 'r', name: 'R', steps: r },
  { id: 'jupyter', name: 'Jupyter', steps: jupyter },
  { id: 'curl', name: 'curl', steps: curl },
  { id: 'opencode', name: 'OpenCode', steps: opencode },
  { id: 'continue', name: 'VS Code / Continue', steps: continueDev },
  { id: 'cline', name: 'Cline', steps: cline },
  { id: 'claude-code', name: 'Claude Code', steps: claudeCode },
  { id: 'codex', name: 'Codex', steps: codex },
];

export function toolOf(id: string | undefined): Tool {
  return TOOLS.find((tool) => tool.id === id) ?? TOOLS[0]!;
}
