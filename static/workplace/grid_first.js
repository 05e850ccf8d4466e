/* Runs before the rows arrive: a plain table that the grid will replace is not laid out, which
   takes a browser minutes for thousands of rows. It comes back where the grid does not start. */

"use strict";

if (!window.matchMedia("(max-width: 767px)").matches) {
  document.documentElement.classList.add("gridded");
  window.addEventListener("load", () => {
    if (!window.expenditureGrid) document.documentElement.classList.remove("gridded");
  });
}
