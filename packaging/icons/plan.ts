// The list of icon files, each with its drawing, size and colours. Pure.

/** One picture: a drawing in a size, with the colours that its `currentColor` and `--accent` get. */
export interface Picture {
  /** The drawing, relative to assets/. */
  readonly source: string;
  readonly pixels: number;
  readonly ink?: string;
  readonly accent?: string;
  /** A part of the drawing instead of all of it, as SVG's viewBox. */
  readonly viewBox?: string;
}

export type IconFile =
  | { readonly kind: 'png'; readonly file: string; readonly picture: Picture }
  | { readonly kind: 'ico' | 'icns'; readonly file: string; readonly pictures: readonly Picture[] };

/** The tray's shapes. They differ in outline first: icons must be distinguishable without colour. */
export const TRAY_SHAPES = ['stopped', 'starting', 'running', 'busy', 'attention'] as const;
type TrayShape = (typeof TRAY_SHAPES)[number];

/** The bar is light or dark, and the icon has the other colour. Accents have a contrast of at least 3 to their bar. */
const BARS = {
  light: { ink: '#1b1f24', accents: { starting: '#0969da', busy: '#bc6a00', attention: '#cf222e' } },
  dark: { ink: '#ffffff', accents: { starting: '#58a6ff', busy: '#ffb340', attention: '#ff8a80' } },
} as const;

/** Each size is drawn on the grid whose lines fall on its pixels. */
const WINDOWS_TRAY = [
  [16, 16],
  [20, 20],
  [24, 24],
  [16, 32],
  [20, 40],
  [24, 48],
] as const;

const LINUX_ICONS = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
const WINDOWS_ICONS = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const MAC_ICONS = [16, 32, 64, 128, 256, 512, 1024];

/** Every file that `npm run icons` makes, relative to assets/. */
export function iconFiles(): readonly IconFile[] {
  return [
    { kind: 'icns', file: 'icon.icns', pictures: MAC_ICONS.map(macPicture) },
    { kind: 'ico', file: 'icon.ico', pictures: WINDOWS_ICONS.map(appPicture) },
    ...LINUX_ICONS.map((pixels): IconFile => ({
      kind: 'png',
      file: `icons/${pixels}x${pixels}.png`,
      picture: appPicture(pixels),
    })),
    ...TRAY_SHAPES.flatMap((shape) => [...macTray(shape), ...windowsTray(shape), ...linuxTray(shape)]),
  ];
}

/** Up to 40 pixels the tray and the tongue would be smudges: a drawing without them is used. */
function appPicture(pixels: number): Picture {
  return { source: pixels <= 40 ? 'app/app-small.svg' : 'app/app.svg', pixels };
}

/** As in the others, but with the margin that macOS' icons have. */
function macPicture(pixels: number): Picture {
  return pixels <= 32
    ? { source: 'app/app-small.svg', pixels, viewBox: '-1 -1 18 18' }
    : { source: 'app/app-mac.svg', pixels };
}

/** Template images: macOS takes their alpha and gives its own colour. */
function macTray(shape: TrayShape): IconFile[] {
  const picture = { source: `tray/source/16/${shape}.svg`, ink: '#000000', accent: '#000000' };
  return [
    { kind: 'png', file: `tray/${shape}Template.png`, picture: { ...picture, pixels: 16 } },
    { kind: 'png', file: `tray/${shape}Template@2x.png`, picture: { ...picture, pixels: 32 } },
  ];
}

function windowsTray(shape: TrayShape): IconFile[] {
  return (['light', 'dark'] as const).map((bar) => ({
    kind: 'ico',
    file: `tray/${shape}-${bar}.ico`,
    pictures: WINDOWS_TRAY.map(([grid, pixels]) => trayPicture(shape, bar, grid, pixels)),
  }));
}

function linuxTray(shape: TrayShape): IconFile[] {
  return (['light', 'dark'] as const).flatMap((bar): IconFile[] => [
    // The grid of 24 has a margin of one pixel: without it, it is a crisp 22.
    {
      kind: 'png',
      file: `tray/${shape}-${bar}-22.png`,
      picture: { ...trayPicture(shape, bar, 24, 22), viewBox: '1 1 22 22' },
    },
    { kind: 'png', file: `tray/${shape}-${bar}-24.png`, picture: trayPicture(shape, bar, 24, 24) },
    // Electron selects it by its name where pixels are small.
    { kind: 'png', file: `tray/${shape}-${bar}-24@2x.png`, picture: trayPicture(shape, bar, 24, 48) },
  ]);
}

function trayPicture(shape: TrayShape, bar: keyof typeof BARS, grid: number, pixels: number): Picture {
  const { ink, accents } = BARS[bar];
  const accent = shape in accents ? accents[shape as keyof typeof accents] : ink;
  return { source: `tray/source/${grid}/${shape}.svg`, pixels, ink, accent };
}
