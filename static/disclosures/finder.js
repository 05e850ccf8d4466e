// Narrows the list of all disclosures down to those that hold every word that is looked for.
(() => {
  const list = document.getElementById("found");
  const told = document.getElementById("told");
  const field = document.getElementById("q");
  const items = [...list.children];
  const SHOWN = 5;

  const normalise = (text) => text.normalize("NFKC").toLowerCase();

  const match = (entry, terms) => {
    const title = normalise(entry.title);
    const named = new Set();
    for (const term of terms) {
      const words = entry.words.filter((word) => normalise(word).includes(term));
      if (!words.length && !title.includes(term) && !entry.code.includes(term)) return null;
      words.forEach((word) => named.add(word));
    }
    return [...named];
  };

  const narrow = (entries, question) => {
    const terms = normalise(question).split(/\s+/).filter(Boolean);
    let count = 0;
    entries.forEach((entry, place) => {
      const words = match(entry, terms);
      items[place].hidden = words === null;
      count += words === null ? 0 : 1;
      const more = words && words.length > SHOWN ? ` 等${words.length}处` : "";
      items[place].querySelector(".soft").textContent =
        terms.length && words ? words.slice(0, SHOWN).join("、") + more : "";
    });
    told.textContent = terms.length ? `找到${count}份。` : "";
  };

  const start = async () => {
    const answer = await fetch("index.json");
    if (!answer.ok) return;
    const { entries } = await answer.json();
    const search = () => narrow(entries, field.value);
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.addEventListener("input", search);
    search();
  };

  start();
})();
