export const kSeverities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof kSeverities)[number];

/// A severity, or that no source says one.
export const kLevels = [...kSeverities, 'unknown'] as const;
export type Level = (typeof kLevels)[number];
