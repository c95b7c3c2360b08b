import { visible } from './visible.ts';

/// Text from the report. It reaches the page as text nodes only, and nothing in it is invisible.
export function Text({ of, tabs = false, limit = Infinity }: { of: string; tabs?: boolean; limit?: number }) {
  // A character has one or two units; what is cut off is not walked through to count it.
  const shown = of.length > limit ? Array.from(of.slice(0, limit * 2)).slice(0, limit).join('') : of;
  const cut = of.length - shown.length;
  return (
    <>
      {visible(shown, tabs).map((piece) =>
        piece.hidden ? <span class="hidden-character">{piece.text}</span> : piece.text,
      )}
      {cut > 0 && <span class="cut"> … {cut.toLocaleString('en')} more characters</span>}
    </>
  );
}

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : many}`;

/// "31 MB": of a thousand, as engines and registries count.
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/// "83.8 %" of a share of 1.
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
