import { type Ref } from 'preact';
import { useMemo } from 'preact/hooks';
import { originOf, type FaultModel } from './faults.ts';
import { groupingsOf, kDefaultFaultView, narrowedFaults, type FaultView } from './fault-view.ts';
import { kTiers } from './inventory.ts';
import { kChanges } from './model.ts';
import { SeverityShape } from './Marks.tsx';
import { kLevels } from './severity.ts';
import { Chip, toggled } from './Toolbar.tsx';
import { Text } from './Text.tsx';

interface Props {
  faults: FaultModel;
  view: FaultView;
  shown: number;
  change: (part: Partial<FaultView>) => void;
  search: Ref<HTMLInputElement>;
}

const kChangeWords = { new: 'new', remaining: 'remaining', fixed: 'gone' };

/// The choices that can make a difference in this report.
function offered(faults: FaultModel) {
  const rows = faults.faults;
  return {
    levels: kLevels.filter((level) => rows.some(({ vulnerability }) => vulnerability.severity === level)),
    tiers: kTiers.filter(
      (tier) => tier !== 'not-in-execute-path' && rows.some(({ vulnerability }) => vulnerability.tier === tier),
    ),
    exploited: rows.some(({ vulnerability }) => vulnerability.exploited),
    origins: faults.inventory.packages.some((from) => originOf(faults, from) !== null),
  };
}

function Removable({ words, remove }: { words: string; remove: () => void }) {
  return (
    <button type="button" class="chip remove" onClick={remove}>
      <Text of={words} limit={80} /> <span aria-hidden="true">×</span>
      <span class="visually-hidden">: remove this filter</span>
    </button>
  );
}

export function FaultToolbar({ faults, view, shown, change, search }: Props) {
  const { levels, tiers, exploited, origins } = useMemo(() => offered(faults), [faults]);
  const from = view.package === null ? null : faults.inventory.packages[view.package]!;
  return (
    <form class="toolbar" role="search" aria-label="Filter the vulnerabilities" onSubmit={(event) => event.preventDefault()}>
      <div class="search">
        <label class="visually-hidden" for="fault-search">Search the vulnerabilities</label>
        <input
          id="fault-search"
          ref={search}
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder="Search CVE, package, words"
          value={view.query}
          onInput={(event) => change({ query: event.currentTarget.value })}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="chips" role="group" aria-label="Severity">
        {levels.map((level) => (
          <Chip on={view.levels.has(level)} onClick={() => change({ levels: toggled(view.levels, level) })}>
            <SeverityShape of={level} />{level}
          </Chip>
        ))}
      </div>
      {faults.previous && (
        <div class="chips" role="group" aria-label="Change">
          {kChanges.map((word) => (
            <Chip on={view.changes.has(word)} onClick={() => change({ changes: toggled(view.changes, word) })}>{kChangeWords[word]}</Chip>
          ))}
        </div>
      )}
      <div class="chips" role="group" aria-label="Only and also">
        {exploited && <Chip on={view.exploited} onClick={() => change({ exploited: !view.exploited })}>exploited</Chip>}
        <Chip on={view.fixable} onClick={() => change({ fixable: !view.fixable })}>fixable</Chip>
        {tiers.length > 1 && tiers.map((tier) => (
          <Chip on={view.tiers.has(tier)} onClick={() => change({ tiers: toggled(view.tiers, tier) })}>{tier}</Chip>
        ))}
        {origins && (['own', 'base'] as const).map((origin) => (
          <Chip on={view.origin === origin} onClick={() => change({ origin: view.origin === origin ? null : origin })}>
            {origin === 'own' ? 'own layers' : 'base image'}
          </Chip>
        ))}
        {(faults.counts.suppressed > 0 || view.suppressed) && (
          <Chip on={view.suppressed} onClick={() => change({ suppressed: !view.suppressed })}>
            with suppressed ({faults.counts.suppressed.toLocaleString('en')})
          </Chip>
        )}
      </div>
      <div class="chips grouping" role="group" aria-label="Group by">
        <span class="by" aria-hidden="true">by</span>
        {groupingsOf(faults).map((grouping) => (
          <Chip on={view.grouping === grouping} onClick={() => change({ grouping })}>{grouping}</Chip>
        ))}
      </div>
      <p class="shown">
        <span role="status">{shown.toLocaleString('en')} of {faults.ids.toLocaleString('en')} shown</span>
        {view.layer !== null && <Removable words={`layer ${view.layer + 1}`} remove={() => change({ layer: null })} />}
        {from && <Removable words={`${from.name} ${from.version}`} remove={() => change({ package: null })} />}
        {narrowedFaults(view) && (
          <button type="button" class="plain" onClick={() => change({ ...kDefaultFaultView, grouping: view.grouping })}>
            Show all
          </button>
        )}
      </p>
    </form>
  );
}

/// What a printed page says instead of the toolbar.
export function PrintedFaultFilter({ faults, view, shown }: Pick<Props, 'faults' | 'view' | 'shown'>) {
  const from = view.package === null ? null : faults.inventory.packages[view.package]!;
  const words = [
    view.query.trim() === '' ? '' : `“${view.query.trim()}”`,
    [...view.levels].join(', '),
    [...view.tiers].join(', '),
    [...view.changes].map((word) => kChangeWords[word]).join(', '),
    view.exploited ? 'exploited only' : '',
    view.fixable ? 'fixable only' : '',
    view.origin === null ? '' : `${view.origin} layers`,
    view.layer === null ? '' : `layer ${view.layer + 1}`,
    from ? `${from.name} ${from.version}` : '',
    view.suppressed ? 'with suppressed' : '',
  ].filter((word) => word !== '');
  return (
    <p class="printed-filter">
      {shown.toLocaleString('en')} of {faults.ids.toLocaleString('en')} vulnerabilities
      {words.length > 0 && <>; filter: <Text of={words.join('; ')} limit={500} /></>}
    </p>
  );
}
