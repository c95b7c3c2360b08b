// What the reader chose for this browser. Storage may be forbidden, on file:// above all: then a
// choice lasts as long as the page.

const chosen = new Map<string, string>();

export function setting(name: string): string | null {
  try {
    return chosen.get(name) ?? localStorage.getItem(`plimsoll.${name}`);
  } catch {
    return chosen.get(name) ?? null;
  }
}

export function keep(name: string, value: string): void {
  chosen.set(name, value);
  try {
    localStorage.setItem(`plimsoll.${name}`, value);
  } catch {
    // Kept in memory above.
  }
}

export type Theme = 'light' | 'dark';

export function currentTheme(): Theme {
  const kept = setting('theme');
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/// Follows the system until the reader chooses.
export function applyTheme(): void {
  const kept = setting('theme');
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept;
}
