import type { ComponentChildren } from 'preact';
import type { Item } from './model.ts';
import { Diff, Source } from './Code.tsx';
import { safeLink } from './links.ts';
import { Text } from './Text.tsx';

export function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="part">
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(written).join(', ');
  return JSON.stringify(value) ?? '';
}

function Evidence({ item }: { item: Item }) {
  const facts = item.finding.evidence.filter(([key]) => key !== 'subjects');
  if (facts.length === 0) return null;
  return (
    <Part title="Evidence">
      <ul class="facts">
        {facts.map(([key, value]) => (
          <li>
            <span class="key"><Text of={key} limit={200} /></span>
            <Text of={written(value)} limit={1000} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Aliases({ aliases }: { aliases: string[] }) {
  if (aliases.length === 0) return null;
  return (
    <Part title="Known as">
      <ul class="aliases">
        {aliases.map((alias) => (
          <li><Text of={alias} limit={80} /></li>
        ))}
      </ul>
    </Part>
  );
}

function Sources({ sources }: { sources: string[] }) {
  const links = sources.map(safeLink).filter((link) => link !== null);
  if (links.length === 0) return null;
  return (
    <Part title="Sources">
      <ul class="sources">
        {links.map((link) => (
          <li>
            <a href={link.href} target="_blank" rel="noopener noreferrer"><Text of={link.label} limit={120} /></a>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Reference({ item: { finding, rule } }: { item: Item }) {
  return (
    <>
      <Part title="Rule">
        <code><Text of={finding.rule} limit={200} /></code>
        {rule && rule.title !== '' && <> — <Text of={rule.title} /></>}
      </Part>
      {rule && <Aliases aliases={rule.aliases} />}
      {rule && <Sources sources={rule.sources} />}
    </>
  );
}

/// Everything about one finding: what, why, what to do, and where.
export function Details({ item, id }: { item: Item; id: string }) {
  const { finding, rule, excerpt } = item;
  const place = finding.line > 0 ? `${item.path}, line ${finding.line}` : item.path;
  const hasCode = excerpt !== null || finding.fix !== null;
  return (
    <div class={hasCode ? 'details' : 'details words-only'} id={id}>
      <dl class="words">
        {finding.suppressed && (
          <Part title="Suppressed">
            by <Text of={finding.suppressed.by || 'an unnamed pragma'} limit={200} />
            {finding.suppressed.reason !== '' && <>: <Text of={finding.suppressed.reason} limit={1000} /></>}
            {finding.suppressed.reason === '' && ', no reason given'}
            {finding.suppressed.until !== '' && <>, until <Text of={finding.suppressed.until} limit={40} /></>}
          </Part>
        )}
        {finding.message.length > 300 && (
          <Part title="Message"><Text of={finding.message} limit={4000} /></Part>
        )}
        {rule && rule.why !== '' && <Part title="Why it matters"><Text of={rule.why} /></Part>}
        {rule && rule.fix_note !== '' && <Part title="What to do"><Text of={rule.fix_note} /></Part>}
        {item.also.length > 0 && (
          <Part title="Also about">
            <ul class="facts">{item.also.map((subject) => <li><Text of={subject} limit={300} /></li>)}</ul>
          </Part>
        )}
        <Evidence item={item} />
        {!hasCode && <Reference item={item} />}
      </dl>
      {hasCode && (
        <div class="evidence">
          {excerpt && excerpt.text.length > 0 && <Source excerpt={excerpt} finding={finding} label={place} />}
          {finding.fix && (
            <figure class="code suggestion">
              <figcaption>
                Suggested edit: <Text of={finding.fix.title} limit={300} />
                <FixBadge safety={finding.fix.safety} />
              </figcaption>
              {excerpt?.diff && excerpt.diff.length > 0 && <Diff lines={excerpt.diff} />}
            </figure>
          )}
          <dl class="words reference"><Reference item={item} /></dl>
        </div>
      )}
    </div>
  );
}

export function FixBadge({ safety }: { safety: 'safe' | 'unsafe' | 'none' }) {
  if (safety === 'none') return null;
  const meaning = safety === 'safe' ? 'keeps meaning and behaviour' : 'needs a decision: behaviour may change';
  return <span class={`badge fix-${safety}`} title={meaning}>{safety} fix</span>;
}
