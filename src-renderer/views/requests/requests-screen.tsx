// The requests. Must not know bodies.

import { EmptyState } from '../../components/empty-state.tsx';
import { STRINGS } from '../../strings.ts';

export function RequestsScreen({ detail: _detail }: { readonly detail: string | null }) {
  return (
    <EmptyState icon="requests" title={STRINGS.requests.emptyTitle}>
      {STRINGS.requests.empty}
    </EmptyState>
  );
}
