// Samples: functions to start from, each with data for a test. Their Python is in files of its own, which tests run.

import type { Json } from '../../../../src-shared/function.ts';
import add from './add.py?raw';
import anova from './anova.py?raw';
import blank from './blank.py?raw';
import clustering from './clustering.py?raw';
import forecast from './forecast.py?raw';
import pca from './pca.py?raw';
import sentiment from './sentiment.py?raw';
import ttest from './ttest.py?raw';

export interface Sample {
  readonly source: string;
  readonly data: { readonly [parameter: string]: Json };
}

export const SAMPLES = {
  blank: { source: blank, data: { values: [1, 2, 3] } },
  add: { source: add, data: { x: [1, 2, 3], y: [10, 20, 30] } },
  clustering: {
    source: clustering,
    data: { x: [6.35, 6.4, 6.65, 8.6, 8.9, 9, 9.1], y: [1.95, 1.95, 2.05, 3.05, 3.05, 3.1, 3.15] },
  },
  pca: {
    source: pca,
    data: { first: [1, 2, 3, 4, 5], second: [2.1, 3.9, 6.2, 8.1, 9.8], third: [5, 4, 3, 2.5, 1] },
  },
  ttest: { source: ttest, data: { sample: [5.1, 4.9, 5.6, 5.2, 5], other: [6.2, 5.9, 6.4, 6.1, 6.6] } },
  anova: {
    source: anova,
    data: {
      values: [24, 27, 25, 31, 33, 30, 22, 21, 23],
      groups: ['East', 'East', 'East', 'West', 'West', 'West', 'South', 'South', 'South'],
    },
  },
  sentiment: {
    source: sentiment,
    data: { texts: ['Great service, I love it!', 'It arrived on Tuesday.', 'Broken again, what a terrible product.'] },
  },
  forecast: {
    source: forecast,
    data: {
      values: [112, 118, 132, 129, 121, 135, 148, 140, 131, 144, 160, 152, null, null, null, null],
      season: 4,
    },
  },
} as const satisfies Record<string, Sample>;

export type SampleName = keyof typeof SAMPLES;
export const SAMPLE_NAMES = Object.keys(SAMPLES) as readonly SampleName[];
