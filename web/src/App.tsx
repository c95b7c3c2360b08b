import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Model } from './model.ts';
import type { FaultModel } from './faults.ts';
import { faultHash, faultViewFrom, kDefaultFaultView, type FaultView } from './fault-view.ts';
import { filter, fromHash, group, toHash, type View } from './view.ts';
import { applyTheme, currentTheme, keep, setting } from './settings.ts';
import { Findings, type Actions, type Opened } from './Findings.tsx';
import { FaultOverview, ImageHeading, Unjudged } from './Image.tsx';
import { Inventory, isAlone } from './Inventory.tsx';
import { Keys } from './Keys.tsx';
import { Logo } from './Marks.tsx';
import { Banner, Controls, Heading, Overview } from './Overview.tsx';
import { PrintedFilter, Toolbar, toggled } from './Toolbar.tsx';
import { FaultTrend, Trend } from './Trend.tsx';
import { Text } from './Text.tsx';
import { handleKey } from './keyboard.ts';

interface Views {
  view: View;
  faultView: FaultView;
}

const viewsFrom = (model: Model, faults: FaultModel | null): Views => ({
  view: fromHash(location.hash, model),
  faultView: faults ? faultViewFrom(location.hash, faults) : kDefaultFaultView,
});

function useViews(model: Model, faults: FaultModel | null) {
  const [views, setViews] = useState(() => viewsFrom(model, faults));
  useLayoutEffect(() => {
    const follow = () => setViews(viewsFrom(model, faults));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [model]);
  // Typing replaces the hash late: browsers ration history calls.
  useEffect(() => {
    const timer = setTimeout(() => {
      const parts = [toHash(views.view, model.kind), faultHash(views.faultView)];
      const hash = parts.filter((part) => part !== '').join('&');
      if (location.hash.replace(/^#/, '') === hash) return;
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`);
    }, 150);
    return () => clearTimeout(timer);
  }, [views, model]);
  const change = useMemo(
    () => (part: Partial<View>) => setViews((now) => ({ ...now, view: { ...now.view, ...part } })),
    [],
  );
  const changeFaults = useMemo(
    () => (part: Partial<FaultView>) =>
      setViews((now) => ({ ...now, faultView: { ...now.faultView, ...part } })),
    [],
  );
  return { ...views, change, changeFaults };
}

function ThemeButton() {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      class="plain"
      onClick={() => {
        keep('theme', other);
        applyTheme();
        setTheme(other);
      }}
    >
      <span class="visually-hidden">Switch to </span>{other}
    </button>
  );
}

/// Vulnerabilities stand without a score and its controls where nothing has one.
const showsFindings = (model: Model, faults: FaultModel | null): boolean =>
  faults === null ||
  model.items.length > 0 ||
  model.points.some((point) => point.percent !== null);

export function App({ model, faults, printing }: { model: Model; faults: FaultModel | null; printing: boolean }) {
  const { view, faultView, change, changeFaults } = useViews(model, faults);
  const [opened, setOpened] = useState<Opened>({ items: new Set(), groups: new Map() });
  const [showKeys, setShowKeys] = useState(false);
  const [shortcuts, setShortcuts] = useState(setting('shortcuts') !== 'off');
  const search = useRef<HTMLInputElement>(null);
  const faultSearch = useRef<HTMLInputElement>(null);

  const { query, severities, controls, changes, suppressed, fixable, grouping } = view;
  const items = useMemo(
    () => filter(model.items, view),
    [model, query, severities, controls, changes, suppressed, fixable],
  );
  const groups = useMemo(() => group(items, grouping, model), [items, grouping, model]);

  const actions = useMemo<Actions>(
    () => ({
      toggleItem: (id) => setOpened((now) => ({ ...now, items: toggled(now.items, id) })),
      toggleGroup: (key, open) =>
        setOpened((now) => ({ ...now, groups: new Map(now.groups).set(`${grouping} ${key}`, open) })),
    }),
    [grouping],
  );

  // Before the first paint: a key that is pressed then counts.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) =>
      handleKey(event, {
        shortcuts,
        searches: [faultSearch.current, search.current]
          .filter((input) => input !== null)
          .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1)),
        clear: () => {
          change({ query: '' });
          changeFaults({ query: '' });
        },
        showKeys: () => setShowKeys(true),
      });
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [shortcuts]);

  const judging = showsFindings(model, faults);
  // The same element again is not looked into: typing redraws the list alone.
  const summary = useMemo(
    () => (
      <>
        {faults ? <ImageHeading model={model} faults={faults} /> : <Heading model={model} />}
        <Banner model={model} printing={printing} />
        {faults && <Unjudged model={model} faults={faults} />}
        {faults && <FaultOverview model={model} faults={faults} />}
        {faults && model.kind === 'trend' && faults.points.length > 0 && <FaultTrend points={faults.points} />}
        {judging && (
          <>
            <Overview model={model} />
            {model.kind === 'trend' && <Trend model={model} />}
            <Controls
              model={model}
              chosen={controls}
              toggle={(id) => change({ controls: toggled(controls, id) })}
            />
          </>
        )}
      </>
    ),
    [model, printing, controls],
  );

  const { tool } = model.current.report;
  const inventory = faults && (
    <Inventory faults={faults} view={faultView} change={changeFaults} search={faultSearch} printing={printing} />
  );
  const main = faults && !isAlone(faults) ? 'vulnerabilities' : judging ? 'findings' : 'packages';
  return (
    <>
      <a class="skip" href={`#${main}`} onClick={(event) => {
        // The hash belongs to the filters.
        event.preventDefault();
        document.getElementById(main)?.focus();
      }}>Skip to the {main}</a>
      <header class="masthead">
        <p class="tool"><Logo /><Text of={tool.name} limit={40} /> <span class="version"><Text of={tool.version} limit={40} /></span></p>
        <div class="switches">
          <button type="button" class="plain" onClick={() => setShowKeys(true)}>keys</button>
          <ThemeButton />
        </div>
      </header>
      <main>
        {summary}
        {faults && !isAlone(faults) && inventory}
        {judging && (
          <section class="list" aria-labelledby="findings">
            <h2 id="findings" tabIndex={-1}>Findings</h2>
            {printing
              ? <PrintedFilter model={model} view={view} shown={items.length} />
              : <Toolbar model={model} view={view} shown={items.length} change={change} search={search} />}
            {items.length === 0
              ? <p class="nothing">{model.items.length === 0 ? 'No findings.' : 'No finding matches.'}</p>
              : <Findings groups={groups} count={items.length} grouping={grouping} model={model} opened={opened} actions={actions} printing={printing} />}
          </section>
        )}
        {faults && isAlone(faults) && inventory}
      </main>
      <footer>
        {judging && <p>
          Score: weight of passed controls ÷ weight of passed and failed controls, mean over the subjects; what is
          unknown counts as neither. A suppressed finding is listed, but does not fail its control.
        </p>}
        {faults && faults.faults.length > 0 && <p>
          Priority: what is known to be exploited has at least 90 of 100; everything else is severity times how likely
          it is to be used times how near it is to what runs.
        </p>}
        <p>
          Made by <Text of={`${tool.name} ${tool.version}`} limit={80} />. This file is complete in itself: it loads
          nothing and sends nothing.
        </p>
      </footer>
      {showKeys && (
        <Keys
          close={() => setShowKeys(false)}
          enabled={shortcuts}
          enable={(on) => {
            keep('shortcuts', on ? 'on' : 'off');
            setShortcuts(on);
          }}
        />
      )}
    </>
  );
}

export function Problem({ text }: { text: string }) {
  return (
    <main class="problem">
      <h1>This report cannot be shown</h1>
      <p><Text of={text} limit={1000} /></p>
      <p>The page expects data of the schema plimsoll/html@1. Write the report again with the plimsoll that reads it.</p>
    </main>
  );
}
