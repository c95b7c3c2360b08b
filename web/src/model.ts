// What the page shows, worked out once from the data. No DOM here.

import {
  kSeverities,
  type Control,
  type Data,
  type Entry,
  type Excerpt,
  type Finding,
  type Rule,
  type Severity,
  type Status,
  type Subject,
} from './data.ts';
import { commonFolder, lastName, relative } from './paths.ts';

export const kChanges = ['new', 'remaining', 'fixed'] as const;
export type Change = (typeof kChanges)[number];

export type Kind = 'report' | 'comparison' | 'trend';

/// A finding with everything that is known around it.
export interface Item {
  id: number;
  finding: Finding;
  excerpt: Excerpt | null;
  rule: Rule | undefined;
  subject: Subject | undefined;
  /// Whether the finding came, stayed or went since the entry before; null when there is none.
  change: Change | null;
  /// Paths and subjects as shown: below the folder that all files of the entry share.
  path: string;
  subjectKey: string;
  also: string[];
  /// Lower-case text that the search looks in.
  haystack: string;
}

export type Counts = Record<Severity, number>;

export interface ControlRow {
  control: Control;
  before: Control | null;
}

export interface Point {
  name: string;
  percent: number | null;
  complete: boolean;
  counts: Counts;
}

export interface Model {
  kind: Kind;
  title: string;
  current: Entry;
  previous: Entry | null;
  root: string;
  items: Item[];
  controls: ControlRow[];
  controlTitles: Map<string, string>;
  points: Point[];
  counts: Counts;
  suppressed: number;
  fixable: number;
  changes: Record<Change, number>;
}

const kRank = new Map<Severity, number>(kSeverities.map((severity, rank) => [severity, rank]));
export const rank = (severity: Severity): number => kRank.get(severity) ?? kSeverities.length;

export const noCounts = (): Counts => ({ critical: 0, high: 0, medium: 0, low: 0, info: 0 });

/// Counts what is open: a suppressed finding weighs nothing.
export function countOpen(findings: Iterable<Finding>): Counts {
  const counts = noCounts();
  for (const finding of findings) if (!finding.suppressed) counts[finding.severity] += 1;
  return counts;
}

export const total = (counts: Counts): number =>
  kSeverities.reduce((sum, severity) => sum + counts[severity], 0);

