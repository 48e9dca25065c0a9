// Keys that their provider means to be public, such as those that browsers carry.
import type { Check } from './check.ts';

export const isPublicByDesign: Check = ({ rule }) =>
  rule.kind === 'public' ? { by: 'public', because: 'its provider means it to be public' } : undefined;
