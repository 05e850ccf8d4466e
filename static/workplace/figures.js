/* Exact figures as people type them: whole numbers of millionths, never floating point. */

"use strict";

window.figures = (() => {
  const PLACES = 6;
  const ONE = 10n ** BigInt(PLACES);
  const FORM = /^([+-]?)(\d+)(?:\.(\d{1,6}))?$/;

  /* What a text means in millionths; 0n for nothing typed, null for what is no number. */
  function read(text) {
    const plain = (text || "").normalize("NFKC").replace(/[\s,¥]/g, "");
    if (plain === "" || /^[-–—]+$/.test(plain)) return 0n;
    const found = FORM.exec(plain);
    if (!found) return null;
    const size = BigInt(found[2]) * ONE + BigInt((found[3] || "").padEnd(PLACES, "0"));
    return found[1] === "-" ? -size : size;
  }

  /* Millionths as a text with at least `least` decimals and no needless ones. */
  function show(figure, least) {
    const size = figure < 0n ? -figure : figure;
    const whole = String(size / ONE).replace(/\B(?=(\d{3})+$)/g, ",");
    const rest = String(size % ONE).padStart(PLACES, "0").replace(/0+$/, "").padEnd(least, "0");
    return (figure < 0n ? "-" : "") + whole + (rest ? "." + rest : "");
  }

  /* How many whole units a figure is, half up. */
  const round = (figure, unit) => (figure + unit / 2n) / unit;

  return { read, show, round, ONE };
})();
