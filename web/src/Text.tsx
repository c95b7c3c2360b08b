import { visible } from './visible.ts';

/// Text from the report. It reaches the page as text nodes only, and nothing in it is invisible.
export function Text({ of, tabs = false, limit = Infinity }: { of: string; tabs?: boolean; limit?: number }) {
  const characters = of.length > limit ? Array.from(of) : null;
  const cut = characters !== null && characters.length > limit;
  const shown = cut ? characters.slice(0, limit).join('') : of;
  return (
    <>
      {visible(shown, tabs).map((piece) =>
        piece.hidden ? <span class="hidden-character">{piece.text}</span> : piece.text,
      )}
      {cut && <span class="cut"> … {characters.length - limit} more characters</span>}
    </>
  );
}

export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? noun : many}`;
