// The result of one request. Must not know how it was answered.

import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Refusal } from './lease.ts';
import type { ReplyMeta } from './messages.ts';

/** The result of one request. Bodies are bytes as HTTP carries them. */
export type Answer =
  /** `ranMs`: without the wait for an interpreter. */
  | { readonly kind: 'answered'; readonly meta: ReplyMeta; readonly body: Buffer; readonly ranMs?: number }
  | { readonly kind: 'change-refused'; readonly why: string; readonly meta: ReplyMeta }
  | { readonly kind: 'ended'; readonly reason: EndReason }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
