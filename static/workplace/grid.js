/* The expenditure sheet as a grid. It reads the plain table's fields and posts the same ones. */

"use strict";

(() => {
  const { read, show } = window.figures;
  // On a phone the plain form, a card for each row, is the better one.
  if (window.matchMedia("(max-width: 767px)").matches) return;
  const setup = JSON.parse(document.getElementById("grid-setup").textContent);
  const form = document.getElementById("screen");
  const plain = document.getElementById("grid-plain");
  const told = document.getElementById("grid-told");
  const SPARE = 10;
  const NAME_OF = { function: "function_name", economic: "economic_name" };
  const listUsed = (key) => () => new Set(table.getData().map((row) => row[key]));
  const books = {
    functions: window.codes.open(setup.codes.functions, listUsed("function")),
    economics: window.codes.open(setup.codes.economics, listUsed("economic")),
  };
  const keys = setup.columns.map((column) => column.key);
  const blank = () => ({ ...Object.fromEntries(keys.map((key) => [key, ""])), wrong: {} });
  const isBlank = (row) => keys.every((key) => !String(row[key] || "").trim());

  /* The plain table's rows, with what the server found wrong at their cells. */
  function readPlain() {
    return [...plain.querySelectorAll("tbody tr")].map((line) => {
      const row = blank();
      for (const field of line.querySelectorAll("[name]")) {
        if (field.tagName === "BUTTON") continue;
        const key = field.name.split("-").pop();
        row[key] = field.value.trim();
        const mistake = document.getElementById(`${field.name}-mistake`);
        if (mistake) row.wrong[key] = mistake.textContent.trim();
      }
      return row;
    });
  }

  function fillSpare() {
    const rows = table.getData();
    let free = 0;
    while (free < rows.length && isBlank(rows[rows.length - 1 - free])) free += 1;
    if (free < SPARE) return table.addData(Array.from({ length: SPARE - free }, blank));
    return Promise.resolve();
  }

  /* Brings codes and their names in line with each other in one row. */
  function settle(data) {
    const changed = { ...data };
    for (const [key, nameKey] of Object.entries(NAME_OF)) {
      if (!(key in data)) continue;
      const book = books[`${key}s`];
      changed[key] = book.resolve(String(data[key]));
      if (book.name(changed[key]) || !changed[key]) changed[nameKey] = book.name(changed[key]);
    }
    return changed;
  }

  /* Fund by fund, exactly; figures that are no numbers are left to the server. */
  function weigh() {
    const sums = {};
    for (const row of table.getData()) {
      const amount = read(row.amount);
      if (!amount || (setup.inside && row.internal === "是")) continue;
      const fund = (sums[row.fund] ||= { functions: 0n, economics: 0n });
      if (row.function) fund.functions += amount;
      if (row.economic) fund.economics += amount;
    }
    const whole = { income: 0n, functions: 0n, economics: 0n };
    const lines = [...document.querySelectorAll("#standings tbody tr")];
    for (const line of lines) {
      const isWhole = line === lines[lines.length - 1];
      const income = read(line.querySelector("[data-sum=income]").textContent);
      const own = isWhole ? whole : { income, functions: 0n, economics: 0n, ...sums[line.dataset.fund] };
      if (!isWhole) for (const key of Object.keys(whole)) whole[key] += own[key];
      fillLine(line, own, isWhole);
    }
  }

  function fillLine(line, own, isWhole) {
    const figures = { ...own, gap: own.income - own.functions };
    for (const [key, figure] of Object.entries(figures)) {
      line.querySelector(`[data-sum=${key}]`).textContent = show(figure, 2);
      const output = isWhole && document.querySelector(`[data-total=${key}]`);
      if (output) output.textContent = show(figure, 2);
    }
    line.classList.toggle("off", figures.gap !== 0n);
    line.hidden = !isWhole && !own.income && !own.functions && !own.economics;
  }

  /* What a column is completed from: its choices, the codes, or the list beside the form. */
  function searcher(column) {
    const book = books[column.listing];
    if (book) return book.search;
    const options = [...document.querySelectorAll(`#list-${column.listing || "none"} option`)];
    const offered = column.choices.length ? column.choices : options.map((option) => option.value);
    if (!offered.length) return null;
    return (text) => offered.filter((each) => each.includes(text)).map((each) => ({ value: each, label: each, isSure: true }));
  }

  /* To a neighbour of the cell that was edited. */
  function move(rows, columns) {
    const range = table.getRanges()[0];
    const row = table.getRowFromPosition(range.getRows()[0].getPosition() + rows);
    const at = keys.indexOf(range.getColumns()[0].getField()) + columns;
    if (!row || !keys[at]) return;
    range.setBounds(row.getCell(keys[at]), row.getCell(keys[at]));
    row.getElement().scrollIntoView({ block: "nearest" });
  }

  /* A cell shows its text as text, and what the server found wrong with it. */
  function format(cell) {
    const wrong = cell.getData().wrong[cell.getField()];
    const element = cell.getElement();
    element.classList.toggle("wrong", Boolean(wrong));
    element.title = wrong || "";
    return document.createTextNode(cell.getValue() || "");
  }

  /* What would be cut short otherwise: the longest fund, and a hundred million yuan to the cent. */
  const WIDEST = { fund: 212, amount: 120 };

  const columns = setup.columns.map((column) => ({
    field: column.key,
    title: column.title,
    formatter: format,
    cssClass: column.kind === "money" ? "figure" : "",
    hozAlign: column.kind === "money" ? "right" : "left",
    minWidth: WIDEST[column.key] || Math.max(88, column.title.length * 16 + 12, column.width * 4.4),
    widthGrow: column.width > 20 ? column.width : 1,
    headerSort: false,
    editor: window.completer.make(searcher(column), move),
  }));

  function pasteRows(rows) {
    const range = table.getRanges()[0];
    const from = keys.indexOf(range.getColumns()[0].getField());
    const placed = window.paste.place(rows, setup.columns, from);
    const first = range.getRows()[0].getPosition() - 1;
    const present = table.getData();
    const next = [...present];
    placed.forEach((cells, offset) => {
      const before = next[first + offset] || blank();
      next[first + offset] = settle({ ...before, ...cells, wrong: {} });
    });
    table.setData(next).then(fillSpare).then(() => {
      weigh();
      told.textContent = `已粘贴 ${placed.length} 行，还没有保存。`;
    });
    return [];
  }

  document.getElementById("grid-help").hidden = false;
  const table = new window.Tabulator("#grid", {
    data: readPlain(),
    columns,
    height: "50vh",
    layout: "fitColumns",
    rowHeader: { formatter: "rownum", headerSort: false, resizable: false, frozen: true, width: 48, hozAlign: "right" },
    columnDefaults: { resizable: "header" },
    selectableRange: 1,
    selectableRangeRows: true,
    selectableRangeClearCells: true,
    selectableRangeClearCellsValue: "",
    editTriggerEvent: "dblclick",
    clipboard: true,
    clipboardCopyRowRange: "range",
    clipboardCopyStyled: false,
    clipboardCopyConfig: { columnHeaders: false, rowHeaders: false },
    clipboardPasteParser: window.paste.split,
    clipboardPasteAction: pasteRows,
    placeholder: "",
  });
  plain.hidden = true;
  plain.querySelectorAll("[name]").forEach((field) => { field.disabled = true; });
  window.expenditureGrid = { table, settle, fillSpare, weigh, blank, isBlank, keys, setup, form, told, NAME_OF };
})();
