// Writes the documentation pages that are made from the sources (`npm run docs`). Must not hold their words.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { settingsPage } from '../src-main/settings/settings-text.ts';
import { readFigures } from './performance/figures.ts';
import { performancePage, readmeWith } from './performance/performance-page.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const README = path.join(ROOT, 'README.md');

const figures = readFigures(ROOT);
writeFileSync(path.join(ROOT, 'docs/settings.md'), settingsPage());
writeFileSync(path.join(ROOT, 'docs/performance.md'), performancePage(figures));
writeFileSync(README, readmeWith(readFileSync(README, 'utf8'), figures));
