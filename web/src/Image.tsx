import { type ComponentChildren, Fragment } from 'preact';
import type { FaultCounts, FaultModel } from './faults.ts';
import { tellsVulnerabilities, type Image } from './inventory.ts';
import type { Model } from './model.ts';
import { SeverityShape } from './Marks.tsx';
import { kLevels } from './severity.ts';
import { bytes, plural, Text } from './Text.tsx';

const layersOf = (image: Image): string => {
  const { layers, base, size } = image;
  if (size === 0) return bytes(image.bytes);
  const own = base !== null && base.layers > 0 ? `, ${base.layers} of them the base’s` : '';
  return `${bytes(size)} in ${plural(layers.length, 'layer')}${own}`;
};

function facts(image: Image, packages: number): [key: string, words: ComponentChildren][] {
  const list: [string, ComponentChildren][] = [];
  if (image.os !== '') list.push(['os', <Text of={image.os} limit={120} />]);
  if (image.platform !== '') list.push(['platform', <Text of={image.platform} limit={60} />]);
  list.push(['size', layersOf(image)], ['packages', plural(packages, 'package')]);
  if (image.base && image.base.name !== '') {
    list.push(['base', <>built on <span class="base-name"><Text of={image.base.name} limit={120} /></span></>]);
  }
  if (image.start.length > 0) {
    list.push(['start', <>starts <code><Text of={image.start.join(' ')} limit={160} /></code> as <Text of={image.user || 'root'} limit={60} /></>]);
  }
  if (image.created !== '') list.push(['created', <>created <Text of={image.created.slice(0, 10)} /></>]);
  return list;
}

export function ImageHeading({ model, faults }: { model: Model; faults: FaultModel }) {
  const { image, packages } = faults.inventory;
  return (
    <div class="heading">
      <h1><Text of={model.title} limit={200} /></h1>
      <p class="judged">
        {image !== null && model.kind === 'comparison' && <><Text of={image.reference} limit={200} />{' · '}</>}
        {image !== null && facts(image, packages.length).map(([key, words]) => (
          <Fragment key={key}>{words}{' · '}</Fragment>
        ))}
        {model.current.report.complete ? 'complete: everything was read' : <strong>incomplete</strong>}
      </p>
    </div>
  );
}

/// Days since the advisories were made, as this browser's clock has it; null when no day is said.
function daysOld(advisories: string): number | null {
  const made = Date.parse(advisories.slice(0, 10));
  return Number.isNaN(made) ? null : Math.max(0, Math.floor((Date.now() - made) / 86_400_000));
}

const kFreshDays = 7;

function Advisories({ made }: { made: string }) {
  const days = daysOld(made);
  const is = <>advisories of <Text of={made} limit={120} /></>;
  if (days === null || days <= kFreshDays) return is;
  return <>{is}: <strong>{plural(days, 'day')} old today</strong>, what is newer is not in them</>;
}

/// What nothing is known of is no clean bill: it stands before the counts.
export function Unjudged({ model, faults }: { model: Model; faults: FaultModel }) {
  const { incomplete } = model.current.report;
  const list = faults.inventory.unjudged.filter(
    ({ ecosystem }) => !incomplete.some(({ stage, path }) => stage === 'vulnerabilities' && path === ecosystem),
  );
  if (list.length === 0) return null;
  return (
    <section class="banner unjudged" aria-labelledby="unjudged">
      <h2 id="unjudged">Not judged</h2>
      <p>Nothing is known of these packages. That is not the same as being without fault.</p>
      <ul>
        {list.map((each) => (
          <li>
            <strong>{plural(each.packages, 'package')} of <Text of={each.ecosystem} limit={80} /></strong>:{' '}
            <Text of={each.reason} limit={300} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Levels({ now, before }: { now: FaultCounts; before: FaultCounts | null }) {
  const shown = kLevels.filter(
    (level) => !['info', 'unknown'].includes(level) || now.levels[level] > 0 || (before?.levels[level] ?? 0) > 0,
  );
  return (
    <ul class="severities">
      {shown.map((level) => (
        <li class={now.levels[level] > 0 ? level : 'none'}>
          <span class="count">
            {before && <><s>{before.levels[level].toLocaleString('en')}</s><span class="to"> → </span></>}
            {now.levels[level].toLocaleString('en')}
          </span>
          <span class="word"><SeverityShape of={level} />{level}</span>
        </li>
      ))}
      {(now.exploited > 0 || (before?.exploited ?? 0) > 0) && (
        <li class={now.exploited > 0 ? 'exploited' : 'none'}>
          <span class="count">
            {before && <><s>{before.exploited.toLocaleString('en')}</s><span class="to"> → </span></>}
            {now.exploited.toLocaleString('en')}
          </span>
          <span class="word">known to be exploited</span>
        </li>
      )}
    </ul>
  );
}

function nothing(faults: FaultModel): string {
  return faults.inventory.unjudged.length > 0
    ? 'No known vulnerability in what could be judged'
    : 'No known vulnerability';
}

/// How many vulnerabilities, how bad, and how much of it can be mended.
export function FaultOverview({ model, faults }: { model: Model; faults: FaultModel }) {
  const { counts, previous, changes, inventory } = faults;
  if (!tellsVulnerabilities(inventory)) return null;
  const words: ComponentChildren[] = [];
  if (counts.mended > 0) {
    words.push(`${counts.mended.toLocaleString('en')} mended by ${plural(counts.upgrades, 'upgrade')}`);
  }
  if (counts.all > counts.mended) words.push(`${(counts.all - counts.mended).toLocaleString('en')} without a fix`);
  if (counts.suppressed > 0) words.push(`${counts.suppressed.toLocaleString('en')} suppressed`);
  if (counts.apart > 0) words.push(`${counts.apart.toLocaleString('en')} more in nothing that runs`);
  words.push(<Advisories made={inventory.advisories || 'a day that is not said'} />);
  return (
    <section class="overview faults-overview" aria-labelledby="fault-overview">
      <h2 id="fault-overview" class="visually-hidden">Vulnerabilities at a glance</h2>
      <div class="facts-at-a-glance">
        {counts.all === 0 && previous === null
          ? <p class="none-known">{nothing(faults)}</p>
          : <Levels now={counts} before={previous} />}
        <p class="sums">
          {counts.all > 0 && <strong>{plural(counts.all, 'vulnerability', 'vulnerabilities')}</strong>}
          {counts.all === 0 && previous !== null && <strong>{nothing(faults)}</strong>}
          {previous && (
            <>: {changes.new.toLocaleString('en')} new, {changes.remaining.toLocaleString('en')} remaining, {changes.fixed.toLocaleString('en')} gone since <Text of={model.previous!.name} limit={80} /></>
          )}
          {words.map((each, index) => <Fragment key={index}>{(index > 0 || counts.all > 0 || previous !== null) && ' · '}{each}</Fragment>)}
        </p>
      </div>
    </section>
  );
}
