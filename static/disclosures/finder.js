/* Answers the search of the exported site: a few texts of each kind, the words in them marked. */

"use strict";

(() => {
  const { load, fold, read, readCodes, collect, open, holds } = window.index;
  const FEW = 5;
  const MORE = 20;
  // So many of a kind are all read, where only that tells how many there are.
  const COUNTED = 20;
  const BEFORE = 30;
  const AFTER = 90;
  const told = document.getElementById("told");
  const results = document.getElementById("results");
  const asked = new URLSearchParams(location.search);
  // A disk does not know which page of a folder is meant.
  const page = location.protocol === "file:" ? "index.html" : "";

  function make(name, content = "", rest = {}) {
    const element = Object.assign(document.createElement(name), rest);
    element.append(...[content].flat());
    return element;
  }

  /* Where the words stand in a text, first to last, runs that meet joined. */
  function findSpans(text, words) {
    const folded = fold(text);
    const spans = words.flatMap((word) => {
      const found = [];
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
        found.push([at, at + word.length]);
      }
      return found;
    });
    const joined = [];
    for (const [start, end] of spans.sort((one, other) => one[0] - other[0])) {
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([start, end]);
    }
    return joined;
  }

  /* A text, or an excerpt of it about the first word, with the words marked. */
  function mark(text, words, isWhole) {
    const spans = findSpans(text, words);
    const start = isWhole || !spans.length ? 0 : Math.max(0, spans[0][0] - BEFORE);
    const end = isWhole ? text.length : Math.min(text.length, start + BEFORE + AFTER);
    const parts = start ? ["…"] : [];
    let place = start;
    for (const [left, right] of spans.filter((span) => span[0] < end)) {
      parts.push(text.slice(place, left), make("mark", text.slice(left, Math.min(right, end))));
      place = Math.min(right, end);
    }
    return [...parts, text.slice(place, end), end < text.length ? "…" : ""];
  }

  /* Every place where a text stands: the title of the document and where it leads. */
  function listPlaces(head, { year, places }) {
    const { documents } = head.years[year];
    return Object.entries(places)
      .flatMap(([at, numbers]) => numbers.map((number) => ({ at, number })))
      .sort((one, other) => one.number - other.number)
      .map(({ at, number }) => {
        const [code, title] = documents[number];
        return { title, href: `../${year}/${code}/${page}${at}` };
      });
  }

  function drawHit(head, hit, words) {
    const [first, ...others] = listPlaces(head, hit);
    const item = make("li", make("a", mark(hit.title, words, true), { href: first.href }));
    if (hit.text) item.append(make("p", mark(hit.text, words, false)));
    item.append(make("p", first.title, { className: "soft" }));
    if (others.length) {
      const links = others.map(({ title, href }) => make("li", make("a", title, { href })));
      const list = make("ul", links);
      item.append(make("details", [make("summary", `另有${others.length}处相同`), list]));
    }
    return item;
  }

  /* The texts of a kind one after the other, those that do not hold the words passed over. */
  async function* walk(head, kind, candidates, words) {
    const seen = new Set();
    for (let start = 0; start < candidates.length; start += MORE) {
      const some = candidates.slice(start, start + MORE);
      for (const text of await Promise.all(some.map((each) => open(head, each)))) {
        // Departments and years share their glossary: a meaning is told once.
        const name = kind === "glossary" ? `${text.title}\n${text.text}` : text;
        if (holds(kind, text, words) && !seen.has(name)) {
          seen.add(name);
          yield text;
        }
      }
    }
  }

  /* Takes so many from a walk, or what there is. */
  async function take(walker, count) {
    const taken = [];
    while (taken.length < count) {
      const { value, done } = await walker.next();
      if (done) return { taken, isAll: true };
      taken.push(value);
    }
    return { taken, isAll: false };
  }

  /* A kind's texts as a section that grows; null where there is none. */
  async function fill(head, kind, candidates, words) {
    const walker = walk(head, kind, candidates, words);
    const isNarrow = kind === "glossary" || (kind === "code" && readCodes(words).length > 0);
    // Pairs of signs say it all of words of two; a longer word some of the texts may not hold.
    const isTold = !isNarrow && words.every((word) => Array.from(word).length === 2);
    const isRead = isNarrow || (!isTold && candidates.length <= COUNTED);
    const { taken, isAll } = await take(walker, isRead ? Infinity : FEW + 1);
    if (!taken.length) return null;
    const isSure = isAll || isTold;
    const count = isAll ? taken.length : candidates.length;
    const section = make("section", "", { className: "found" });
    const label = `${isSure ? "" : "约"}${count}条`;
    const number = make("span", label, { className: "soft" });
    const list = make("ol");
    section.append(make("h2", [`${head.kinds[kind]} `, number]), list);
    const add = (texts) => list.append(...texts.map((text) => drawHit(head, text, words)));
    add(taken.splice(0, FEW));
    if (taken.length) section.append(offerMore(walker, taken, add));
    return { section, label: `${head.kinds[kind]}${label}` };
  }

  /* A button that adds those taken already and some more, and goes when there are none. */
  function offerMore(walker, ready, add) {
    const button = make("button", `再显示${MORE}条`, { type: "button" });
    button.addEventListener("click", async () => {
      button.disabled = true;
      const some = ready.splice(0, MORE);
      const { taken, isAll } = await take(walker, MORE + 1 - some.length);
      ready.push(...taken.splice(MORE - some.length));
      add([...some, ...taken]);
      button.disabled = false;
      if (isAll && !ready.length) button.remove();
    });
    return make("p", button);
  }

  function tell(text, year) {
    told.textContent = year ? `${year}年：${text}` : text;
  }

  async function answer(question, year) {
    const { words, mistake } = read(question);
    if (mistake) return tell(mistake, "");
    tell("正在查找……", year);
    const head = await load("index");
    const found = await collect(head, words, year);
    const shelves = [];
    for (const [kind, candidates] of found) {
      const shelf = await fill(head, kind, candidates, words);
      if (shelf) shelves.push(shelf);
    }
    results.append(...shelves.map((shelf) => shelf.section));
    const labels = shelves.map((shelf) => shelf.label).join("，");
    return tell(labels ? `找到${labels}。` : `没有找到“${question}”。请换一个更短或更常用的词。`, year);
  }

  const question = (asked.get("q") ?? "").trim();
  const year = /^20\d\d$/.test(asked.get("year") ?? "") ? asked.get("year") : "";
  const form = document.querySelector("form[role=search]");
  if (page) form.action = page;
  document.getElementById("q").value = question;
  document.querySelector("select[name=year]").value = year;
  if (question) answer(question, year).catch(() => tell("索引没有取到，请检查网络，再查一次。", ""));
})();
