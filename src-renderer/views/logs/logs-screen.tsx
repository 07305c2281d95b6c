// The log. Must not know files.

import { EmptyState } from '../../components/empty-state.tsx';
import { STRINGS } from '../../strings.ts';

export function LogsScreen({ detail: _detail }: { readonly detail: string | null }) {
  return <EmptyState icon="logs" title={STRINGS.logs.emptyTitle} />;
}
