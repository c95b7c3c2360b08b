interface Context {
  shortcuts: boolean;
  /// In the order of the page.
  searches: HTMLInputElement[];
  clear: () => void;
  showKeys: () => void;
}

const inside = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null;

/// Moves between the headings of findings and groups, in the order of the page.
function move(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>('[data-stop]')].filter(
    // An open group's own heading is on the way of Tab, not of j and k.
    (stop) => stop.getAttribute('aria-expanded') !== 'true' || stop.closest('.finding') !== null,
  );
  const all = document.activeElement;
  const here = stops.findIndex((stop) => stop === all);
  let next = stops[here + step];
  if (here < 0) {
    next =
      all instanceof Element && all.matches('[data-stop]')
        ? nearest(stops, all, step)
        : step === 1
          ? stops[0]
          : stops[stops.length - 1];
  }
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

function nearest(stops: HTMLElement[], from: Element, step: 1 | -1): HTMLElement | undefined {
  const follows = (stop: Element) =>
    (from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return step === 1 ? stops.find(follows) : stops.filter((stop) => !follows(stop)).pop();
}

export function handleKey(event: KeyboardEvent, context: Context): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (inside(event.target, 'dialog')) return;
  const search = context.searches.find((input) => input === event.target);
  if (search) {
    if (event.key === 'Escape') {
      context.clear();
      search.blur();
      event.preventDefault();
    } else if (event.key === 'ArrowDown') {
      move(1);
      event.preventDefault();
    }
    return;
  }
  if (inside(event.target, 'input, textarea, select')) return;
  // Arrows scroll the page unless the reader is in the list already.
  const inList = inside(event.target, '[data-stop]');
  const key = event.key;
  if (key === 'Escape') context.clear();
  else if (inList && key === 'ArrowDown') move(1);
  else if (inList && key === 'ArrowUp') move(-1);
  else if (!context.shortcuts) return;
  else if (key === 'j') move(1);
  else if (key === 'k') move(-1);
  else if (key === '/') {
    context.searches[0]?.focus();
    context.searches[0]?.select();
  } else if (key === '?') context.showKeys();
  else return;
  event.preventDefault();
}
