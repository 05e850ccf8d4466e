/* Completes codes by number, by name, or by the initials of the name's pinyin. */

"use strict";

window.codes = (() => {
  const SHOWN = 40;
  const WITH_NAME = /^(\d{3,7})\s+\D/;

  /* A book of (code, name, initials); `listUsed` gives the codes that the sheet holds already. */
  function open(entries, listUsed) {
    const names = new Map(entries.map(([code, name]) => [code, name]));

    /* How well an entry answers a term: 0 best, 9 not at all. */
    function rank([code, name, initials], term) {
      if (code.startsWith(term)) return 0;
      if (initials === term || name === term) return 1;
      if (initials.startsWith(term) || name.startsWith(term)) return 2;
      return initials.includes(term) || name.includes(term) ? 3 : 9;
    }

    /* The best answers first; the first is sure where no other is as good. Many classes have an
       item of the same name, so one that the sheet holds already stands before the others. */
    function search(text) {
      const term = (text || "").trim().toLowerCase();
      const used = listUsed();
      const weigh = (entry) => 2 * rank(entry, term) + (used.has(entry[0]) ? 0 : 1);
      const found = entries.map((entry) => [weigh(entry), entry]).filter(([weight]) => weight < 18);
      found.sort(([a, x], [b, y]) => a - b || y[0].length - x[0].length || (x[0] < y[0] ? -1 : 1));
      return found.slice(0, SHOWN).map(([weight, [code, name]], i) => ({
        value: code,
        label: `${code} ${name}`,
        isSure: i > 0 || found.length === 1 || weight < found[1][0],
      }));
    }

    /* What was typed as a code: itself, the code before a name, or the one entry it means. */
    function resolve(text) {
      const plain = (text || "").trim().normalize("NFKC");
      if (plain === "" || names.has(plain)) return plain;
      const before = WITH_NAME.exec(plain);
      if (before) return before[1];
      const term = plain.toLowerCase();
      const exact = entries.filter(([, name, initials]) => name === plain || initials === term);
      const leaf = Math.max(0, ...exact.map(([code]) => code.length));
      const leaves = exact.filter(([code]) => code.length === leaf);
      return leaves.length === 1 ? leaves[0][0] : plain;
    }

    return { search, resolve, name: (code) => names.get(code) || "" };
  }

  return { open };
})();
