// Icons, drawn in the colour of the text beside them. An icon must not be the only sign of anything.

import './icon.css';

// On a grid of 16, strokes of 1.5.
const PATHS = {
  home: 'M2.5 7.5 8 2.75l5.5 4.75M4 6.5v6.75h8V6.5',
  functions: 'M10.75 2.75c-1.9-.4-2.75.7-3.05 2.4L6.5 11.4c-.3 1.6-1.1 2.3-2.75 1.85M4.75 6.75h6',
  requests: 'M2.75 5.25h10M10 2.5l2.75 2.75L10 8M13.25 10.75h-10M6 8l-2.75 2.75L6 13.5',
  logs: 'M2.75 3.75h10.5M2.75 6.6h7M2.75 9.4h10.5M2.75 12.25h5',
  packages: 'M2.75 5 8 2.25 13.25 5v6L8 13.75 2.75 11zM2.75 5 8 7.75 13.25 5M8 7.75v6',
  settings: 'M2.5 4.75h5M11 4.75h2.5M2.5 11.25H5M8.5 11.25h5M7.5 3v3.5H11V3zM5 9.5V13h3.5V9.5z',
  connect: 'M5.75 2.5v3M10.25 2.5v3M4 5.5h8v2.25a4 4 0 0 1-8 0zM8 11.75v2',
  about: 'M4 2.5h8v11H4zM6.25 5.5h3.5M6.25 8h3.5M6.25 10.5h2',
  copy: 'M5.5 5.5h7.75v7.75H5.5zM3.5 10.5h-.75V2.75h7.75v.75',
  check: 'M3 8.5 6.5 12 13 4.5',
  search: 'M7 2.75a4.25 4.25 0 1 1 0 8.5 4.25 4.25 0 0 1 0-8.5M10.25 10.25l3.25 3.25',
  close: 'M4 4l8 8M12 4l-8 8',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.25v9.5l7.5-4.75z',
  remove: 'M3 4.25h10M6 4.25V2.75h4v1.5M4.25 4.25l.6 9h6.3l.6-9',
  folder: 'M2.5 12.75V3.25h4l1.5 1.75h5.5v7.75z',
  warning: 'M8 2.5 14 13.25H2zM8 6.5v3M8 11.4v.1',
  info: 'M8 2.25a5.75 5.75 0 1 1 0 11.5 5.75 5.75 0 0 1 0-11.5M8 7.25v3.5M8 5.1v.1',
  order: 'M4.5 9.75 8 6.25l3.5 3.5',
  add: 'M8 3v10M3 8h10',
  back: 'M9.75 3.5 5.25 8l4.5 4.5',
  edit: 'M10.75 3 13 5.25 5.75 12.5l-3 .75.75-3z',
  out: 'M8 10.25V2.75M4.75 6 8 2.75 11.25 6M3 10.5v2.75h10V10.5',
  take: 'M8 2.75v7.5M4.75 7 8 10.25 11.25 7M3 10.5v2.75h10V10.5',
  undo: 'M5.75 3.25 3 6l2.75 2.75M3.25 6h6a3.5 3.5 0 0 1 0 7H6.5',
  stop: 'M4 4h8v8H4z',
  beside: 'M2.5 3h11v10h-11zM9 3v10',
  below: 'M2.5 3h11v10h-11zM2.5 8.5h11',
  follow: 'M8 2.5v8M4.75 7.5 8 10.75l3.25-3.25M3.5 13.5h9',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
