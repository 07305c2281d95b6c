// The data of the sample workbook, made up for it: customers with sales, costs and a comment.

export interface SampleColumn {
  readonly name: string;
  readonly datatype: 'string' | 'real';
}

export const COLUMNS = [
  { name: 'Customer', datatype: 'string' },
  { name: 'Sales', datatype: 'real' },
  { name: 'Costs', datatype: 'real' },
  { name: 'Comment', datatype: 'string' },
] as const satisfies readonly SampleColumn[];

export const ROWS: readonly (readonly [customer: string, sales: number, costs: number, comment: string])[] = [
  ['Ada Mill', 1_240.5, 810, 'Fast delivery and friendly people'],
  ['Ben Ost', 640, 702.25, 'The parcel was damaged and nobody answered'],
  ['Cleo Hart', 2_310, 1_480.5, 'Great value, I will order again'],
  ['Dan Ruiz', 415.75, 390, 'It is okay'],
  ['Eve Lind', 1_805, 1_102, 'Very good quality'],
  ['Finn Bauer', 980.25, 1_015, 'Terrible support, never again'],
  ['Gia Conti', 1_530, 940.75, 'I love it'],
  ['Hugo Perez', 720, 655, 'Too expensive for what it is'],
  ['Ines Wolf', 1_995.5, 1_260, 'Perfect, thank you'],
  ['Jan Novak', 310, 288.5, 'Arrived late, but works well'],
];

export function csvText(): string {
  const lines = [COLUMNS.map(({ name }) => name), ...ROWS].map((cells) => cells.map(cellText).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cellText(cell: string | number): string {
  return typeof cell === 'number' ? String(cell) : `"${cell.replaceAll('"', '""')}"`;
}
