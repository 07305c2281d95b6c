// What Python brings with it. Must not know how packages are stored.

import { Card } from '../../components/card.tsx';
import { Facts } from '../../components/facts.tsx';
import { STRINGS } from '../../strings.ts';
import './packages-screen.css';

const words = STRINGS.packages;

export function PackagesScreen() {
  const facts = Object.entries(words.about).map(([name, about]) => ({
    name,
    value: <span className="soft">{about}</span>,
  }));
  return (
    <div className="packages">
      <Card title={words.title}>
        <p className="soft packages__lead">{words.lead}</p>
        <Facts facts={facts} />
        <p className="soft packages__more">{words.standard}</p>
        <p className="soft">{words.missing}</p>
      </Card>
    </div>
  );
}
