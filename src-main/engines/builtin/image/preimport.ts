// The modules that are imported before the first request, by package.

/** Modules of Python itself that our own code needs. */
const PYTHON = [
  'pydantic_core',
  'cloudpickle',
  'array',
  'ast',
  'asyncio',
  'base64',
  'bisect',
  'calendar',
  'collections',
  'contextlib',
  'copy',
  'csv',
  'ctypes',
  'dataclasses',
  'datetime',
  'decimal',
  'difflib',
  'enum',
  'fractions',
  'functools',
  'gzip',
  'hashlib',
  'heapq',
  'html',
  'importlib.metadata',
  'inspect',
  'io',
  'itertools',
  'json',
  'logging',
  'math',
  'operator',
  'pathlib',
  'pickle',
  'pprint',
  'random',
  're',
  'secrets',
  'statistics',
  'string',
  'tempfile',
  'textwrap',
  'time',
  'traceback',
  'typing',
  'unicodedata',
  'urllib.parse',
  'uuid',
  'warnings',
  'zipfile',
  'zoneinfo',
];

/** By the name of the wheel, as PEP 503 normalises it. Each is imported only where its wheel is in the image. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  numpy: ['numpy', 'numpy.random', 'numpy.linalg', 'numpy.fft', 'numpy.polynomial', 'numpy.ma'],
  pandas: ['pandas', 'pandas.tseries.offsets', 'pandas.io.json', 'pandas.io.parsers'],
  scipy: [
    'scipy.cluster.hierarchy',
    'scipy.fft',
    'scipy.integrate',
    'scipy.interpolate',
    'scipy.linalg',
    'scipy.optimize',
    'scipy.signal',
    'scipy.sparse',
    'scipy.spatial',
    'scipy.special',
    'scipy.stats',
  ],
  msgspec: ['msgspec'],
  nltk: ['nltk.sentiment.vader'],
  textblob: ['textblob'],
  'scikit-learn': [
    'sklearn.calibration',
    'sklearn.cluster',
    'sklearn.compose',
    'sklearn.datasets',
    'sklearn.decomposition',
    'sklearn.discriminant_analysis',
    'sklearn.dummy',
    'sklearn.ensemble',
    'sklearn.feature_extraction.text',
    'sklearn.feature_selection',
    'sklearn.gaussian_process',
    'sklearn.impute',
    'sklearn.inspection',
    'sklearn.isotonic',
    'sklearn.linear_model',
    'sklearn.manifold',
    'sklearn.metrics',
    'sklearn.mixture',
    'sklearn.model_selection',
    'sklearn.naive_bayes',
    'sklearn.neighbors',
    'sklearn.neural_network',
    'sklearn.pipeline',
    'sklearn.preprocessing',
    'sklearn.svm',
    'sklearn.tree',
  ],
};

/** `scikit_learn-1.8.0-cp314-….whl` → `scikit-learn`. */
export function distributionOf(wheelFile: string): string {
  return wheelFile
    .split('-')[0]!
    .toLowerCase()
    .replaceAll(/[-_.]+/g, '-');
}

/** The modules to import into the snapshot of an image with these wheels (file names), and our own entry. */
export function preimportFor(wheelFiles: readonly string[]): readonly string[] {
  const installed = new Set(wheelFiles.map(distributionOf));
  const packages = Object.entries(PACKAGES).flatMap(([name, modules]) => (installed.has(name) ? modules : []));
  return [...PYTHON, ...packages, 'tabpy_tray.entry'];
}
