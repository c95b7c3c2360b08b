import type { Tally } from './faults.ts';
import { SeverityShape } from './Marks.tsx';
import { kLevels } from './severity.ts';

/// How many of each severity; nothing of those that there is none of.
export function TallyMarks({ of, none = '' }: { of: Tally; none?: string }) {
  const present = kLevels.filter((level) => of[level] > 0);
  if (present.length === 0) return none === '' ? null : <span class="tally">{none}</span>;
  return (
    <span class="tally">
      {present.map((level, index) => (
        <span class={level}>
          <SeverityShape of={level} />
          {of[level].toLocaleString('en')}
          <span class="visually-hidden"> {level === 'unknown' ? 'of unknown severity' : level}{index + 1 < present.length && ', '}</span>
        </span>
      ))}
    </span>
  );
}
