import { useState } from 'preact/hooks';
import { kSeverities } from './data.ts';
import { isFixable, total, type Item, type Model } from './model.ts';
import type { Group, Grouping } from './view.ts';
import { Details, FixBadge } from './Details.tsx';
import { SeverityLabel, SeverityShape } from './Marks.tsx';
import { plural, Text } from './Text.tsx';

/// Rows that are drawn at once; the rest is one button away. Paper shows everything.
const kGroupsAtOnce = 50;
const kItemsAtOnce = 100;
/// With more findings than this the groups start closed.
const kOpenBelow = 80;

export interface Opened {
  items: ReadonlySet<number>;
  /// What the reader chose; a group that is not here follows the default.
  groups: ReadonlyMap<string, boolean>;
}

export interface Actions {
  toggleItem(id: number): void;
  toggleGroup(key: string, open: boolean): void;
}

interface Shared {
  model: Model;
  grouping: Grouping;
  opened: Opened;
  actions: Actions;
  printing: boolean;
}

const place = (item: Item): string =>
  item.finding.line > 0 && item.path !== '' ? `${item.path}:${item.finding.line}` : item.path;

function Finding({ item, shared }: { item: Item; shared: Shared }) {
  const { finding } = item;
  const open = shared.printing || shared.opened.items.has(item.id);
  const body = `finding-${item.id}`;
  const showChange = item.change && item.change !== 'remaining' && shared.grouping !== 'change';
  const muted = finding.suppressed !== null || item.change === 'fixed';
  return (
    <li class={`finding${open ? ' open' : ''}${muted ? ' muted' : ''}`}>
      <h4>
        <button
          type="button"
          data-stop
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => shared.actions.toggleItem(item.id)}
        >
          <SeverityLabel of={finding.severity} />
          <span class="message">
            <span class="said"><Text of={finding.message} limit={300} /></span>{' '}
            <span class="slug"><Text of={finding.rule} limit={120} /></span>
          </span>
          <span class="badges">
            {showChange && <span class={`badge ${item.change}`}>{item.change}</span>}
            {finding.suppressed && <span class="badge suppressed">suppressed</span>}
            {isFixable(item) && <FixBadge safety={finding.fix!.safety} />}
          </span>
          <span class="place">
            {shared.grouping !== 'subject' && item.subject && item.subject.name !== item.subject.path && (
              <><Text of={item.subject.name} limit={80} /> · </>
            )}
            <Text of={place(item)} limit={200} />
          </span>
        </button>
      </h4>
      {open && <Details item={item} id={body} />}
    </li>
  );
}

function Tally({ group }: { group: Group }) {
  const present = kSeverities.filter((severity) => group.counts[severity] > 0);
  if (present.length === 0) return <span class="tally">{plural(group.items.length, 'finding')}, none open</span>;
  return (
    <span class="tally">
      {present.map((severity) => (
        <span class={severity}>
          <SeverityShape of={severity} />
          {group.counts[severity].toLocaleString('en')}
          <span class="visually-hidden"> {severity}{severity === present[present.length - 1] ? '' : ', '}</span>
        </span>
      ))}
    </span>
  );
}

const kSharedNamed = 6;

/// One line can be about several services; it is listed under the first and named under the others.
function SharedNote({ items }: { items: Item[] }) {
  const rest = items.length - kSharedNamed;
  return (
    <p class="shared">
      Here too, listed with another subject:{' '}
      {items.slice(0, kSharedNamed).map((item, index) => (
        <>
          {index > 0 && ' · '}
          <Text of={item.finding.message} limit={100} /> (<Text of={item.subject?.name ?? item.subjectKey} limit={60} />)
        </>
      ))}
      {rest > 0 && ` · and ${rest} more`}
    </p>
  );
}

function GroupView({ group, open, shared }: { group: Group; open: boolean; shared: Shared }) {
  const [limit, setLimit] = useState(kItemsAtOnce);
  const items = shared.printing ? group.items : group.items.slice(0, limit);
  const rest = group.items.length - items.length;
  const body = `group-${shared.grouping}-${group.items[0]!.id}`;
  return (
    <section class={open ? 'group open' : 'group'}>
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
          <span class="name">
            <Text of={group.label} limit={200} />
            {group.kind !== '' && group.kind !== group.label && (
              <span class="kind"><Text of={group.kind} limit={120} /></span>
            )}
            {group.path !== '' && <span class="path"><Text of={group.path} limit={200} /></span>}
          </span>
          <Tally group={group} />
        </button>
      </h3>
      {open && (
        <div id={body}>
          <ul class="findings">
            {items.map((item) => <Finding key={item.id} item={item} shared={shared} />)}
          </ul>
          {group.shared.length > 0 && <SharedNote items={group.shared} />}
          {rest > 0 && (
            <button type="button" class="more" data-stop onClick={() => setLimit(limit + kItemsAtOnce * 5)}>
              Show {Math.min(rest, kItemsAtOnce * 5).toLocaleString('en')} more of {plural(rest, 'finding')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

export function opensByDefault(group: Group, count: number): boolean {
  return count <= kOpenBelow && !(group.key === 'fixed' && total(group.counts) > 40);
}

export function Findings({ groups, count, ...shared }: Shared & { groups: Group[]; count: number }) {
  const [limit, setLimit] = useState(kGroupsAtOnce);
  const shown = shared.printing ? groups : groups.slice(0, limit);
  const rest = groups.length - shown.length;
  return (
    <div class="groups">
      {shown.map((group) => (
        <GroupView
          key={`${shared.grouping} ${group.key}`}
          group={group}
          shared={shared}
          open={
            shared.printing ||
            (shared.opened.groups.get(`${shared.grouping} ${group.key}`) ?? opensByDefault(group, count))
          }
        />
      ))}
      {rest > 0 && (
        <button type="button" class="more" data-stop onClick={() => setLimit(limit + kGroupsAtOnce * 5)}>
          Show {Math.min(rest, kGroupsAtOnce * 5).toLocaleString('en')} more of {plural(rest, 'group')}
        </button>
      )}
    </div>
  );
}
