// The contract with the executable: what stands in <script id="plimsoll-data">.
// Everything is checked at load; keys that we do not know are ignored.

import { readInventory, type Inventory } from './inventory.ts';
import { Mismatch, Node, texts } from './node.ts';
import { kSeverities, type Severity } from './severity.ts';

export { kSeverities, type Severity };

export const kStatuses = ['pass', 'fail', 'unknown', 'not-applicable'] as const;
export type Status = (typeof kStatuses)[number];

export interface Incomplete {
  stage: string;
  path: string;
  limit: string;
  value: string;
}

export interface Subject {
  id: string;
  kind: string;
  name: string;
  path: string;
}

export interface Fix {
  safety: 'safe' | 'unsafe' | 'none';
  title: string;
}

export interface Suppression {
  by: string;
  reason: string;
  until: string;
}

/// Lines and columns count from 1; 0 means that there is no position. `end_column` is exclusive.
export interface Finding {
  rule: string;
  severity: Severity;
  control: string;
  subject: string;
  message: string;
  path: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  fix: Fix | null;
  fingerprint: string;
  suppressed: Suppression | null;
  evidence: [key: string, value: unknown][];
}

export interface Excerpt {
  line: number;
  text: string[];
  diff: string[] | null;
}

export interface Control {
  id: string;
  title: string;
  status: Status;
  passed: number;
  failed: number;
  unknown: number;
}

export interface Report {
  tool: { name: string; version: string };
  complete: boolean;
  incomplete: Incomplete[];
  subjects: Subject[];
  findings: Finding[];
  excerpts: (Excerpt | null)[];
  percent: number | null;
  controls: Control[];
}

export interface Entry {
  name: string;
  report: Report;
  inventory: Inventory;
}

export interface Rule {
  title: string;
  why: string;
  fix_note: string;
  severity: Severity;
  control: string;
  aliases: string[];
  sources: string[];
}

export interface Data {
  entries: Entry[];
  rules: Map<string, Rule>;
}

export type Loaded = { ok: true; data: Data } | { ok: false; problem: string };

function readFinding(node: Node): Finding {
  const fix = node.key('fix');
  const suppressed = node.key('suppressed');
  const evidence = node.key('evidence');
  return {
    rule: node.key('rule').text(),
    severity: node.key('severity').oneOf(kSeverities),
    control: node.key('control').text(),
    subject: node.key('subject').textOrEmpty(),
    message: node.key('message').text(),
    path: node.key('path').textOrEmpty(),
    line: node.key('line').countOrZero(),
    column: node.key('column').countOrZero(),
    end_line: node.key('end_line').countOrZero(),
    end_column: node.key('end_column').countOrZero(),
    fix: fix.absent
      ? null
      : {
          safety: fix.key('safety').oneOf(['safe', 'unsafe', 'none'] as const),
          title: fix.key('title').text(),
        },
    fingerprint: node.key('fingerprint').text(),
    suppressed: suppressed.absent
      ? null
      : {
          by: suppressed.key('by').textOrEmpty(),
          reason: suppressed.key('reason').textOrEmpty(),
          until: suppressed.key('until').textOrEmpty(),
        },
    evidence: evidence.absent ? [] : evidence.pairs().map(([key, item]) => [key, item.value]),
  };
}

function readExcerpt(node: Node): Excerpt | null {
  if (node.absent) return null;
  const diff = node.key('diff');
  return {
    line: node.key('line').count(),
    text: texts(node.key('text')),
    diff: diff.absent ? null : texts(diff),
  };
}

function readReport(node: Node): Report {
  if (node.key('schema').value !== 'plimsoll/report@1') {
    node.key('schema').fail('plimsoll/report@1');
  }
  const tool = node.key('tool');
  const score = node.key('score');
  const percent = score.key('percent');
  return {
    tool: { name: tool.key('name').text(), version: tool.key('version').text() },
    complete: node.key('complete').flag(),
    incomplete: node
      .key('incomplete')
      .listOrEmpty()
      .map((item) => ({
        stage: item.key('stage').textOrEmpty(),
        path: item.key('path').textOrEmpty(),
        limit: item.key('limit').textOrEmpty(),
        value: item.key('value').words(),
      })),
    subjects: node
      .key('subjects')
      .list()
      .map((item) => ({
        id: item.key('id').text(),
        kind: item.key('kind').textOrEmpty(),
        name: item.key('name').textOrEmpty(),
        path: item.key('path').textOrEmpty(),
      })),
    findings: node.key('findings').list().map(readFinding),
    excerpts: node.key('excerpts').listOrEmpty().map(readExcerpt),
    percent: percent.absent ? null : Math.min(100, percent.count()),
    controls: score
      .key('controls')
      .list()
      .map((item) => ({
        id: item.key('id').text(),
        title: item.key('title').text(),
        status: item.key('status').oneOf(kStatuses),
        passed: item.key('passed').countOrZero(),
        failed: item.key('failed').countOrZero(),
        unknown: item.key('unknown').countOrZero(),
      })),
  };
}

function readData(root: Node): Data {
  if (root.key('schema').value !== 'plimsoll/html@1') root.key('schema').fail('plimsoll/html@1');
  const entries = root
    .key('entries')
    .list()
    .map((entry) => ({
      name: entry.key('name').text(),
      report: readReport(entry.key('report')),
      inventory: readInventory(entry),
    }));
  if (entries.length === 0) root.key('entries').fail('at least one report');
  const rules = new Map<string, Rule>();
  const catalogue = root.key('rules');
  for (const [slug, rule] of catalogue.absent ? [] : catalogue.pairs()) {
    rules.set(slug, {
      title: rule.key('title').textOrEmpty(),
      why: rule.key('why').textOrEmpty(),
      fix_note: rule.key('fix_note').textOrEmpty(),
      severity: rule.key('severity').oneOf(kSeverities),
      control: rule.key('control').textOrEmpty(),
      aliases: texts(rule.key('aliases')),
      sources: texts(rule.key('sources')),
    });
  }
  return { entries, rules };
}

/// Reads the data of a report; `json` is null where the page holds none.
export function load(json: string | null): Loaded {
  if (json === null) {
    return { ok: false, problem: 'this file is the empty template: it holds no report' };
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { ok: false, problem: `the data is not JSON: ${(error as Error).message}` };
  }
  try {
    return { ok: true, data: readData(new Node(value, '')) };
  } catch (error) {
    if (error instanceof Mismatch) return { ok: false, problem: error.message };
    throw error;
  }
}
