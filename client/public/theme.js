/* Puts the chosen theme in force before anything is painted; see app/core/theme/theme.ts. */
try {
  const mode = localStorage.getItem('lumen.theme');
  if (mode === 'light' || mode === 'dark') document.documentElement.style.colorScheme = mode;
} catch {
  /* Storage is blocked: the system's theme it is. */
}
