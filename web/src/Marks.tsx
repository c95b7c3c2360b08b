// The small drawn signs. Each stands beside its word: neither colour nor shape speaks alone.

import type { Status } from './data.ts';
import { kStatusWord } from './model.ts';
import type { Level } from './severity.ts';

const kShapes: Record<Level, preact.JSX.Element> = {
  critical: <path d="M6 .5 11.5 6 6 11.5.5 6z" fill="currentColor" />,
  high: <path d="M6 1.2 11.4 10.8H.6z" fill="currentColor" />,
  medium: <path d="M1.5 1.5h9v9h-9z" fill="currentColor" />,
  low: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" stroke-width="2" />,
  info: <circle cx="6" cy="6" r="2.2" fill="currentColor" />,
  unknown: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.3 2.3" />,
};

export function SeverityShape({ of }: { of: Level }) {
  return (
    <svg class={`shape ${of}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {kShapes[of]}
    </svg>
  );
}

export function SeverityLabel({ of }: { of: Level }) {
  return (
    <span class={`severity ${of}`}>
      <SeverityShape of={of} />
      {of}
    </span>
  );
}

const kStatusPaths: Record<Status, preact.JSX.Element> = {
  pass: <path d="M2 6.5 5 9.5 10.5 2.5" />,
  fail: <path d="M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5" />,
  unknown: (
    <>
      <path d="M3.2 4.1a2.8 2.8 0 1 1 3.9 2.6Q6 7.2 6 8.3" />
      <path d="M6 10.6v.1" />
    </>
  ),
  'not-applicable': <path d="M2.5 6h7" />,
};

export function StatusSign({ of }: { of: Status }) {
  return (
    <svg class={`sign ${of}`} viewBox="0 0 12 12" width="14" height="14" role="img" aria-label={kStatusWord[of]}>
      <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        {kStatusPaths[of]}
      </g>
    </svg>
  );
}

/// The load line: a ring that fills with the score, and the line through it.
export function LoadLine({ percent, caption, name }: { percent: number | null; caption: string; name: string }) {
  const words = percent === null ? 'no score' : `${percent} %`;
  return (
    <svg class="load-line" viewBox="0 0 220 150" role="img" aria-label={`${name}: ${words}, ${caption}`}>
      <circle class="track" cx="110" cy="75" r="62" />
      {percent !== null && percent > 0 && (
        <circle
          class="arc"
          cx="110"
          cy="75"
          r="62"
          pathLength={100}
          stroke-dasharray={`${percent} 100`}
          transform="rotate(-90 110 75)"
        />
      )}
      <path class="line" d="M12 78h196" />
      <text class="letter" x="22" y="71">P</text>
      <text class="letter" x="198" y="71">L</text>
      <text class={percent === 100 ? 'percent full' : 'percent'} x="110" y="69">
        {percent === null ? '–' : percent}
        {percent !== null && <tspan class="unit" dx="3">%</tspan>}
      </text>
      <text class="caption" x="110" y="98">{caption}</text>
    </svg>
  );
}

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 22" width="32" height="22" aria-hidden="true">
      <circle cx="16" cy="11" r="8.5" fill="none" stroke="currentColor" stroke-width="2.2" />
      <path d="M1 11h30" stroke="currentColor" stroke-width="2.2" />
    </svg>
  );
}
