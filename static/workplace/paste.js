/* Reads what Excel and WPS put on the clipboard: rows of cells, tabs between them. */

"use strict";

window.paste = (() => {
  /* Cells may be quoted, and then hold tabs, line breaks and doubled quotes. */
  function split(text) {
    const rows = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const row = rows[rows.length - 1];
      const sign = text[i];
      if (quoted) {
        if (sign === '"' && text[i + 1] === '"') { row[row.length - 1] += sign; i += 1; }
        else if (sign === '"') quoted = false;
        else row[row.length - 1] += sign;
      } else if (sign === '"' && row[row.length - 1] === "") quoted = true;
      else if (sign === "\t") row.push("");
      else if (sign === "\n") rows.push([""]);
      else if (sign !== "\r") row[row.length - 1] += sign;
    }
    if (rows[rows.length - 1].join("") === "") rows.pop();
    return rows.map((row) => row.map((cell) => cell.trim()));
  }

  /* A first row of column titles says which column is which; otherwise they run from `from` on. */
  function place(rows, columns, from) {
    const titles = columns.map((column) => column.title);
    const head = rows[0] || [];
    const named = head.map((cell) => titles.indexOf(cell.replace(/（.*?）|\s|\*/g, "")));
    const isHead = named.filter((at) => at >= 0).length >= 2;
    const order = isHead ? named : head.map((_, i) => (from + i < columns.length ? from + i : -1));
    return (isHead ? rows.slice(1) : rows).map((row) => {
      const cells = row.map((cell, i) => [columns[order[i] ?? -1], cell]);
      return Object.fromEntries(cells.filter(([column]) => column).map(([column, cell]) => [column.key, cell]));
    });
  }

  return { split, place };
})();
