import { expect, test } from "vitest";
import { renderTable } from "../../src/output/table.ts";
import type { Column } from "../../src/output/table.ts";

interface Row {
  readonly name: string;
  readonly size: number;
}

const columns: readonly Column<Row>[] = [
  { title: "NAME", text: ({ name }) => name, flexible: true },
  {
    title: "SIZE",
    text: ({ size }) => String(size),
    align: "right",
    style: ({ size }) => (size > 9 ? "bad" : undefined),
  },
];

const rows: readonly Row[] = [
  { name: "short", size: 7 },
  { name: "a name that is rather long", size: 12_345 },
];

test("renderTable() aligns columns and ends no line in blanks", () => {
  expect(renderTable(columns, rows, { colour: false, width: undefined })).toBe(
    "NAME                         SIZE\nshort                           7\na name that is rather long  12345\n",
  );
  expect(renderTable(columns.slice(0, 1), rows, { colour: false, width: undefined })).toBe(
    "NAME\nshort\na name that is rather long\n",
  );
});

test("renderTable() cuts flexible columns to the width of the terminal", () => {
  expect(renderTable(columns, rows, { colour: false, width: 20 })).toBe(
    "NAME            SIZE\nshort              7\na name that …  12345\n",
  );
});

test("renderTable() leaves optional columns out, the last first, before it exceeds the terminal", () => {
  const optional = columns.map((column) => ({ ...column, optional: column.title !== "NAME" }));
  const more = [
    ...optional,
    { title: "TWICE", text: ({ size }: Row) => String(size * 2), align: "right" as const, optional: true },
  ];
  expect(renderTable(more, rows, { colour: false, width: 22 })).toBe(
    "NAME       SIZE  TWICE\nshort         7     14\na name …  12345  24690\n",
  );
  expect(renderTable(more, rows, { colour: false, width: 21 })).toBe(
    "NAME             SIZE\nshort               7\na name that i…  12345\n",
  );
  expect(renderTable(more, rows, { colour: false, width: 14 })).toBe("NAME\nshort\na name that i…\n");
});

test("renderTable() never cuts below eight columns", () => {
  expect(renderTable(columns, rows, { colour: false, width: 5 })).toBe(
    "NAME       SIZE\nshort         7\na name …  12345\n",
  );
});

test("renderTable() colours titles and cells where there is colour", () => {
  expect(renderTable(columns.slice(1), rows, { colour: true, width: undefined })).toBe(
    "\u001b[2m SIZE\u001b[22m\n    7\n\u001b[31m12345\u001b[39m\n",
  );
});

test("renderTable() lets no cell steer the terminal", () => {
  expect(
    renderTable(columns.slice(0, 1), [{ name: "a\u001b[31mb\nc\td", size: 1 }], { colour: false, width: undefined }),
  ).toBe("NAME\nab ⏎ c  d\n");
});