/// Negative when `a` is worse than `b`: more of the worst severity in which they differ.
export function worseFirst(a: Counts, b: Counts): number {
  for (const severity of kSeverities) {
    if (a[severity] !== b[severity]) return b[severity] - a[severity];
  }
  return 0;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function compareItems(a: Item, b: Item): number {
  return (
    rank(a.finding.severity) - rank(b.finding.severity) ||
    byText(a.path, b.path) ||
    a.finding.line - b.finding.line ||
    a.finding.column - b.finding.column ||
    byText(a.finding.rule, b.finding.rule) ||
    a.id - b.id
  );
}

/// How much of what could be judged was not: unknown ÷ everything applicable, 0…1.
export function unknownShare(controls: Control[]): number {
  let unknown = 0;
  let all = 0;
  for (const control of controls) {
    unknown += control.unknown;
    all += control.passed + control.failed + control.unknown;
  }
  return all === 0 ? 0 : unknown / all;
}

interface Outcome {
  /// One word per finding of the current entry.
  current: Change[];
  /// Indices of the findings of the previous entry that are gone.
  fixed: number[];
}

/// Joins two lists by fingerprint. Equal fingerprints pair off one by one, so that of three equal
/// findings two remain and one is fixed. Open pairs with open first: what was suppressed since is
/// neither fixed nor new.
export function compare(previous: Finding[], current: Finding[]): Outcome {
  // Counts, not lists to search: a report of nothing but equal fingerprints takes no longer.
  const waiting = new Map<string, { open: number; suppressed: number }>();
  for (const { fingerprint, suppressed } of previous) {
    const count = waiting.get(fingerprint) ?? { open: 0, suppressed: 0 };
    count[suppressed ? 'suppressed' : 'open'] += 1;
    waiting.set(fingerprint, count);
  }
  const result: Change[] = current.map(() => 'new');
  for (const sameState of [true, false]) {
    current.forEach(({ fingerprint, suppressed }, index) => {
      const count = waiting.get(fingerprint);
      const state = !suppressed === sameState ? 'open' : 'suppressed';
      if (!count || count[state] === 0 || result[index] === 'remaining') return;
      count[state] -= 1;
      result[index] = 'remaining';
    });
  }
  const fixed: number[] = [];
  // The last of equal ones count as fixed. A suppressed finding that went was not open before:
  // nothing was fixed that anybody saw.
  for (let index = previous.length - 1; index >= 0; index -= 1) {
    const { fingerprint, suppressed } = previous[index]!;
    const count = waiting.get(fingerprint)!;
    if (suppressed || count.open === 0) continue;
    count.open -= 1;
    fixed.push(index);
  }
  return { current: result, fixed: fixed.reverse() };
}

function alsoSubjects(finding: Finding): string[] {
  const value = finding.evidence.find(([key]) => key === 'subjects')?.[1];
  if (!Array.isArray(value)) return [];
  return value.filter((id): id is string => typeof id === 'string' && id !== finding.subject);
}

function makeItems(
  entry: Entry,
  root: string,
  rules: Map<string, Rule>,
  pick: { index: number; change: Change | null }[],
  firstId: number,
): Item[] {
  const subjects = new Map(entry.report.subjects.map((subject) => [subject.id, subject]));
  return pick.map(({ index, change }, offset) => {
    const finding = entry.report.findings[index]!;
    const rule = rules.get(finding.rule);
    const subject = subjects.get(finding.subject);
    const path = relative(finding.path, root);
    return {
      id: firstId + offset,
      finding,
      excerpt: entry.report.excerpts[index] ?? null,
      rule,
      subject,
      change,
      path,
      subjectKey: relative(finding.subject, root),
      also: alsoSubjects(finding).map((id) => relative(id, root)),
      haystack: [
        finding.rule,
        finding.message,
        path,
        finding.severity,
        finding.control,
        subject?.name ?? '',
        rule?.title ?? '',
        rule?.aliases.join(' ') ?? '',
      ]
        .join('\n')
        .toLowerCase(),
    };
  });
}

function kindOf(entries: number): Kind {
  if (entries === 1) return 'report';
  return entries === 2 ? 'comparison' : 'trend';
}

export function build(data: Data): Model {
  const { entries, rules } = data;
  const current = entries[entries.length - 1]!;
  const previous = entries[entries.length - 2] ?? null;
  const root = commonFolder(current.report);
  const findings = current.report.findings;

  let items: Item[];
  if (previous) {
    const outcome = compare(previous.report.findings, findings);
    items = makeItems(
      current,
      root,
      rules,
      outcome.current.map((change, index) => ({ index, change })),
      0,
    ).concat(
      makeItems(
        previous,
        commonFolder(previous.report),
        rules,
        outcome.fixed.map((index) => ({ index, change: 'fixed' as const })),
        findings.length,
      ),
    );
  } else {
    items = makeItems(
      current,
      root,
      rules,
      findings.map((_, index) => ({ index, change: null })),
      0,
    );
  }
  items.sort(compareItems);

  const changes: Record<Change, number> = { new: 0, remaining: 0, fixed: 0 };
  for (const item of items) {
    if (item.change && !item.finding.suppressed) changes[item.change] += 1;
  }
  const before = new Map(previous?.report.controls.map((control) => [control.id, control]));
  const kind = kindOf(entries.length);
  const controls = current.report.controls;
  return {
    kind,
    title:
      kind === 'comparison'
        ? `${previous!.name} → ${current.name}`
        : current.inventory.image?.reference || lastName(root) || current.name,
    current,
    previous,
    root,
    items,
    controls: controls.map((control) => ({ control, before: before.get(control.id) ?? null })),
    controlTitles: new Map(controls.map((control) => [control.id, control.title])),
    points: entries.map((entry) => ({
      name: entry.name,
      percent: entry.report.percent,
      complete: entry.report.complete,
      counts: countOpen(entry.report.findings),
    })),
    counts: countOpen(findings),
    suppressed: findings.filter((finding) => finding.suppressed).length,
    fixable: findings.filter((finding) => canFix(finding) && !finding.suppressed).length,
    changes,
  };
}

/// True when the finding carries an edit, whether safe or not.
export const canFix = (finding: Finding): boolean =>
  finding.fix !== null && finding.fix.safety !== 'none';

/// True when the reader could still apply that edit.
export const isFixable = (item: Item): boolean => canFix(item.finding) && item.change !== 'fixed';

export const kStatusWord: Record<Status, string> = {
  pass: 'pass',
  fail: 'fail',
  unknown: 'unknown',
  'not-applicable': 'not applicable',
};
