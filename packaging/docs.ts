// `npm run docs`: writes the pages of the documentation that are made from the sources. Must not hold their words.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { settingsPage } from '../src-main/settings/settings-text.ts';

writeFileSync(path.resolve(import.meta.dirname, '../docs/settings.md'), settingsPage());
