import type { FaultModel } from './faults.ts';
import type { FaultView } from './fault-view.ts';
import { bytes, Text } from './Text.tsx';

/// What one edit each would save, the most first.
export function Savings({ faults, change }: { faults: FaultModel; change: (part: Partial<FaultView>) => void }) {
  const { image } = faults.inventory;
  if (!image || image.waste.length === 0) return null;
  return (
    <section class="savings" aria-labelledby="savings">
      <h2 id="savings">What could be saved</h2>
      <ul>
        {image.waste.map((each) => (
          <li>
            <span class="saved">{bytes(each.bytes)}</span>
            <span>
              <strong><Text of={each.title} limit={200} /></strong>
              {each.what !== '' && <> (<Text of={each.what} limit={60} />)</>}
              {image.layers.length > each.layer && image.layers.length > 1 && (
                <>, in <button type="button" class="plain" onClick={() => change({ layer: each.layer, package: null })}>layer {each.layer + 1}</button></>
              )}
              {each.advice !== '' && <span class="advice"><Text of={each.advice} limit={400} /></span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
