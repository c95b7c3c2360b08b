import { useEffect, useRef } from 'preact/hooks';

const kKeys: [string[], string][] = [
  [['/'], 'search'],
  [['j', '↓'], 'next finding or closed group'],
  [['k', '↑'], 'the one before'],
  [['Enter'], 'open or close it'],
  [['Esc'], 'clear the search'],
  [['?'], 'these keys'],
];

/// WCAG 2.1.4: shortcuts of a single letter can be switched off.
export function Keys({
  close,
  enabled,
  enable,
}: {
  close: () => void;
  enabled: boolean;
  enable: (on: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} class="keys" aria-labelledby="keys" onClose={close}>
      <h2 id="keys">Keys</h2>
      <dl>
        {kKeys.map(([keys, meaning]) => (
          <div>
            <dt>{keys.map((key) => <kbd>{key}</kbd>)}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        <label>
          <input type="checkbox" checked={enabled} onChange={(event) => enable(event.currentTarget.checked)} />
          Single-key shortcuts are on
        </label>
      </p>
      <button type="button" onClick={() => dialog.current?.close()}>Close</button>
    </dialog>
  );
}
