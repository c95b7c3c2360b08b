import type { Ref } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { countIds, type Fault, type FaultModel } from './faults.ts';
import { filterFaults, groupFaults, type FaultView } from './fault-view.ts';
import { Faults, type FaultActions } from './Faults.tsx';
import { FaultToolbar, PrintedFaultFilter } from './FaultToolbar.tsx';
import type { Opened } from './Findings.tsx';
import { tellsVulnerabilities } from './inventory.ts';
import { LayersPanel, PackagesPanel } from './Layers.tsx';
import { Savings } from './Savings.tsx';
import { toggled } from './Toolbar.tsx';

interface Props {
  faults: FaultModel;
  view: FaultView;
  change: (part: Partial<FaultView>) => void;
  search: Ref<HTMLInputElement>;
  printing: boolean;
}

/// True when the report tells what an image holds, but of no vulnerabilities.
export const isAlone = (faults: FaultModel): boolean =>
  !tellsVulnerabilities(faults.inventory) && faults.faults.length === 0;

/// Layers, packages and vulnerabilities, each of which narrows or lights up the others.
export function Inventory(props: Props) {
  const { faults, view, change, search, printing } = props;
  const [opened, setOpened] = useState<Opened>({ items: new Set(), groups: new Map() });
  const [chosen, setChosen] = useState<Fault | null>(null);
  const { query, levels, tiers, changes, fixable, exploited, suppressed, origin, layer, grouping } = view;
  const rows = useMemo(
    () => filterFaults(faults, view),
    [faults, query, levels, tiers, changes, fixable, exploited, suppressed, origin, layer, view.package],
  );
  const shown = useMemo(() => countIds(rows), [rows]);
  const groups = useMemo(() => groupFaults(rows, grouping), [rows, grouping]);
  const actions = useMemo<FaultActions>(
    () => ({
      toggleRow: (fault) => {
        setOpened((now) => ({ ...now, items: toggled(now.items, fault.row) }));
        setChosen((now) => (now === fault ? null : fault));
      },
      toggleGroup: (key, open) =>
        setOpened((now) => ({ ...now, groups: new Map(now.groups).set(key, open) })),
    }),
    [],
  );
  const alone = isAlone(faults);
  // Typing narrows the list alone: the panels are not looked into again.
  const panels = useMemo(() => {
    const props = { faults, view, change, chosen: chosen?.change === 'fixed' ? null : chosen, printing, alone, search };
    return (
      <div class="panels">
        <LayersPanel {...props} />
        <PackagesPanel {...props} />
        {alone && <Savings faults={faults} change={change} />}
      </div>
    );
  }, [faults, layer, view.package, origin, alone && query, chosen, printing]);
  return (
    <div class={alone ? 'inventory alone' : 'inventory'}>
      {panels}
      {!alone && (
        <section class="list" aria-labelledby="vulnerabilities">
          <h2 id="vulnerabilities" tabIndex={-1}>Vulnerabilities</h2>
          {printing
            ? <PrintedFaultFilter faults={faults} view={view} shown={shown} />
            : faults.faults.length > 0 && <FaultToolbar faults={faults} view={view} shown={shown} change={change} search={search} />}
          {rows.length === 0
            ? <p class="nothing">{faults.faults.length === 0 ? 'No known vulnerability.' : 'No vulnerability matches.'}</p>
            : <Faults groups={groups} count={rows.length} faults={faults} view={view} change={change} opened={opened} actions={actions} printing={printing} />}
        </section>
      )}
    </div>
  );
}
