import type { Excerpt, Finding } from './data.ts';
import { diffKind, markLine } from './excerpt.ts';
import { Text } from './Text.tsx';

function Cut({ count }: { count: number }) {
  return count > 0 ? <span class="cut">…{count} characters…</span> : null;
}

/// The source lines with the range of the finding marked.
export function Source({ excerpt, finding, label }: { excerpt: Excerpt; finding: Finding; label: string }) {
  return (
    <figure class="code">
      <figcaption><Text of={label} limit={300} /></figcaption>
      <pre>
        {excerpt.text.map((text, index) => {
          const line = markLine(text, excerpt.line + index, finding);
          return (
            <span class={line.marked === '' ? 'row' : 'row hit'}>
              <span class="number">{line.number}</span>
              <code>
                <Cut count={line.cutBefore} />
                <Text of={line.before} tabs />
                {line.marked !== '' && <mark><Text of={line.marked} tabs /></mark>}
                <Text of={line.after} tabs />
                <Cut count={line.cutAfter} />
                {'\n'}
              </code>
            </span>
          );
        })}
      </pre>
    </figure>
  );
}

export function Diff({ lines }: { lines: string[] }) {
  return (
    <pre class="diff">
      {lines.map((line) => {
        const kind = diffKind(line);
        return (
          <span class={`row ${kind}`}>
            <span class="number">{kind === 'hunk' ? '' : line.slice(0, 1)}</span>
            <code>
              <Text of={kind === 'hunk' ? line : line.slice(1)} tabs limit={1000} />
              {'\n'}
            </code>
          </span>
        );
      })}
    </pre>
  );
}
