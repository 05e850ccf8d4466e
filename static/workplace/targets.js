/* Keeps the meters of weights and costs true, and says how each value is understood. */

"use strict";

(() => {
  const { read, show } = window.figures;
  const form = document.getElementById("screen");
  const GOAL = /^(>=|<=|=|>|<)\s*(-?\d[\d,]*(?:\.\d+)?)\s*([^]*)$/;
  const SHOWN = { ">=": "≥", "<=": "≤" };
  const TYPED = { "≥": ">=", "≤": "<=", "≧": ">=", "≦": "<=" };
  const COST = { level: "经济成本指标", unit: "万元" };

  /* The goal that a text states: operator, number and unit, or null for words. */
  function parse(text) {
    const plain = text.replace(/[≥≤≧≦]/g, (sign) => TYPED[sign]).normalize("NFKC").trim();
    const found = GOAL.exec(plain);
    return found && { operator: found[1], number: read(found[2]), unit: found[3].trim() };
  }

  function tell(text) {
    if (!text.trim()) return "";
    const goal = parse(text);
    if (!goal || goal.number === null) return "文字";
    return `${SHOWN[goal.operator] || goal.operator} ${show(goal.number, 0)} ${goal.unit}`.trim();
  }

  const rows = () => [...form.querySelectorAll("#rows-indicators tbody tr")];
  const typed = (row, key) => (row.querySelector(`.column-${key} [name]`) || {}).value || "";
  const sum = (figures) => figures.reduce((total, each) => total + (each || 0n), 0n);
  const totals = {
    weights: () => sum(rows().map((row) => read(typed(row, "weight")))),
    costs: () => sum(rows().map((row) => {
      const goal = typed(row, "level2").trim() === COST.level && parse(typed(row, "value"));
      return goal && goal.unit === COST.unit ? goal.number : 0n;
    })),
  };
  const holds = {
    weights: (total, limits) => limits.includes(total),
    costs: (total, [limit]) => total <= limit,
  };

  function renew() {
    form.querySelectorAll("[data-echo]").forEach((output) => {
      output.textContent = tell(form.elements.namedItem(output.dataset.echo).value);
    });
    form.querySelectorAll("[data-meter]").forEach((line) => {
      const kind = line.dataset.meter;
      const total = totals[kind]();
      const isGood = holds[kind](total, line.dataset.limits.split(" ").map(read));
      line.querySelector("output").textContent = show(total, kind === "costs" ? 2 : 0);
      line.classList.toggle("off", !isGood);
      const state = line.querySelector(".state");
      state.className = `state ${isGood ? "state-done" : "state-warning"}`;
      state.textContent = isGood ? "符合" : "请核对";
    });
  }

  form.addEventListener("input", renew);
})();
