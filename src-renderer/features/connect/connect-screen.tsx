// The guide on a screen of its own.

import { ConnectGuide } from './connect-guide.tsx';

export function ConnectScreen() {
  return <ConnectGuide />;
}
