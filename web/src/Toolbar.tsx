import type { Ref } from 'preact';
import { kSeverities } from './data.ts';
import { kChanges, type Model } from './model.ts';
import { defaultView, kGroupings, narrowed, type Grouping, type View } from './view.ts';
import { SeverityShape } from './Marks.tsx';
import { Text } from './Text.tsx';

const kGroupingWords: Record<Grouping, string> = {
  subject: 'subject',
  rule: 'rule',
  control: 'control',
  change: 'change',
};

export function toggled<T>(set: ReadonlySet<T>, value: T): Set<T> {
  const copy = new Set(set);
  if (!copy.delete(value)) copy.add(value);
  return copy;
}

interface Props {
  model: Model;
  view: View;
  shown: number;
  change: (part: Partial<View>) => void;
  search: Ref<HTMLInputElement>;
}

export function Chip({ on, onClick, children }: { on: boolean; onClick: () => void; children: preact.ComponentChildren }) {
  return (
    <button type="button" class="chip" aria-pressed={on} onClick={onClick}>{children}</button>
  );
}

export function Toolbar({ model, view, shown, change, search }: Props) {
  const groupings = kGroupings.filter((word) => word !== 'change' || model.kind !== 'report');
  return (
    <form class="toolbar" role="search" aria-label="Filter the findings" onSubmit={(event) => event.preventDefault()}>
      <div class="search">
        <label class="visually-hidden" for="search">Search the findings</label>
        <input
          id="search"
          ref={search}
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder="Search text, file, DL3002"
          value={view.query}
          onInput={(event) => change({ query: event.currentTarget.value })}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="chips" role="group" aria-label="Severity">
        {kSeverities.map((severity) => (
          <Chip on={view.severities.has(severity)} onClick={() => change({ severities: toggled(view.severities, severity) })}>
            <SeverityShape of={severity} />{severity}
          </Chip>
        ))}
      </div>
      {model.kind !== 'report' && (
        <div class="chips" role="group" aria-label="Change">
          {kChanges.map((word) => (
            <Chip on={view.changes.has(word)} onClick={() => change({ changes: toggled(view.changes, word) })}>{word}</Chip>
          ))}
        </div>
      )}
      <div class="chips" role="group" aria-label="Only and also">
        <Chip on={view.fixable} onClick={() => change({ fixable: !view.fixable })}>fixable</Chip>
        {(model.suppressed > 0 || view.suppressed) && (
          <Chip on={view.suppressed} onClick={() => change({ suppressed: !view.suppressed })}>
            with suppressed ({model.suppressed.toLocaleString('en')})
          </Chip>
        )}
      </div>
      <div class="chips grouping" role="group" aria-label="Group by">
        <span class="by" aria-hidden="true">by</span>
        {groupings.map((grouping) => (
          <Chip on={view.grouping === grouping} onClick={() => change({ grouping })}>{kGroupingWords[grouping]}</Chip>
        ))}
      </div>
      <p class="shown">
        <span role="status">
          {shown.toLocaleString('en')} of {model.items.length.toLocaleString('en')} shown
        </span>
        {[...view.controls].map((id) => (
          <button
            type="button"
            class="chip remove"
            onClick={() => change({ controls: toggled(view.controls, id) })}
          >
            <Text of={model.controlTitles.get(id) ?? id} limit={60} /> <span aria-hidden="true">×</span>
            <span class="visually-hidden">: remove this filter</span>
          </button>
        ))}
        {narrowed(view, model.kind) && (
          <button
            type="button"
            class="plain"
            onClick={() => change({ ...defaultView(model.kind), grouping: view.grouping })}
          >
            Show all
          </button>
        )}
      </p>
    </form>
  );
}

/// What a printed page says instead of the toolbar.
export function PrintedFilter({ model, view, shown }: Pick<Props, 'model' | 'view' | 'shown'>) {
  const words = [
    view.query.trim() === '' ? '' : `“${view.query.trim()}”`,
    [...view.severities].join(', '),
    [...view.controls].map((id) => model.controlTitles.get(id) ?? id).join(', '),
    view.changes.size === 0 ? '' : [...view.changes].join(', '),
    view.fixable ? 'fixable only' : '',
    view.suppressed ? 'with suppressed' : '',
  ].filter((word) => word !== '');
  return (
    <p class="printed-filter">
      {shown.toLocaleString('en')} of {model.items.length.toLocaleString('en')} findings
      {words.length > 0 && <>; filter: <Text of={words.join('; ')} limit={500} /></>}
    </p>
  );
}
