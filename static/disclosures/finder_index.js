/* The index of the exported site: what a question needs of it, fetched as scripts and matched. */

"use strict";

(() => {
  const SHORTEST = 2;
  const MOST_WORDS = 5;
  const MOST_PAIRS = 6;
  const LEVELS = [3, 5, 7];
  const pieces = new Map();
  const asked = new Map();

  window.shelve = (name, value) => pieces.set(name, value);

  /* A piece of the index by its name; asked for once. */
  function load(name) {
    if (!asked.has(name)) {
      const arrival = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${name}.js`;
        script.addEventListener("load", () => resolve(pieces.get(name)));
        script.addEventListener("error", () => reject(new Error(name)));
        document.head.append(script);
      });
      asked.set(name, arrival);
    }
    return asked.get(name);
  }

  /* As words are compared: sign by sign, so that a place in the folded text is that in the text. */
  function fold(text) {
    const plain = (sign) => {
      const folded = sign.normalize("NFKC").toLowerCase();
      return folded.length === sign.length ? folded : sign;
    };
    return Array.from(text, plain).join("");
  }

  /* The words of a question, or a sentence that says what is wrong with it. */
  function read(text) {
    const words = [...new Set(fold(text).split(/\s+/).filter(Boolean))];
    const short = words.find((word) => Array.from(word).length < SHORTEST);
    if (words.length > MOST_WORDS) {
      return { words, mistake: `一次最多查${MOST_WORDS}个词，这里有${words.length}个。请减少几个。` };
    }
    const hint = "每个词至少两个字，例如“工会”“培训”。";
    return { words, mistake: short ? `“${short}”太短，${hint}` : "" };
  }

  /* The code asked for and its parents; none where no code is. */
  function readCodes(words) {
    const [word] = words;
    if (words.length > 1 || !/^\d{3,7}$/.test(word)) return [];
    return [...LEVELS.filter((level) => level < word.length).map((level) => word.slice(0, level)), word];
  }

  /* Pairs of signs that narrow a question down: those of every word in turn, its ends first. */
  function choosePairs(words) {
    const cut = words.map((word) => {
      const signs = Array.from(word);
      const pairs = signs.slice(1).map((sign, place) => signs[place] + sign);
      return [pairs.at(-1), ...pairs.filter((_, place) => place % 2 === 0)];
    });
    const longest = Math.max(...cut.map((pairs) => pairs.length));
    const turns = Array.from({ length: longest }, (_, turn) => cut.map((pairs) => pairs[turn]));
    return [...new Set(turns.flat().filter(Boolean))].slice(0, Math.max(MOST_PAIRS, words.length));
  }

  /* The numbers of a year's texts that hold a pair. */
  async function listTexts(year, shards, pair) {
    const [first, second] = Array.from(pair, (sign) => sign.codePointAt(0));
    const shard = await load(`${year}/pairs-${(first * 31 + second) % shards}`);
    let number = 0;
    return (shard[pair] ?? []).map((step) => (number += step));
  }

  /* The numbers of a year's texts that may hold all the words, in order. */
  async function narrow(year, shards, words) {
    const lists = await Promise.all(choosePairs(words).map((pair) => listTexts(year, shards, pair)));
    const [first, ...others] = lists.sort((one, other) => one.length - other.length);
    const sets = others.map((list) => new Set(list));
    return first.filter((number) => sets.every((set) => set.has(number)));
  }

  /* A text of a year by its number: its title, its text, and its documents by place. */
  async function open(head, { year, number }) {
    const block = await load(`${year}/texts-${Math.floor(number / head.block)}`);
    const [title, text, places] = block[number % head.block];
    return { year, title, text, places };
  }

  /* Of which kind a year's text is, by the numbers at which the kinds begin. */
  function tellKind(starts, number) {
    return Object.entries(starts).reduce((told, [kind, start]) => (start <= number ? kind : told), "");
  }

  /* What may be found: for each kind the texts by year and number, newest year first. */
  async function collect(head, words, chosen) {
    const years = Object.keys(head.years).filter((year) => !chosen || year === chosen).reverse();
    const codes = readCodes(words);
    const found = new Map(Object.keys(head.kinds).map((kind) => [kind, []]));
    const ask = async (year) => {
      const { shards } = head.years[year];
      const parents = codes.length ? await narrow(year, shards, [codes[0]]) : [];
      return [year, await narrow(year, shards, words), parents];
    };
    for (const [year, numbers, parents] of await Promise.all(years.map(ask))) {
      const add = (number, isCoded) => {
        const kind = tellKind(head.years[year].starts, number);
        if (!codes.length || (kind === "code") === isCoded) found.get(kind).push({ year, number });
      };
      numbers.forEach((number) => add(number, false));
      parents.forEach((number) => add(number, true));
    }
    return found;
  }

  /* Whether a text holds the words, or is the code asked for, below it or one of its parents. */
  function holds(kind, { title, text }, words) {
    const codes = kind === "code" ? readCodes(words) : [];
    const whole = fold(`${title}\n${text}`);
    if (!codes.length) return words.every((word) => whole.includes(word));
    const parents = codes.slice(0, -1);
    return title.startsWith(codes.at(-1)) || parents.some((code) => title.startsWith(`${code} `));
  }

  window.index = { load, fold, read, readCodes, collect, open, holds };
})();
