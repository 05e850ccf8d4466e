/* Shows every sentence as it will be printed while its words and figures are typed. */

"use strict";

(() => {
  const { read, show, round, ONE } = window.figures;
  const form = document.getElementById("screen");
  /* How the province's set tells a change, and what a sentence says already. */
  const { gap, change: FORM, rose, fell, leads, endings } = JSON.parse(
    document.getElementById("wording").textContent,
  );
  const CENT = ONE / 100n;
  const inWan = form.elements.namedItem("money_unit").value === "万元";

  const showHundredths = (hundredths) => show(hundredths * CENT, 2);
  const fill = (values) => FORM.replace(/\{(\w+)\}/g, (blank, name) => values[name]);

  /* An amount in the typed unit as hundredths of 万元, half up; null for what is no amount. */
  function toWan(text) {
    const figure = text.trim() === "" ? null : read(text);
    if (figure === null || figure < 0n) return null;
    return round(figure, inWan ? CENT : CENT * 10000n);
  }

  /* Computed from the printed figures, as the document does it. */
  function change(now, last) {
    const isFall = now < last;
    const apart = isFall ? last - now : now - last;
    const rate = last ? round(apart * 10000n * 2n, last * 2n) : now ? 10000n : 0n;
    const shown = { difference: showHundredths(apart), rate: showHundredths(rate) };
    return { apart, text: fill({ ...(isFall ? fell : rose), ...shown }) };
  }

  function tidy(text, kind) {
    const line = text.trim().replace(/\s*\n\s*/g, "").replace(new RegExp(leads[kind]), "").trim();
    let end = line.length;
    while (end && endings.includes(line[end - 1])) end -= 1;
    return line.slice(0, end);
  }

  function renewChange(mark) {
    const field = form.elements.namedItem(mark.dataset.change);
    if (!field || field.type === "hidden") return;
    const last = toWan(field.value);
    const found = last === null ? null : change(read(mark.dataset.this) / CENT, last);
    mark.textContent = found ? found.text : fill({ ...rose, difference: gap, rate: gap });
    mark.classList.toggle("gap", !found);
    const need = form.querySelector(`[data-need="${field.name.replace(/prior$/, "reason")}"]`);
    if (need) need.textContent = found && found.apart ? "必填" : "没有变动，可不填";
  }

  function renewWords(piece) {
    const field = form.elements.namedItem(piece.dataset.words);
    if (!field) return;
    const own = tidy(field.value, piece.dataset.kind);
    const need = form.querySelector(`[data-need="${field.name}"]`);
    const isNeeded = !need || need.textContent === "必填";
    const mark = piece.querySelector("mark");
    mark.textContent = own || gap;
    mark.classList.toggle("gap", !own && isNeeded);
    piece.hidden = !own && !isNeeded;
  }

  function renew(sentence) {
    sentence.querySelectorAll("[data-change]").forEach(renewChange);
    sentence.querySelectorAll("[data-basis]").forEach((piece) => {
      const field = form.elements.namedItem(piece.dataset.basis);
      if (field && field.value) piece.textContent = field.value;
    });
    sentence.querySelectorAll("[data-words]").forEach(renewWords);
    sentence.classList.toggle("lacking", Boolean(sentence.querySelector("[data-words]:not([hidden]) .gap, .change.gap")));
  }

  /* How many sentences still lack something, and the way to the first of them. */
  function count() {
    const summary = document.getElementById("lacking");
    const open = form.querySelectorAll(".sentence.lacking");
    const [link, done] = summary.children;
    link.firstElementChild.textContent = open.length;
    if (open.length) link.href = `#${open[0].id}`;
    link.hidden = open.length === 0;
    done.hidden = open.length > 0;
    summary.classList.toggle("done", open.length === 0);
  }

  form.addEventListener("input", ({ target }) => {
    const sentence = target.closest(".sentence");
    if (!sentence) return;
    renew(sentence);
    count();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[value^=adopt-]");
    if (!button) return;
    const last = button.parentElement.querySelector("[data-last]");
    const field = form.elements.namedItem(last.dataset.last);
    event.preventDefault();
    field.value = last.textContent;
    field.focus();
    renew(field.closest(".sentence"));
    count();
  });
})();
