// The status of a function in a word.

import type { LoadStatus } from '../../../src-shared/function.ts';
import { Badge } from '../../components/badge.tsx';
import { STRINGS } from '../../words.ts';

const TONES = { LoadSuccessful: 'good', LoadFailed: 'bad', LoadInProgress: 'active' } as const;

export function StatusBadge({ status }: { readonly status: LoadStatus }) {
  return <Badge tone={TONES[status]}>{STRINGS.functions.status[status]}</Badge>;
}
