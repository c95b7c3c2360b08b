import type { FaultPoint } from './faults.ts';
import { total, type Model, type Point } from './model.ts';
import { SeverityShape } from './Marks.tsx';
import { kLevels, kSeverities, type Level } from './severity.ts';
import { spelt } from './visible.ts';
import { Text } from './Text.tsx';

const kWidth = 540;
const kLeft = 40;
const kRight = 92;
const kScoreHeight = 170;
const kCountsHeight = 170;

const across = (index: number, points: number): number =>
  kLeft + (points === 1 ? 0 : (index / (points - 1)) * (kWidth - kLeft - kRight));

type Place = [x: number, y: number];

/// A line that breaks where there is no value.
function path(places: (Place | null)[]): string {
  let pen = 'M';
  let d = '';
  for (const place of places) {
    if (!place) {
      pen = 'M';
      continue;
    }
    d += `${pen}${place[0].toFixed(1)} ${place[1].toFixed(1)}`;
    pen = 'L';
  }
  return d;
}

function ScoreChart({ points }: { points: Point[] }) {
  const y = (percent: number) => 14 + (1 - percent / 100) * (kScoreHeight - 28);
  const places = points.map(({ percent }, index): Place | null =>
    percent === null ? null : [across(index, points.length), y(percent)],
  );
  const last = points[points.length - 1]!;
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${kWidth} ${kScoreHeight}`}
      role="img"
      aria-label={`Score over ${points.length} reports, from ${points[0]!.percent ?? 'none'} to ${last.percent ?? 'none'} percent`}
    >
      {[0, 50, 100].map((percent) => (
        <>
          <path class={percent === 50 ? 'grid load' : 'grid'} d={`M${kLeft} ${y(percent)}H${kWidth - kRight}`} />
          <text class="axis" x={kLeft - 8} y={y(percent) + 4} text-anchor="end">{percent}</text>
        </>
      ))}
      <path class="score" d={path(places)} />
      {places.map((place, index) =>
        place && (
          <circle class={points[index]!.complete ? 'dot' : 'dot hollow'} cx={place[0]} cy={place[1]} r={points.length > 60 ? 1.5 : 3.5}>
            <title>{`${spelt(points[index]!.name)}: ${points[index]!.percent} %`}</title>
          </circle>
        ),
      )}
      {last.percent !== null && (
        <text class="end" x={kWidth - kRight + 12} y={y(last.percent) + 5}>{last.percent} %</text>
      )}
    </svg>
  );
}

/// Labels at the right edge, pushed apart so that none covers another.
function apart(wanted: number[], gap: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let floor = -Infinity;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, floor + gap);
    floor = placed[index]!;
  }
  let ceiling = bottom;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, ceiling);
    ceiling = placed[index]! - gap;
  }
  return placed;
}

/// A line for each severity that occurs.
function CountsChart<T extends Level>({ words, points, label }: { words: readonly T[]; points: Record<T, number>[]; label: string }) {
  const used = words.filter((severity) => points.some((point) => point[severity] > 0));
  const top = Math.max(1, ...points.flatMap((point) => used.map((severity) => point[severity])));
  const y = (count: number) => 14 + (1 - count / top) * (kCountsHeight - 28);
  const last = points[points.length - 1]!;
  const labels = apart(used.map((severity) => y(last[severity]) + 4), 14, kCountsHeight - 4);
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${kWidth} ${kCountsHeight}`}
      role="img"
      aria-label={`${label} by severity over ${points.length} reports; the table below has the numbers`}
    >
      {[0, top].map((count) => (
        <>
          <path class="grid" d={`M${kLeft} ${y(count)}H${kWidth - kRight}`} />
          <text class="axis" x={kLeft - 8} y={y(count) + 4} text-anchor="end">{count.toLocaleString('en')}</text>
        </>
      ))}
      {used.map((severity, index) => (
        <g class={severity}>
          <path
            class={`counts ${severity}`}
            d={path(points.map((point, at): Place => [across(at, points.length), y(point[severity])]))}
          />
          <text class="end small" x={kWidth - kRight + 12} y={labels[index]}>
            {last[severity].toLocaleString('en')} {severity}
          </text>
        </g>
      ))}
    </svg>
  );
}

export function Trend({ model }: { model: Model }) {
  const { points } = model;
  return (
    <section class="trend" aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <div class="charts">
        <figure>
          <figcaption>Score, percent; hollow where the report was incomplete</figcaption>
          <ScoreChart points={points} />
        </figure>
        <figure>
          <figcaption>Open findings by severity</figcaption>
          <CountsChart words={kSeverities} points={points.map((point) => point.counts)} label="Open findings" />
        </figure>
      </div>
      <div class="table-frame" tabIndex={0} role="region" aria-label="Trend as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Report</th>
              <th scope="col" class="figure">Score</th>
              {kSeverities.map((severity) => (
                <th scope="col" class="figure"><span class={`severity ${severity}`}><SeverityShape of={severity} />{severity}</span></th>
              ))}
              <th scope="col" class="figure">all open</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr>
                <th scope="row">
                  <Text of={point.name} limit={120} />
                  {!point.complete && <span class="badge">incomplete</span>}
                </th>
                <td class="figure">{point.percent === null ? 'none' : `${point.percent} %`}</td>
                {kSeverities.map((severity) => (
                  <td class="figure">{point.counts[severity].toLocaleString('en')}</td>
                ))}
                <td class="figure">{total(point.counts).toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function FaultTrend({ points }: { points: FaultPoint[] }) {
  return (
    <section class="trend faults-trend" aria-labelledby="fault-trend">
      <h2 id="fault-trend">Vulnerabilities over time</h2>
      <div class="charts">
        <figure>
          <figcaption>Open vulnerabilities by severity</figcaption>
          <CountsChart words={kLevels} points={points.map((point) => point.counts.levels)} label="Open vulnerabilities" />
        </figure>
      </div>
      <div class="table-frame" tabIndex={0} role="region" aria-label="Vulnerabilities as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Report</th>
              {kLevels.map((level) => (
                <th scope="col" class="figure"><span class={`severity ${level}`}><SeverityShape of={level} />{level}</span></th>
              ))}
              <th scope="col" class="figure">exploited</th>
              <th scope="col" class="figure">all</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ name, complete, counts }) => (
              <tr>
                <th scope="row">
                  <Text of={name} limit={120} />
                  {!complete && <span class="badge">incomplete</span>}
                </th>
                {kLevels.map((level) => <td class="figure">{counts.levels[level].toLocaleString('en')}</td>)}
                <td class="figure">{counts.exploited.toLocaleString('en')}</td>
                <td class="figure">{counts.all.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
