// On a phone the steps scroll sideways: bring the current one into view.
const current = document.querySelector(".steps [aria-current]");
if (current) {
  const strip = current.closest(".steps");
  strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.clientWidth) / 2;
}
