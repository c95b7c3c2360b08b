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
