// The calculated fields of the sample workbook, one for each kind of calculation that TabPy answers. Must not know XML.

export interface SampleField {
  readonly caption: string;
  readonly datatype: 'real' | 'integer' | 'string' | 'boolean';
  readonly formula: string;
  /** The columns that the formula reads. */
  readonly reads: readonly string[];
  /** The sheet that shows it. */
  readonly sheet: string;
  /** What to read in the title of the sheet. */
  readonly title: string;
}

const MODELS = 'It needs TabPy’s models: deploy them in TabPy Tray under Functions.';

export const FIELDS: readonly SampleField[] = [
  {
    caption: 'Doubled sales',
    datatype: 'real',
    formula: 'SCRIPT_REAL("return [x * 2 for x in _arg1]", SUM([Sales]))',
    reads: ['Sales'],
    sheet: 'SCRIPT_REAL',
    title: 'SCRIPT_REAL: Python doubles the sales of each customer.',
  },
  {
    caption: 'Margin',
    datatype: 'real',
    formula: 'SCRIPT_REAL("return [(s - c) / s for s, c in zip(_arg1, _arg2)]", SUM([Sales]), SUM([Costs]))',
    reads: ['Sales', 'Costs'],
    sheet: 'Two arguments',
    title: 'SCRIPT_REAL with two arguments: the margin of each customer.',
  },
  {
    caption: 'Rank by sales',
    datatype: 'integer',
    formula:
      'SCRIPT_INT("import pandas as pd\nreturn pd.Series(_arg1).rank(ascending=False).astype(int).tolist()", SUM([Sales]))',
    reads: ['Sales'],
    sheet: 'SCRIPT_INT',
    title: 'SCRIPT_INT: pandas ranks the customers by their sales.',
  },
  {
    caption: 'Initials',
    datatype: 'string',
    formula: 'SCRIPT_STR("return [\'\'.join(word[0] for word in name.split()) for name in _arg1]", ATTR([Customer]))',
    reads: ['Customer'],
    sheet: 'SCRIPT_STR',
    title: 'SCRIPT_STR: the initials of each customer.',
  },
  {
    caption: 'Above average',
    datatype: 'boolean',
    formula: 'SCRIPT_BOOL("import numpy as np\nx = np.array(_arg1)\nreturn (x > x.mean()).tolist()", SUM([Sales]))',
    reads: ['Sales'],
    sheet: 'SCRIPT_BOOL',
    title: 'SCRIPT_BOOL: numpy says who bought more than the average.',
  },
  {
    caption: 'Mood of the comment',
    datatype: 'real',
    formula: 'MODEL_EXTENSION_REAL("Sentiment Analysis", "_arg1", ATTR([Comment]))',
    reads: ['Comment'],
    sheet: 'MODEL_EXTENSION_REAL',
    title: `MODEL_EXTENSION_REAL: the model Sentiment Analysis rates each comment from -1 to 1. ${MODELS}`,
  },
  {
    caption: 'Chance that sales equal costs',
    datatype: 'real',
    formula: 'MODEL_EXTENSION_REAL("ttest", "_arg1", "_arg2", SUM([Sales]), SUM([Costs]))',
    reads: ['Sales', 'Costs'],
    sheet: 'Two arguments of a model',
    title: `MODEL_EXTENSION_REAL with two arguments: the model ttest compares sales and costs. ${MODELS}`,
  },
];
