// Names come from files that anybody may have written. A character that the reader cannot see, or
// that reorders the text around it, is shown by its code point instead.

export interface Piece {
  text: string;
  /// True when `text` stands for a hidden character.
  hidden: boolean;
}

// Controls; soft hyphen; Arabic letter mark; Hangul and Mongolian fillers; zero-width and bidi
// marks; line separators; invisible operators; byte order mark; tags; lone surrogates.
const kHidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udfff]/u;

const kNames = new Map([
  ['\n', '␊'],
  ['\r', '␍'],
  ['\t', '␉'],
  ['\u0000', '␀'],
  ['\u001b', '␛'],
]);

function spell(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return kNames.get(character) ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/// Splits text into what can be shown as it is and what must be spelt. `tabs` lets tabs through.
export function visible(text: string, tabs = false): Piece[] {
  if (!kHidden.test(text)) return text === '' ? [] : [{ text, hidden: false }];
  const pieces: Piece[] = [];
  let plain = '';
  for (const character of text) {
    if (!kHidden.test(character) || (tabs && character === '\t')) {
      plain += character;
      continue;
    }
    if (plain !== '') pieces.push({ text: plain, hidden: false });
    plain = '';
    pieces.push({ text: spell(character), hidden: true });
  }
  if (plain !== '') pieces.push({ text: plain, hidden: false });
  return pieces;
}

/// The same as one string, for attributes and the title of the window.
export const spelt = (text: string): string =>
  visible(text)
    .map((piece) => piece.text)
    .join('');
