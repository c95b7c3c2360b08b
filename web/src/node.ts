// Reads what stands in the data key by key, and says where it does not fit.

export class Mismatch extends Error {}

/// A value of the input together with where it stands, for a message that can be acted on.
export class Node {
  constructor(
    readonly value: unknown,
    readonly at: string,
  ) {}

  fail(expected: string): never {
    throw new Mismatch(`${this.at}: expected ${expected}`);
  }

  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  private record(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      this.fail('an object');
    }
    return this.value as Record<string, unknown>;
  }

  key(name: string): Node {
    const record = this.record();
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    return new Node(value, this.at === '' ? name : `${this.at}.${name}`);
  }

  pairs(): [string, Node][] {
    return Object.entries(this.record()).map(([name, value]) => [
      name,
      new Node(value, `${this.at}.${name}`),
    ]);
  }

  list(): Node[] {
    if (!Array.isArray(this.value)) this.fail('a list');
    return this.value.map((value, index) => new Node(value, `${this.at}[${index}]`));
  }

  /// A list that older writers leave out.
  listOrEmpty(): Node[] {
    return this.absent ? [] : this.list();
  }

  text(): string {
    if (typeof this.value !== 'string') this.fail('a string');
    return this.value;
  }

  textOrEmpty(): string {
    return this.absent ? '' : this.text();
  }

  /// A string, or a number that some writer did not quote.
  words(): string {
    return typeof this.value === 'number' ? String(this.value) : this.textOrEmpty();
  }

  count(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value) || this.value < 0) {
      this.fail('a number of 0 or more');
    }
    return Math.floor(this.value);
  }

  countOrZero(): number {
    return this.absent ? 0 : this.count();
  }

  /// A number with its fraction, or null.
  numberOrNull(): number | null {
    if (this.absent) return null;
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) this.fail('a number');
    return this.value;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') this.fail('true or false');
    return this.value;
  }

  flagOrFalse(): boolean {
    return this.absent ? false : this.flag();
  }

  oneOf<T extends string>(words: readonly T[]): T {
    const word = words.find((candidate) => candidate === this.value);
    return word ?? this.fail(`one of ${words.join(', ')}`);
  }
}

export const texts = (node: Node): string[] => node.listOrEmpty().map((item) => item.text());
