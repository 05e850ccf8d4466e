// Asks again how far the examination of a file is, until it has ended: then the page is its preview.
const shown = document.querySelector("#examination h2");
const started = Date.now();
const ENOUGH = 10 * 60 * 1000;

async function ask() {
  if (Date.now() - started > ENOUGH) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("#examination h2");
    if (answer.ok && !told) {
      location.reload();
      return;
    }
    if (told && told.textContent !== shown.textContent) shown.textContent = told.textContent;
  } catch {
    // The portal does not answer at the moment.
  }
  setTimeout(ask, 1000);
}

if (shown) {
  shown.setAttribute("aria-live", "polite");
  setTimeout(ask, 1000);
}
