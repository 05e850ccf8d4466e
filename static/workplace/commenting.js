/* In the preview a reviewer clicks a figure or a sentence to say something about it. */

"use strict";

(() => {
  const comments = document.getElementById("comments").href;
  document.querySelector(".commented").addEventListener("click", (event) => {
    const place = event.target.closest("td[id], p[id]");
    const isChosen = place && !event.target.closest("a") && !window.getSelection().toString();
    if (isChosen) window.location = `${comments}?at=${encodeURIComponent(place.id)}`;
  });
})();
