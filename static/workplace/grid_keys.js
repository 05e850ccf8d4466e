/* How the grid answers keys, edits, buttons and links, and what it sends when the form is sent. */

"use strict";

(() => {
  if (!window.expenditureGrid) return;
  const { table, settle, fillSpare, weigh, isBlank, keys, setup, form, told, NAME_OF } = window.expenditureGrid;
  const holder = document.getElementById("grid");

  const activeCell = () => {
    const range = table.getRanges()[0];
    const column = range && range.getColumns()[0];
    return column ? range.getRows()[0].getCell(column) : null;
  };

  /* Typing begins to edit, as in a spreadsheet; Esc leaves the grid for the button below it. Enter
     is asked for here too: the library drops it for a moment after a cell was edited. */
  const isOpener = (key) => key.length === 1 || ["Enter", "F2", "Process"].includes(key);
  holder.addEventListener("keydown", (event) => {
    const isEditing = event.target.matches("input, textarea, select");
    if (isEditing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") document.getElementById("grid-more").focus();
    const cell = activeCell();
    if (!cell || !isOpener(event.key) || cell.getElement().querySelector("input")) return;
    if (event.key.length === 1 || event.key === "Enter") event.preventDefault();
    cell.edit();
    const input = cell.getElement().querySelector("input");
    /* An input method composes into what is selected, so that its text too replaces the old one. */
    if (input && event.key === "Process") input.select();
    if (input && event.key.length === 1) {
      input.value = event.key;
      input.dispatchEvent(new Event("input"));
    }
  });

  table.on("cellEdited", (cell) => {
    const field = cell.getField();
    const row = cell.getRow();
    const data = row.getData();
    const { [field]: mended, ...wrong } = data.wrong;
    const change = field in NAME_OF ? settle({ [field]: data[field] }) : {};
    row.update({ ...change, wrong }).then(() => row.reformat());
    fillSpare().then(weigh);
  });
  table.on("tableBuilt", weigh);
  table.on("dataChanged", weigh);

  document.getElementById("grid-more").addEventListener("click", () => {
    table.addData(Array.from({ length: 20 }, window.expenditureGrid.blank)).then(() => {
      told.textContent = "已在末尾增加 20 个空行。";
    });
  });
  document.getElementById("grid-remove").addEventListener("click", () => {
    const rows = table.getRanges()[0].getRows();
    Promise.all(rows.map((row) => row.delete())).then(fillSpare).then(() => {
      weigh();
      told.textContent = `已删除 ${rows.length} 行，还没有保存。`;
    });
  });

  /* The summary's links lead to cells that may not be drawn yet. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(`a[href^="#${setup.section}-"]`);
    if (!link) return;
    event.preventDefault();
    const [, number, key] = link.hash.slice(1).split("-");
    const row = table.getRowFromPosition(Number(number));
    holder.scrollIntoView({ block: "center" });
    table.scrollToRow(row, "center", false).then(() => table.scrollToColumn(key, "middle", false)).then(() => {
      table.getRanges()[0].setBounds(row.getCell(key), row.getCell(key));
      holder.querySelector(".tabulator-tableholder").focus();
    });
  });

  /* The plain table's fields are disabled, so nothing is sent twice; set() would look for that in
     all fields before, which for thousands of rows takes seconds. */
  form.addEventListener("formdata", ({ formData }) => {
    table.getData().forEach((row, index) => {
      if (isBlank(row)) return;
      for (const key of keys) formData.append(`${setup.section}-${index + 1}-${key}`, row[key] ?? "");
    });
  });
})();
