import type { Finding } from './data.ts';

export interface MarkedLine {
  number: number;
  before: string;
  marked: string;
  after: string;
  /// Characters cut off at either end of a very long line.
  cutBefore: number;
  cutAfter: number;
}

const kLineCharacters = 600;
const kContextCharacters = 120;

/// The part of the line that the finding covers, in characters (code points): [from, to).
function range(finding: Finding, number: number, length: number): [number, number] {
  const last = Math.max(finding.end_line, finding.line);
  if (finding.line === 0 || number < finding.line || number > last) return [0, 0];
  const from = Math.min(length, number === finding.line ? Math.max(0, finding.column - 1) : 0);
  const to = Math.min(
    length,
    number === last && finding.end_column > 0 ? finding.end_column - 1 : length,
  );
  if (finding.line === last && to <= from) {
    // A place rather than a range (something is missing here): mark one character, or the line.
    return from < length ? [from, from + 1] : [0, length];
  }
  return [from, to];
}

export function markLine(text: string, number: number, finding: Finding): MarkedLine {
  const characters = Array.from(text);
  const [from, to] = range(finding, number, characters.length);
  let start = 0;
  let end = characters.length;
  if (characters.length > kLineCharacters) {
    start = Math.max(0, Math.min(from - kContextCharacters, characters.length - kLineCharacters));
    end = start + kLineCharacters;
  }
  const slice = (a: number, b: number) =>
    characters.slice(Math.max(a, start), Math.min(b, end)).join('');
  return to > from
    ? {
        number,
        before: slice(start, from),
        marked: slice(from, to),
        after: slice(to, end),
        cutBefore: start,
        cutAfter: characters.length - end,
      }
    : {
        number,
        before: slice(start, end),
        marked: '',
        after: '',
        cutBefore: start,
        cutAfter: characters.length - end,
      };
}

export type DiffKind = 'hunk' | 'added' | 'removed' | 'context';

export function diffKind(line: string): DiffKind {
  if (line.startsWith('@@')) return 'hunk';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : 'context';
}
