import type { Report } from './data.ts';

const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/// The folder that all of a report's files lie in, with its slash at the end; '' when there is none.
export function commonFolder(report: Report): string {
  let common: string | undefined;
  const take = (lies: string) => {
    common ??= lies;
    while (!lies.startsWith(common)) common = folder(common.slice(0, -1));
  };
  for (const subject of report.subjects) {
    if (subject.path === '') continue;
    // A project's path is a folder already.
    take(subject.kind === 'project' ? `${subject.path}/` : folder(subject.path));
  }
  for (const finding of report.findings) if (finding.path !== '') take(folder(finding.path));
  return common === undefined || common === '/' ? '' : common;
}

export function relative(path: string, root: string): string {
  return root !== '' && path.startsWith(root) ? path.slice(root.length) : path;
}

/// The last name of a folder: "examples/before/" is "before".
export function lastName(root: string): string {
  const parts = root.split('/').filter((part) => part !== '');
  return parts[parts.length - 1] ?? '';
}
