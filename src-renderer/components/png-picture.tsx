// Picture that came as a PNG file in base64. It is drawn on a canvas, because the page's policy allows no pictures from
// elsewhere. Must not know what it shows.

import { useEffect, useRef, useState } from 'react';
import './png-picture.css';

export interface PngPictureProps {
  readonly label: string;
  readonly png: string;
  /** Shown in place of a picture that cannot be read. */
  readonly fault: string;
}

/** Of a side. A file of a kilobyte can ask for gigabytes of pixels. */
const MOST_PIXELS = 4_000;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

export function PngPicture({ label, png, fault }: PngPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isBroken, setBroken] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    setBroken(false);
    drawn(png).then(
      (bitmap) => {
        const target = canvas.current;
        if (isCurrent && target) {
          target.width = bitmap.width;
          target.height = bitmap.height;
          target.getContext('2d')?.drawImage(bitmap, 0, 0);
        }
        bitmap.close();
      },
      () => isCurrent && setBroken(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [png]);
  if (isBroken) return <p className="soft">{fault}</p>;
  return <canvas ref={canvas} className="png-picture" role="img" aria-label={label} />;
}

async function drawn(png: string): Promise<ImageBitmap> {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const header = new DataView(bytes.buffer);
  if (bytes.length < 24 || SIGNATURE.some((byte, index) => bytes[index] !== byte)) throw new Error('not a PNG file');
  if (Math.max(header.getUint32(16), header.getUint32(20)) > MOST_PIXELS) throw new Error('too large a picture');
  return createImageBitmap(new Blob([bytes], { type: 'image/png' }));
}
