// Asks again how far the examination of a file is, until it has ended: then the page is its preview.
const shown = document.querySelector("#examination h2");
const started = Date.now();
const ENOUGH = 10 * 60 * 1000;

async function ask() {
  if (Date.now() - started > ENOUGH) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    const isGoingOn = answer.headers.get("Content-Type") === "application/json";
    if (answer.ok && !isGoingOn) {
      location.reload();
      return;
    }
    const { progress } = isGoingOn ? await answer.json() : {};
    if (progress && progress !== shown.textContent) shown.textContent = progress;
  } catch {
    // The portal does not answer at the moment.
  }
  setTimeout(ask, 1000);
}

if (shown) {
  shown.setAttribute("aria-live", "polite");
  setTimeout(ask, 1000);
}
