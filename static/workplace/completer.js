/* The editor of a grid cell: an input, and below it what the text may be completed to. */

"use strict";

window.completer = (() => {
  const DIGITS = /^\d+$/;
  let count = 0;

  function element(tag, attributes) {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    return made;
  }

  /* The list below an input: its entries, and the one that Enter would take. */
  class Offers {
    constructor(input, search, take) {
      this.input = input;
      this.search = search;
      this.list = element("ul", { role: "listbox", id: `offers-${(count += 1)}`, class: "offers" });
      this.list.addEventListener("mousedown", (event) => {
        event.preventDefault();
        const entry = event.target.closest("li");
        if (entry) take(this.entries[[...this.list.children].indexOf(entry)].value);
      });
      input.setAttribute("aria-controls", this.list.id);
      document.body.append(this.list);
    }

    /* Numbers are typed in full or chosen on purpose; for words a sure answer is taken. */
    draw(text, isTyped) {
      this.entries = this.search(isTyped ? text : "");
      this.list.replaceChildren(...this.entries.map(({ label }, i) => {
        const entry = element("li", { role: "option", id: `${this.list.id}-${i}` });
        entry.textContent = label;
        return entry;
      }));
      const best = this.entries.findIndex(({ value }) => value === text);
      const isSure = isTyped && text && !DIGITS.test(text) && this.entries[0]?.isSure;
      this.point(best < 0 && isSure ? 0 : best);
      const place = this.input.getBoundingClientRect();
      this.list.style.left = `${place.left}px`;
      this.list.style.minWidth = `${place.width}px`;
      const isLow = place.bottom + this.list.offsetHeight > window.innerHeight;
      this.list.style.top = `${isLow ? place.top - this.list.offsetHeight : place.bottom}px`;
    }

    point(at) {
      this.at = Math.min(at, this.entries.length - 1);
      [...this.list.children].forEach((entry, i) => entry.setAttribute("aria-selected", i === this.at));
      const entry = this.list.children[this.at];
      if (entry) entry.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", entry ? entry.id : "");
    }

    get chosen() { return this.at >= 0 ? this.entries[this.at].value : null; }
  }

  /* An editor for the grid; `search(text)` gives entries, `move(rows, columns)` goes on from here. */
  function make(search, move) {
    return (cell, onRendered, success, cancel) => {
      const input = element("input", { type: "text", role: "combobox", autocomplete: "off" });
      input.value = cell.getValue() || "";
      let offers = null;
      let isDone = false;
      const end = (finish) => {
        if (isDone) return;
        isDone = true;
        if (offers) offers.list.remove();
        finish();
      };
      const take = (value, rows, columns) => end(() => { success(value); move(rows, columns); });
      const best = () => (offers ? offers.chosen : null) ?? input.value;
      const keys = {
        Enter: (event) => take(best(), event.shiftKey ? -1 : 1, 0),
        Tab: (event) => take(best(), 0, event.shiftKey ? -1 : 1),
        Escape: () => end(cancel),
        ArrowDown: () => offers && offers.point(offers.at + 1),
        ArrowUp: () => offers && offers.point(Math.max(offers.at - 1, -1)),
      };
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.isComposing || !keys[event.key]) return;
        event.preventDefault();
        keys[event.key](event);
      });
      input.addEventListener("input", () => offers && offers.draw(input.value.trim(), true));
      input.addEventListener("blur", () => end(() => success(input.value)));
      onRendered(() => {
        input.focus();
        if (!search) return;
        offers = new Offers(input, search, (value) => take(value, 0, 0));
        offers.draw(input.value, false);
      });
      return input;
    };
  }

  return { make };
})();
