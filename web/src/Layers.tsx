import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isOfSystem, type Fault, type FaultModel } from './faults.ts';
import type { Layer, Package } from './inventory.ts';
import { filterPackages, type FaultView } from './fault-view.ts';
import { TallyMarks } from './Tally.tsx';
import { bytes, plural, Text } from './Text.tsx';

interface Props {
  faults: FaultModel;
  view: FaultView;
  change: (part: Partial<FaultView>) => void;
  /// The vulnerability that the reader opened last: its layers and packages are lit.
  chosen: Fault | null;
  printing: boolean;
  /// No list of vulnerabilities stands beside the panels: the search is for packages.
  alone: boolean;
  search: Ref<HTMLInputElement>;
}

/// Beside the list there is room for open panels; above it they start closed.
const kWide = '(min-width: 1000px)';
const kPackagesAtOnce = 200;

/// Scrolls a list to what is lit in it. Within its own frame: the page stays where the reader is.
function useLit<T extends HTMLElement>(chosen: Fault | null) {
  const list = useRef<T>(null);
  useEffect(() => {
    const frame = list.current;
    const row = frame?.querySelector<HTMLElement>('.lit');
    if (frame && row) frame.scrollTop = row.offsetTop - frame.offsetTop - frame.clientHeight / 3;
  }, [chosen]);
  return list;
}

function Panel({ id, title, count, open, printing, children }: {
  id: string;
  title: string;
  count: string;
  open: boolean;
  printing: boolean;
  children: ComponentChildren;
}) {
  const [opened, setOpened] = useState(open);
  const shown = opened || printing;
  return (
    <section class={shown ? 'panel open' : 'panel'} aria-labelledby={id}>
      <h2 id={id}>
        <button type="button" aria-expanded={shown} onClick={() => setOpened(!opened)}>
          <svg class="arrow" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
            <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" stroke-width="1.6" />
          </svg>
          {title} <span class="panel-count">{count}</span>
        </button>
      </h2>
      {shown && children}
    </section>
  );
}

function LayerRow({ layer, index, largest, lit, props }: {
  layer: Layer;
  index: number;
  largest: number;
  lit: boolean;
  props: Props;
}) {
  const { faults, view, change } = props;
  const base = faults.inventory.image?.base;
  const ofBase = base !== null && base !== undefined && index < base.layers;
  const chosen = view.layer === index;
  const size = layer.size || layer.bytes;
  return (
    <li>
      <button
        type="button"
        class={`layer${lit ? ' lit' : ''}${ofBase ? ' of-base' : ''}`}
        aria-pressed={chosen}
        onClick={() => change({ layer: chosen ? null : index, package: null })}
      >
        <span class="layer-head">
          <span class="layer-number"><span class="visually-hidden">Layer </span>{index + 1}</span>
          <span class="layer-size">{bytes(size)}</span>
          {ofBase && <span class="badge">base</span>}
          {lit && <span class="badge lit-badge">here</span>}
          <TallyMarks of={faults.byLayer[index]!} />
        </span>
        <svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
          <rect class="share" x="0" y="0" width={largest > 0 ? Math.max(0.5, (size / largest) * 100) : 0} height="3" />
        </svg>
        <code class="instruction"><Text of={layer.instruction || layer.diff_id.slice(0, 19) || 'not said how it was made'} limit={400} /></code>
        <span class="layer-foot">
          {plural(faults.packagesOfLayer[index] ?? 0, 'package')}
          {layer.place !== '' && <> · <span class="place"><Text of={layer.place} limit={120} /></span></>}
        </span>
      </button>
    </li>
  );
}

export function LayersPanel(props: Props) {
  const list = useLit<HTMLOListElement>(props.chosen);
  const { image } = props.faults.inventory;
  if (!image || image.layers.length < 2) return null;
  const largest = Math.max(...image.layers.map((layer) => layer.size || layer.bytes));
  const lit = new Set(props.chosen?.packages.map((from) => from.layer));
  if (props.view.package !== null) lit.add(props.faults.inventory.packages[props.view.package]!.layer);
  return (
    <Panel
      id="layers"
      title="Layers"
      count={`${image.layers.length}`}
      open={props.alone || matchMedia(kWide).matches}
      printing={props.printing}
    >
      <ol class="layers" ref={list}>
        {image.layers.map((layer, index) => (
          <LayerRow layer={layer} index={index} largest={largest} lit={lit.has(index)} props={props} />
        ))}
      </ol>
    </Panel>
  );
}

function PackageRow({ from, lit, props }: { from: Package; lit: boolean; props: Props }) {
  const { faults, view, change } = props;
  const index = faults.inventory.packages.indexOf(from);
  const chosen = view.package === index;
  const tally = faults.byPackage.get(from);
  return (
    <li>
      <button
        type="button"
        class={lit ? 'package lit' : 'package'}
        aria-pressed={chosen}
        onClick={() => change({ package: chosen ? null : index })}
      >
        <span class="package-name">
          <Text of={from.name} limit={120} /> <span class="version"><Text of={from.version} limit={60} /></span>
          {props.alone && !isOfSystem(from) && <span class="version"> · <Text of={from.ecosystem} limit={40} /></span>}
        </span>
        {lit && <span class="badge lit-badge">here</span>}
        {tally && <TallyMarks of={tally} />}
      </button>
    </li>
  );
}

function PackageSearch({ view, change, search }: Props) {
  return (
    <form role="search" aria-label="Filter the packages" onSubmit={(event) => event.preventDefault()}>
      <div class="search">
        <label class="visually-hidden" for="package-search">Search the packages</label>
        <input
          id="package-search"
          ref={search}
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder="Search packages"
          value={view.query}
          onInput={(event) => change({ query: event.currentTarget.value })}
        />
      </div>
    </form>
  );
}

export function PackagesPanel(props: Props) {
  const { faults, view, chosen, alone } = props;
  const [limit, setLimit] = useState(kPackagesAtOnce);
  const list = useLit<HTMLUListElement>(chosen);
  const { query, layer, origin } = view;
  const packages = useMemo(() => filterPackages(faults, view), [faults, query, layer, origin]);
  const lit = new Set(chosen?.packages);
  const shown = packages.slice(0, props.printing ? Infinity : limit);
  // What is lit is in the list, however far down it stands.
  const further = packages.slice(shown.length).filter((from) => lit.has(from));
  const rest = packages.length - shown.length;
  const all = faults.inventory.packages.length;
  if (all === 0) return null;
  return (
    <Panel
      id="packages"
      title="Packages"
      count={packages.length === all ? all.toLocaleString('en') : `${packages.length.toLocaleString('en')} of ${all.toLocaleString('en')}`}
      open={alone || matchMedia(kWide).matches}
      printing={props.printing}
    >
      {alone && !props.printing && <PackageSearch {...props} />}
      <ul class="packages" ref={list}>
        {[...shown, ...further].map((from) => <PackageRow from={from} lit={lit.has(from)} props={props} />)}
        {rest > 0 && (
          <li>
            <button type="button" class="more" onClick={() => setLimit(limit + kPackagesAtOnce * 5)}>
              Show more of {plural(rest, 'package')}
            </button>
          </li>
        )}
      </ul>
    </Panel>
  );
}
