export interface Link {
  href: string;
  label: string;
}

/// A rule's source as a link, or null when it is anything but plain https.
export function safeLink(source: string): Link | null {
  let url: URL;
  try {
    url = new URL(source);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  const label = url.hostname + (url.pathname === '/' ? '' : url.pathname) + url.hash;
  return { href: url.href, label };
}
