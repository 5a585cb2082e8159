/** Workbooks that are read: numbers that are dates by their format, and dates by themselves. */
import { type GoldenCell, type GoodWorkbook, good, styledRow } from './good-workbook.ts'

export const formatWorkbooks: readonly GoodWorkbook[] = [
  good(
    'formats-custom',
    {
      formats: [
        'yyyy\\-mm\\-dd',
        'hh:mm:ss.000',
        '[h]:mm',
        'm/d',
        'mm:ss',
        '&quot;day&quot; 0',
        '[Red]0.00',
        '[$-409]mmmm',
        '0.00E+00',
        'General',
        '\\d0',
        'h AM/PM',
        '@',
        '# ?/?',
      ],
      rows: styledRow(
        1,
        Array.from({ length: 14 }, () => '45000.25'),
      ),
    },
    [
      [
        1,
        [
          ...[0, 1, 2, 3, 4].map((at): GoldenCell => [at, 'date', '2023-03-15T06:00:00']),
          ...[5, 6].map((at): GoldenCell => [at, 'number', '45000.25']),
          [7, 'date', '2023-03-15T06:00:00'],
          ...[8, 9, 10].map((at): GoldenCell => [at, 'number', '45000.25']),
          [11, 'date', '2023-03-15T06:00:00'],
          ...[12, 13].map((at): GoldenCell => [at, 'number', '45000.25']),
        ],
      ],
    ],
  ),
  good(
    'formats-sections',
    {
      formats: ['yyyy;0;0', '[&gt;=100]yyyy;0', '[&lt;1]h:mm;[&lt;100]0;yyyy', '0;yyyy'],
      rows:
        styledRow(1, ['0', '99', '0.5', '0']) +
        styledRow(2, ['200', '200', '50', '5']) +
        styledRow(3, ['200', '100', '200', '7']),
    },
    [
      [
        1,
        [
          [0, 'number', '0'],
          [1, 'number', '99'],
          [2, 'date', '1899-12-31T12:00:00'],
          [3, 'number', '0'],
        ],
      ],
      [
        2,
        [
          [0, 'date', '1900-07-18T00:00:00'],
          [1, 'date', '1900-07-18T00:00:00'],
          [2, 'number', '50'],
          [3, 'number', '5'],
        ],
      ],
      [
        3,
        [
          [0, 'date', '1900-07-18T00:00:00'],
          [1, 'date', '1900-04-09T00:00:00'],
          [2, 'date', '1900-07-18T00:00:00'],
          [3, 'number', '7'],
        ],
      ],
    ],
  ),
  good(
    'formats-with-units-and-eras',
    {
      formats: ['0 kg', '0.00 gr', '# GB', 'e', '[$-404]e&quot;年&quot;', '0.0E+00'],
      rows: styledRow(
        1,
        Array.from({ length: 6 }, () => '45000'),
      ),
    },
    [
      [
        1,
        [
          [0, 'number', '45000'],
          [1, 'number', '45000'],
          [2, 'number', '45000'],
          [3, 'date', '2023-03-15T00:00:00'],
          [4, 'date', '2023-03-15T00:00:00'],
          [5, 'number', '45000'],
        ],
      ],
    ],
  ),
  good(
    'formats-with-empty-sections',
    {
      formats: ['dd/mm/yyyy;;', 'h:mm;;', '[h]:mm;;', 'dd/mm/yyyy;-0;@', 'dd/mm/yyyy;@', '0;;@'],
      rows: styledRow(
        1,
        Array.from({ length: 6 }, () => '0'),
      ),
    },
    [
      [
        1,
        [
          ...[0, 1, 2, 3, 4].map((at): GoldenCell => [at, 'date', '1899-12-31T00:00:00']),
          [5, 'number', '0'],
        ],
      ],
    ],
  ),
  good(
    'formats-built-in',
    {
      styles: `<cellXfs><xf/>${[14, 18, 22, 45, 46, 47, 1, 49].map(id => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`,
      rows: styledRow(
        1,
        Array.from({ length: 8 }, () => '1.5'),
      ),
    },
    [
      [
        1,
        [
          ...[0, 1, 2, 3, 4, 5].map((at): GoldenCell => [at, 'date', '1900-01-01T12:00:00']),
          [6, 'number', '1.5'],
          [7, 'number', '1.5'],
        ],
      ],
    ],
  ),
  good(
    'dates-at-the-edges',
    {
      formats: ['yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy', 'yyyy'],
      rows: styledRow(1, [
        '0',
        '1',
        '59',
        '60',
        '61',
        '2958465',
        '2958466',
        '-1',
        '45000.999999999',
      ]),
    },
    [
      [
        1,
        [
          [0, 'date', '1899-12-31T00:00:00'],
          [1, 'date', '1900-01-01T00:00:00'],
          [2, 'date', '1900-02-28T00:00:00'],
          [3, 'date', '1900-03-01T00:00:00'],
          [4, 'date', '1900-03-01T00:00:00'],
          [5, 'date', '9999-12-31T00:00:00'],
          [6, 'number', '2958466'],
          [7, 'number', '-1'],
          [8, 'date', '2023-03-16T00:00:00'],
        ],
      ],
    ],
  ),
  good(
    'iso-dates',
    {
      rows: `<row r="1">${[
        '2024-02-29',
        '2024-02-29T12:00:00.250Z',
        '10:59:59.9999999',
        'PT25H0M1.5S',
        '2024-02-29T23:59:59.9999',
      ]
        .map((text, at) => `<c r="${'ABCDE'[at]}1" t="d"><v>${text}</v></c>`)
        .join('')}</row>`,
    },
    [
      [
        1,
        [
          [0, 'date', '2024-02-29T00:00:00'],
          [1, 'date', '2024-02-29T12:00:00.250'],
          [2, 'date', '1899-12-31T11:00:00'],
          [3, 'date', '1900-01-01T01:00:01.500'],
          [4, 'date', '2024-03-01T00:00:00'],
        ],
      ],
    ],
  ),
]
