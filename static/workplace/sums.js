/* Keeps the sums of a form true while it is typed; the server adds up again when it is saved. */

"use strict";

(() => {
  const { read, show } = window.figures;
  const form = document.getElementById("screen");
  if (!form) return;

  const value = (name) => read((form.elements.namedItem(name) || {}).value);

  function renew(line) {
    const parts = line.dataset.parts.split(" ").map(value);
    const [output, gap] = line.querySelectorAll("output");
    const least = line.querySelector(".suffix").textContent ? 2 : 0;
    const total = parts.includes(null) ? null : parts.reduce((sum, each) => sum + each, 0n);
    output.textContent = total === null ? "—" : show(total, least);
    if (!line.dataset.whole) return;
    const whole = value(line.dataset.whole);
    const apart = total === null || whole === null ? 0n : whole - total;
    line.classList.toggle("off", apart !== 0n);
    gap.parentElement.hidden = apart === 0n;
    gap.textContent = show(apart < 0n ? -apart : apart, least);
  }

  const lines = [...form.querySelectorAll(".sum[data-parts]")];
  const renewAll = () => lines.forEach(renew);
  form.addEventListener("input", renewAll);
  if (lines.length) renewAll();
})();
