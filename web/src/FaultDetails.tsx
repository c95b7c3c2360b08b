import type { FaultModel, Fault } from './faults.ts';
import type { Package, Vulnerability } from './inventory.ts';
import type { FaultView } from './fault-view.ts';
import { Part } from './Details.tsx';
import { safeLink } from './links.ts';
import { percent, plural, Text } from './Text.tsx';

const kPackagesNamed = 12;

interface Props {
  fault: Fault;
  faults: FaultModel;
  change: (part: Partial<FaultView>) => void;
  id: string;
}

/// Markdown as it was written, but in paragraphs and with its headings marked.
function Prose({ of }: { of: string }) {
  const paragraphs = of.replace(/\r\n?/g, '\n').split(/\n\s*\n/).filter((part) => part.trim() !== '');
  return (
    <>
      {paragraphs.map((part) => (
        <p class="prose">
          {part.split('\n').map((line, index) => {
            const heading = /^#{1,6}\s+(.*)$/.exec(line);
            return (
              <>
                {index > 0 && '\n'}
                {heading ? <strong><Text of={heading[1]!} tabs /></strong> : <Text of={line} tabs />}
              </>
            );
          })}
        </p>
      ))}
    </>
  );
}

function Lines({ title, of }: { title: string; of: string[] }) {
  if (of.length === 0) return null;
  return (
    <Part title={title}>
      <ul class="facts">{of.map((each) => <li><Text of={each} limit={600} /></li>)}</ul>
    </Part>
  );
}

function Where({ from, gone, props }: { from: Package; gone: boolean; props: Props }) {
  const { faults, change } = props;
  const words = <><Text of={from.name} limit={120} /> <Text of={from.version} limit={80} /></>;
  const layer = from.layer === null ? undefined : faults.inventory.image?.layers[from.layer];
  return (
    <li>
      {gone ? words : (
        <button type="button" class="plain" onClick={() => change({ package: faults.inventory.packages.indexOf(from) })}>{words}</button>
      )}
      {from.path !== '' && <> in <span class="path"><Text of={from.path} limit={300} /></span></>}
      {layer && !gone && (
        <>
          {', '}
          <button type="button" class="plain" onClick={() => change({ layer: from.layer })}>layer {from.layer! + 1}</button>{' '}
          <code class="instruction"><Text of={layer.instruction} limit={160} /></code>
        </>
      )}
    </li>
  );
}

function Links({ of }: { of: Vulnerability }) {
  const links = [of.url, ...of.references].map(safeLink).filter((link) => link !== null);
  if (links.length === 0) return null;
  return (
    <Part title="Read on">
      <ul class="sources">
        {links.map((link) => (
          <li><a href={link.href} target="_blank" rel="noopener noreferrer"><Text of={link.label} limit={90} /></a></li>
        ))}
      </ul>
    </Part>
  );
}

const kStatusWords = new Map([
  ['fixed', 'there is a fix'],
  ['affected', 'affected, no fix is known'],
  ['under_investigation', 'under investigation'],
  ['will_not_fix', 'the distribution will not fix it'],
  ['fix_deferred', 'the fix is deferred'],
  ['end_of_life', 'the release is at its end: nobody mends it'],
]);

/// The numbers: who says what about it.
function Facts({ of }: { of: Vulnerability }) {
  const status = kStatusWords.get(of.status) ?? of.status;
  return (
    <dl class="words reference">
      <Part title="Fixed in">
        {of.fixed === '' ? 'no version that is known' : <Text of={of.fixed} limit={120} />}
        {of.upgrade !== '' && of.upgrade !== of.fixed && <>; <Text of={of.upgrade} limit={120} /> mends the rest of the package too</>}
      </Part>
      {(of.status !== 'fixed' || of.note !== '') && (
        <Part title="Status"><Text of={status} limit={120} />{of.note !== '' && <> (<Text of={of.note} limit={120} />)</>}</Part>
      )}
      <Part title="Severity">
        {of.severity === 'unknown' ? 'no source says one' : of.severity}
        {of.severity_source !== '' && <>, says <Text of={of.severity_source} limit={80} /></>}
      </Part>
      {of.cvss !== null && (
        <Part title="CVSS">{of.cvss.toFixed(1)} <code><Text of={of.cvss_vector} limit={160} /></code></Part>
      )}
      {of.cvss === null && of.cvss_vector !== '' && <Part title="CVSS"><code><Text of={of.cvss_vector} limit={160} /></code></Part>}
      <Part title="EPSS">
        {of.epss === null ? 'no estimate' : `${percent(of.epss)} within 30 days`}
        {of.epss_percentile !== null && `, more than ${percent(of.epss_percentile)} of all`}
      </Part>
      {of.exploited && <Part title="Exploited">in CISA’s catalogue of known exploited vulnerabilities</Part>}
      <Part title="Tier">{of.tier}</Part>
      {of.weaknesses.length > 0 && <Part title="Weakness"><Text of={of.weaknesses.join(', ')} limit={200} /></Part>}
      {(of.published !== '' || of.modified !== '') && (
        <Part title="Dates">
          <Text of={[of.published && `published ${of.published}`, of.modified && `changed ${of.modified}`].filter((word) => word !== '').join(', ')} limit={120} />
        </Part>
      )}
      {of.aliases.length > 0 && <Part title="Known as"><Text of={of.aliases.join(', ')} limit={600} /></Part>}
      <Links of={of} />
    </dl>
  );
}

/// Everything about one vulnerability: what it is, why it is told, where it is, and what mends it.
export function FaultDetails(props: Props) {
  const { fault, id } = props;
  const of = fault.vulnerability;
  const gone = fault.change === 'fixed';
  const rest = fault.packages.length - kPackagesNamed;
  return (
    <div class="details fault-details" id={id}>
      <dl class="words">
        {of.suppressed && (
          <Part title="Suppressed">
            by <Text of={of.suppressed.by || 'nobody that is named'} limit={200} />
            {of.suppressed.reason === '' ? ', no reason given' : <>: <Text of={of.suppressed.reason} limit={1000} /></>}
            {of.suppressed.until !== '' && <>, until <Text of={of.suppressed.until} limit={40} /></>}
          </Part>
        )}
        {(of.title !== '' || of.details !== '') && (
          <Part title="What it is">
            {of.title !== '' && <p class="prose"><Text of={of.title} limit={600} /></p>}
            <Prose of={of.details} />
          </Part>
        )}
        <Lines title={`Why it has priority ${Math.round(of.priority)} of 100`} of={of.reasons} />
        <Part title={gone ? 'Where it was' : 'Where it is'}>
          <ul class="facts">
            {fault.packages.slice(0, kPackagesNamed).map((from) => <Where from={from} gone={gone} props={props} />)}
            {rest > 0 && <li>and {plural(rest, 'more package')}</li>}
          </ul>
        </Part>
        <Lines title="Why it was matched" of={of.why} />
      </dl>
      <Facts of={of} />
    </div>
  );
}
