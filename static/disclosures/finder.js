// Narrows the list of all disclosures down to those that hold every word that is looked for.
(() => {
  const list = document.getElementById("found");
  const told = document.getElementById("told");
  const field = document.getElementById("q");
  const items = [...list.children];
  const asked = new URLSearchParams(location.search);
  // A page that asks for one year says so in the address.
  const year = /^20\d\d$/.test(asked.get("year") ?? "") ? asked.get("year") : "";
  const SHOWN = 5;

  const normalise = (text) => text.normalize("NFKC").toLowerCase();

  const match = (entry, terms) => {
    if (year && !entry.path.startsWith(`${year}/`)) return null;
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
    const where = year ? `${year}年：` : "";
    told.textContent = terms.length || year ? `${where}找到${count}份。` : "";
  };

  const start = async () => {
    const answer = await fetch("index.json");
    if (!answer.ok) return;
    const { entries } = await answer.json();
    const search = () => narrow(entries, field.value);
    field.value = asked.get("q") ?? "";
    field.addEventListener("input", search);
    search();
  };

  start();
})();
