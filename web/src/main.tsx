import { render } from 'preact';
import { App, Problem } from './App.tsx';
import { load } from './data.ts';
import { buildFaults } from './faults.ts';
import { build } from './model.ts';
import { applyTheme } from './settings.ts';
import { spelt } from './visible.ts';
import './style.css';

function start(): void {
  applyTheme();
  const root = document.getElementById('app')!;
  const loaded = load(document.getElementById('plimsoll-data')?.textContent ?? null);
  if (!loaded.ok) {
    document.title = 'plimsoll: no report';
    render(<Problem text={loaded.problem} />, root);
    return;
  }
  const model = build(loaded.data);
  const faults = buildFaults(loaded.data);
  const { percent } = model.current.report;
  document.title = `${percent === null ? '' : `${percent} % · `}${spelt(model.title).slice(0, 120)} · plimsoll`;
  const draw = (printing: boolean) => render(<App model={model} faults={faults} printing={printing} />, root);
  draw(false);
  // render() at the root is synchronous: the paper gets every finding, open.
  addEventListener('beforeprint', () => draw(true));
  addEventListener('afterprint', () => draw(false));
}

start();
