// The wheels of uv, which makes managed environments: one for each kind of computer, pinned by SHA-256. Data.

export interface UvWheel {
  readonly fileName: string;
  readonly sha256: string;
  readonly bytes: number;
}

export const UV_VERSION = '0.13.9';

const WHEELS: Readonly<Record<string, UvWheel>> = {
  'linux-x64-glibc': {
    fileName: 'uv-0.13.9-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
    sha256: 'd7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19',
    bytes: 17_606_939,
  },
  'linux-x64-musl': {
    fileName: 'uv-0.13.9-py3-none-musllinux_1_1_x86_64.whl',
    sha256: '2c45530751517d6c3bbc69a19473f6effe47cce047bede01ffd8af7ea7b36b25',
    bytes: 19_295_638,
  },
  'linux-arm64': {
    fileName: 'uv-0.13.9-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl',
    sha256: '5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe',
    bytes: 18_026_789,
  },
  'darwin-x64': {
    fileName: 'uv-0.13.9-py3-none-macosx_10_12_x86_64.whl',
    sha256: 'c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5',
    bytes: 17_529_974,
  },
  'darwin-arm64': {
    fileName: 'uv-0.13.9-py3-none-macosx_11_0_arm64.whl',
    sha256: '66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63',
    bytes: 14_660_755,
  },
  'win32-x64': {
    fileName: 'uv-0.13.9-py3-none-win_amd64.whl',
    sha256: '6a44b2ed8111d2f60d2b92627c5dccda3f7ed7570b18ce115e569cd68c28246b',
    bytes: 15_662_317,
  },
  'win32-arm64': {
    fileName: 'uv-0.13.9-py3-none-win_arm64.whl',
    sha256: 'eeb92051c2123b9730c46b04cc843cfa4bc7d7b0aec56df431a2215ef4cb0273',
    bytes: 15_841_844,
  },
};

/** The wheel for a kind of computer; null: there is none. */
export function uvWheelFor(platform: string, arch: string, isGlibc: boolean): UvWheel | null {
  const libc = isGlibc ? 'glibc' : 'musl';
  return WHEELS[`${platform}-${arch}`] ?? WHEELS[`${platform}-${arch}-${libc}`] ?? null;
}
