import { useState } from 'preact/hooks';
import { isKernelHeaders, tallied, type Fault, type FaultModel } from './faults.ts';
import type { FaultGroup, FaultView } from './fault-view.ts';
import { FaultDetails } from './FaultDetails.tsx';
import type { Opened } from './Findings.tsx';
import type { Vulnerability } from './inventory.ts';
import { SeverityShape } from './Marks.tsx';
import { TallyMarks } from './Tally.tsx';
import { percent, plural, Text } from './Text.tsx';

/// Rows that are drawn at once; the rest is one button away. Paper shows every row.
const kGroupsAtOnce = 50;
const kRowsAtOnce = 100;
/// With more rows than this the groups start closed.
const kOpenBelow = 25;
/// Named in the heading of a group that is closed.
const kNamed = 3;

export interface FaultActions {
  toggleRow(fault: Fault): void;
  toggleGroup(key: string, open: boolean): void;
}

interface Shared {
  faults: FaultModel;
  view: FaultView;
  change: (part: Partial<FaultView>) => void;
  opened: Opened;
  actions: FaultActions;
  printing: boolean;
}

const kChangeWords = { new: 'new', fixed: 'gone' };

/// Where a row is, as far as the heading of its group does not say it.
function placeOf(fault: Fault, shared: Shared): string {
  const { grouping } = shared.view;
  const names = [...new Set(fault.packages.map(({ name }) => name))];
  const layers = [...new Set(fault.packages.map(({ layer }) => layer))].filter((layer) => layer !== null);
  const words: string[] = [];
  if (grouping === 'upgrade' || grouping === 'package') {
    if (fault.upgrade === '' && grouping === 'upgrade') words.push(`${fault.name} ${fault.version}`);
    else if (names.length > 1 || names[0] !== fault.name) words.push(names.slice(0, 2).join(', ') + (names.length > 2 ? ` + ${names.length - 2}` : ''));
  } else {
    words.push(`${fault.name} ${fault.version}`);
  }
  if (layers.length > 0 && layers.length < 4 && grouping !== 'layer' && fault.change !== 'fixed') {
    words.push(`${layers.length === 1 ? 'layer' : 'layers'} ${layers.map((layer) => layer + 1).join(', ')}`);
  }
  return words.join(' · ');
}

/// Its title, else how its text begins.
function titleOf(of: Vulnerability): string {
  if (of.title !== '') return of.title;
  const start = of.details.split('\n').find((line) => line.trim() !== '' && !/^#{1,6}\s/.test(line)) ?? '';
  return start.length > 110 ? `${start.slice(0, 110).replace(/\s+\S*$/, '')} …` : start;
}

function Row({ fault, shared }: { fault: Fault; shared: Shared }) {
  const of = fault.vulnerability;
  const open = shared.opened.items.has(fault.row);
  const body = `fault-${fault.row}`;
  const { change } = fault;
  const showChange = change !== null && change !== 'remaining' && shared.view.grouping !== 'change';
  const muted = of.suppressed !== null || change === 'fixed';
  return (
    <li class={`finding fault${open ? ' open' : ''}${muted ? ' muted' : ''}`}>
      <h4>
        <button
          type="button"
          data-stop
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => shared.actions.toggleRow(fault)}
        >
          <span class={`severity ${of.severity}`}><SeverityShape of={of.severity} />{of.severity}</span>
          <span class="priority" title="priority, of 100"><span class="visually-hidden">priority </span>{Math.round(of.priority)}</span>
          <span class="message">
            <span class="said"><Text of={of.id} limit={120} /></span>{' '}
            <span class="title"><Text of={titleOf(of)} limit={160} /></span>
            {of.suppressed && (
              <span class="title"> — suppressed by <Text of={of.suppressed.by || 'nobody that is named'} limit={80} />
                {of.suppressed.reason !== '' && <>: <Text of={of.suppressed.reason} limit={160} /></>}
              </span>
            )}
          </span>
          <span class="badges">
            {showChange && <span class={`badge ${change}`}>{kChangeWords[change]}</span>}
            {of.suppressed && <span class="badge suppressed">suppressed</span>}
            {of.exploited && <span class="badge exploited">exploited</span>}
            {of.epss !== null && of.epss >= 0.001 && (
              <span class={of.epss >= 0.1 ? 'badge likely' : 'badge'} title="likely to be used within 30 days">EPSS {percent(of.epss)}</span>
            )}
            {fault.upgrade === '' && !fault.apart && <span class="badge">{of.note === '' ? 'no fix' : <Text of={of.note} limit={40} />}</span>}
          </span>
          <span class="place"><Text of={placeOf(fault, shared)} limit={160} /></span>
        </button>
      </h4>
      {open && <FaultDetails fault={fault} faults={shared.faults} change={shared.change} id={body} />}
    </li>
  );
}

