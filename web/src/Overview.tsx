import { kSeverities, type Severity } from './data.ts';
import { total, unknownShare, type ControlRow, type Model } from './model.ts';
import { LoadLine, SeverityShape, StatusSign } from './Marks.tsx';
import { plural, Text } from './Text.tsx';

const kKinds = new Map<string, [string, string]>([
  ['dockerfile', ['Dockerfile', 'Dockerfiles']],
  ['compose', ['Compose project', 'Compose projects']],
  ['manifests', ['set of manifests', 'sets of manifests']],
  ['run', ['run line', 'run lines']],
]);

function nouns(kind: string): [string, string] {
  return kKinds.get(kind) ?? [kind || 'subject', `${kind || 'subject'}s`];
}

/// "3 services, 1 Dockerfile and 1 workflow".
function judged(model: Model): string {
  const kinds = new Map<string, number>();
  for (const { kind } of model.current.report.subjects) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const words = [...kinds]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([kind, count]) => plural(count, ...nouns(kind)));
  const last = words.pop();
  if (last === undefined) return 'nothing';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

export function Heading({ model }: { model: Model }) {
  const { report } = model.current;
  return (
    <div class="heading">
      <h1><Text of={model.title} limit={200} /></h1>
      <p class="judged">
        <Text of={judged(model)} limit={300} />
        {model.root !== '' && <> in <span class="path"><Text of={model.root} limit={300} /></span></>}
        {' · '}
        {report.complete ? 'complete: everything was read' : <strong>incomplete</strong>}
      </p>
    </div>
  );
}

const kListed = 8;

export function Banner({ model, printing }: { model: Model; printing: boolean }) {
  const { complete, incomplete } = model.current.report;
  if (complete && incomplete.length === 0) return null;
  const line = (part: (typeof incomplete)[number]) => (
    <li>
      <span class="stage"><Text of={part.stage} limit={60} /></span>
      <span class="path"><Text of={part.path.startsWith(model.root) ? part.path.slice(model.root.length) : part.path} limit={300} /></span>{' '}
      <Text of={[part.limit, part.value].filter((word) => word !== '').join(' ')} limit={600} />
    </li>
  );
  return (
    <section class="banner" aria-labelledby="incomplete">
      <h2 id="incomplete">This report is incomplete</h2>
      <p>
        {incomplete.length === 0
          ? 'Some of the input was not judged. A finding that is missing here may still exist.'
          : `${plural(incomplete.length, 'part')} of the input could not be judged. A finding that is missing here may still exist.`}
      </p>
      {incomplete.length > 0 && <ul>{incomplete.slice(0, printing ? Infinity : kListed).map(line)}</ul>}
      {!printing && incomplete.length > kListed && (
        <details>
          <summary>{plural(incomplete.length - kListed, 'more part')}</summary>
          <ul>{incomplete.slice(kListed).map(line)}</ul>
        </details>
      )}
    </section>
  );
}

const percentWords = (share: number): string => {
  if (share === 0) return 'all judged';
  return share < 0.01 ? '<1 % unknown' : `${Math.round(share * 100)} % unknown`;
};

function Severities({ model }: { model: Model }) {
  const point = model.previous ? model.points[model.points.length - 2] : undefined;
  return (
    <ul class="severities">
      {kSeverities.map((severity: Severity) => (
        <li class={model.counts[severity] > 0 ? severity : 'none'}>
          <span class="count">
            {point && <><s>{point.counts[severity].toLocaleString('en')}</s><span class="to"> → </span></>}
            {model.counts[severity].toLocaleString('en')}
          </span>
          <span class="word"><SeverityShape of={severity} />{severity}</span>
        </li>
      ))}
    </ul>
  );
}

export function Overview({ model }: { model: Model }) {
  const { report } = model.current;
  const previous = model.previous?.report;
  const open = total(model.counts);
  return (
    <section class="overview" aria-labelledby="overview">
      <h2 id="overview" class="visually-hidden">Overview</h2>
      <div class="scores">
        {model.kind === 'comparison' && previous && (
          <>
            <div class="before">
              <LoadLine percent={previous.percent} caption={percentWords(unknownShare(previous.controls))} name="Score before" />
            </div>
            <svg class="then" viewBox="0 0 40 12" width="40" height="12" aria-hidden="true">
              <path d="M0 6h36M31 1.5 37 6 31 10.5" fill="none" stroke="currentColor" stroke-width="1.5" />
            </svg>
          </>
        )}
        <LoadLine
          percent={report.percent}
          caption={percentWords(unknownShare(report.controls))}
          name={model.kind === 'comparison' ? 'Score after' : 'Score'}
        />
      </div>
      <div class="facts-at-a-glance">
        <Severities model={model} />
        <p class="sums">
          <strong>{plural(open, 'open finding')}</strong>
          {model.previous && <>: {model.changes.new.toLocaleString('en')} new, {model.changes.remaining.toLocaleString('en')} remaining, {model.changes.fixed.toLocaleString('en')} fixed since <Text of={model.previous.name} limit={80} /></>}
          {' · '}{model.fixable.toLocaleString('en')} with a suggested edit · {model.suppressed.toLocaleString('en')} suppressed
        </p>
        {previous && !previous.complete && (
          <p class="sums"><strong><Text of={model.previous!.name} limit={80} /> was incomplete</strong>: what is new here may be older.</p>
        )}
        {previous && !report.complete && (
          <p class="sums"><strong>This report is incomplete</strong>: what counts as fixed may only not have been judged.</p>
        )}
        {report.percent === null && <p class="sums">Nothing that has a score was judged.</p>}
      </div>
    </section>
  );
}

const judgedBy = (row: ControlRow['control']): string => {
  const all = row.passed + row.failed + row.unknown;
  if (all === 0) return 'not applicable';
  return `${row.passed} of ${all} pass${row.unknown > 0 ? `, ${row.unknown} unknown` : ''}`;
};

function Bar({ row }: { row: ControlRow['control'] }) {
  const all = row.passed + row.failed + row.unknown;
  if (all === 0) return <svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" />;
  const passed = (row.passed / all) * 100;
  const unknown = (row.unknown / all) * 100;
  return (
    <svg class="bar" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
      <rect class="failed" x="0" y="0" width="100" height="3" />
      <rect class="unknown" x={passed} y="0" width={unknown} height="3" />
      <rect class="passed" x="0" y="0" width={passed} height="3" />
    </svg>
  );
}

export function Controls({
  model,
  chosen,
  toggle,
}: {
  model: Model;
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
}) {
  return (
    <section class="controls" aria-labelledby="controls">
      <h2 id="controls">Controls</h2>
      <ul>
        {model.controls.map(({ control, before }) => (
          <li>
            <button
              type="button"
              class={`control ${control.status}`}
              aria-pressed={chosen.has(control.id)}
              onClick={() => toggle(control.id)}
            >
              <span class="title">
                {before && before.status !== control.status && (
                  <><StatusSign of={before.status} /><span class="to">→</span></>
                )}
                <StatusSign of={control.status} />
                <span><Text of={control.title} limit={100} /></span>
              </span>
              <span class="sum">
                {before && judgedBy(before) !== judgedBy(control) && <>{judgedBy(before)} → </>}
                {judgedBy(control)}
              </span>
              <Bar row={control} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