function Heading({ group, gone, shared }: { group: FaultGroup; gone: boolean; shared: Shared }) {
  const first = group.faults[0]!;
  const { image } = shared.faults.inventory;
  switch (group.kind) {
    case 'upgrade':
      if (gone) return <><Text of={first.name} limit={120} /> <span class="from"><Text of={first.version} limit={80} /></span></>;
      return (
        <>
          <span class="verb">upgrade</span> <Text of={first.name} limit={120} />{' '}
          <span class="from"><Text of={first.version} limit={80} /></span>{' '}
          <span class="verb">to</span> <span class="target"><Text of={first.upgrade} limit={80} /></span>
        </>
      );
    case 'unfixed':
      return <>No fix yet</>;
    case 'package':
      return <><Text of={first.name} limit={120} /> <span class="from"><Text of={first.version} limit={80} /></span></>;
    case 'layer': {
      const index = first.packages[0]?.layer ?? null;
      if (first.change === 'fixed') return <>Gone</>;
      if (index === null) return <>In no layer that is known</>;
      return <>Layer {index + 1} <code class="kind"><Text of={image?.layers[index]?.instruction ?? ''} limit={160} /></code></>;
    }
    case 'change':
      return <>{{ new: 'New', remaining: 'Remaining', fixed: 'Gone' }[first.change ?? 'remaining']}</>;
    case 'all':
      return <>Most urgent first</>;
    case 'apart': {
      const names = [...new Set(group.faults.flatMap((fault) => fault.packages.map(({ name }) => name)))];
      const ids = new Set(group.faults.map((fault) => fault.vulnerability.id));
      return (
        <span class="apart">
          {plural(ids.size, 'fault')}{' '}
          {isKernelHeaders(first.vulnerability.package)
            ? 'of a kernel that is not in the image: only its headers are, in'
            : 'that nothing which the image starts can reach, in'}{' '}
          <Text of={names.slice(0, 4).join(', ') + (names.length > 4 ? ` and ${names.length - 4} more` : '')} limit={200} />
        </span>
      );
    }
  }
}

/// What is most urgent in a closed group, in one line.
function Preview({ group }: { group: FaultGroup }) {
  if (group.kind === 'apart') return null;
  const rest = group.faults.length - kNamed;
  const [place] = group.places;
  return (
    <span class="preview">
      {group.faults.slice(0, kNamed).map(({ vulnerability: of }, index) => (
        <>
          {index > 0 && ', '}
          <Text of={of.id} limit={60} /> <span class="preview-priority">{Math.round(of.priority)}</span>
        </>
      ))}
      {rest > 0 && ` and ${rest.toLocaleString('en')} more`}
      {place !== undefined && (
        <> · <span class="path"><Text of={place} limit={120} /></span>{group.places.size > 1 && ` and ${group.places.size - 1} more`}</>
      )}
    </span>
  );
}

function GroupView({ group, open, shared }: { group: FaultGroup; open: boolean; shared: Shared }) {
  const [limit, setLimit] = useState(kRowsAtOnce);
  const rows = shared.printing ? group.faults : group.faults.slice(0, limit);
  const rest = group.faults.length - rows.length;
  const body = `fault-group-${group.faults[0]!.row}`;
  const exploited = group.faults.some(({ vulnerability: of, change }) => of.exploited && !of.suppressed && change !== 'fixed');
  const gone = group.faults.every((fault) => fault.change === 'fixed');
  return (
    <section class={`group faults ${group.kind}${open ? ' open' : ''}`}>
      <h3>
        <button
          type="button"
          data-stop
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => shared.actions.toggleGroup(group.key, !open)}
        >
          <svg class="arrow" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" stroke-width="1.6" />
          </svg>
          <span class="name"><Heading group={group} gone={gone} shared={shared} /></span>
          {exploited && group.kind !== 'apart' && <span class="badge exploited">exploited</span>}
          {group.kind !== 'apart' && (
            <span class="mends">
              {group.kind === 'upgrade' && tallied(group.counts) > 0 && <span class="verb">mends</span>}
              <TallyMarks of={group.counts} none={`${group.faults.length} ${gone ? 'gone' : 'suppressed or gone'}`} />
            </span>
          )}
          {!open && <Preview group={group} />}
        </button>
      </h3>
      {open && (
        <div id={body}>
          <ul class="findings">
            {rows.map((fault) => <Row key={fault.row} fault={fault} shared={shared} />)}
          </ul>
          {rest > 0 && (
            <button type="button" class="more" data-stop onClick={() => setLimit(limit + kRowsAtOnce * 5)}>
              Show {Math.min(rest, kRowsAtOnce * 5).toLocaleString('en')} more of {plural(rest, 'vulnerability', 'vulnerabilities')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

export function opensFaults(group: FaultGroup, count: number): boolean {
  if (group.kind === 'apart') return false;
  return count <= kOpenBelow || group.kind === 'all';
}

export function Faults({ groups, count, ...shared }: Shared & { groups: FaultGroup[]; count: number }) {
  const [limit, setLimit] = useState(kGroupsAtOnce);
  const first = shared.printing ? groups : groups.slice(0, limit);
  // What has no fix is one group: the upgrades before it, however many, must not hide it.
  const last = groups.slice(first.length).filter(({ kind }) => kind === 'unfixed' || kind === 'apart');
  const rest = groups.length - first.length - last.length;
  const view = (group: FaultGroup) => (
    <GroupView
      key={group.key}
      group={group}
      shared={shared}
      open={shared.printing ? group.kind !== 'apart' : (shared.opened.groups.get(group.key) ?? opensFaults(group, count))}
    />
  );
  return (
    <div class="groups">
      {first.map(view)}
      {rest > 0 && (
        <button type="button" class="more" data-stop onClick={() => setLimit(limit + kGroupsAtOnce * 5)}>
          Show {Math.min(rest, kGroupsAtOnce * 5).toLocaleString('en')} more of {plural(rest, 'group')}
        </button>
      )}
      {last.map(view)}
    </div>
  );
}
