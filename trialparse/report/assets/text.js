// The record's text on the left, its pieces dressed by what was read from them.

const LABELS = {
  heading: "heading", condition: "condition", event: "event", note: "note", threshold: "limit", window: "time",
  numeral: "numeral that was not read", remark: "remark",
};
const PICKABLE = new Set(["condition", "event", "note", "threshold", "window", "heading", "numeral", "remark"]);

class TextPane {
  constructor(sheet, pick) {
    this.sheet = sheet;
    this.pick = pick;
    this.places = new Map();
    const { before, block, after } = sheet.text;
    const [cutBefore, cutAfter] = sheet.left_out;
    this.pieces = [];
    this.element = el("div", { class: "text", dir: "auto", onclick: (event) => this.clicked(event), onkeydown: (event) => this.moved(event) },
      this.around(before, cutBefore, "in front of the criteria"),
      this.run(block),
      this.around(after, cutAfter, "behind the criteria"));
    if (this.pieces.length) this.pieces[0].tabIndex = 0;
  }

  around(pieces, cut, where) {
    const length = pieces.reduce((sum, [text]) => sum + text.length, 0);
    if (!length && !cut) return null;
    const left = cut ? el("p", { class: "notice" }, `${counted(cut, "more character")} left out.`) : null;
    return el("details", { class: "around" },
      el("summary", {}, `${counted(length, "character")} ${where}`), left, this.run(pieces));
  }

  run(pieces) {
    return el("div", { class: "run" }, pieces.map(([text, ...marks]) => this.piece(text, marks)));
  }

  piece(text, numbers) {
    if (!numbers.length) return this.shown(text);
    const marks = numbers.map((number) => this.sheet.marks[number]);
    const kinds = [...new Set(marks.map(([kind]) => kind))];
    const span = el("span", { class: kinds.map((kind) => `m-${kind}`).join(" "), "data-marks": numbers.join(" ") }, this.shown(text));
    for (const [, criterion, ...paths] of marks) {
      if (criterion === null) continue;
      this.keep(criterion, span);
      for (const path of paths) this.keep(`${criterion}/${path}`, span);
    }
    const telling = kinds.filter((kind) => PICKABLE.has(kind));
    if (telling.length && text.trim()) {
      fill(span, { role: "button", tabindex: "-1", title: telling.map((kind) => LABELS[kind]).join(", ") }, []);
      this.pieces.push(span);
    }
    return span;
  }

  // A document in JSON has its line ends as escapes: there the page breaks its lines, too.
  shown(text) {
    if (!this.sheet.json) return shown(text);
    return shown(text).split("\\n").map((line, i) => (i ? [el("span", { class: "escape" }, "\\n"), `\n${line}`] : line));
  }

  keep(key, span) {
    if (!this.places.has(key)) this.places.set(key, []);
    this.places.get(key).push(span);
  }

  // The innermost mark under the pointer; once more at the same place, the one around it.
  clicked(event) {
    const span = event.target.closest("[data-marks]");
    if (!span) return;
    const marks = span.dataset.marks.split(" ").map((number) => this.sheet.marks[number]).filter(([, id]) => id !== null);
    if (!marks.length) return;
    this.inwards = this.last === span ? (this.inwards + 1) % marks.length : 0;
    this.last = span;
    const [, criterion, ...paths] = marks[marks.length - 1 - this.inwards];
    this.pick(criterion, paths);
  }

  moved(event) {
    const at = this.pieces.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at >= 0 && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.clicked(event);
    } else if (at >= 0 && step) {
      event.preventDefault();
      const next = this.pieces[(at + step + this.pieces.length) % this.pieces.length];
      this.pieces[at].tabIndex = -1;
      next.tabIndex = 0;
      unfold(next);
      next.focus();
    }
  }

  // Shows where a criterion, or parts of its requirement, stand; gives the first place.
  show(criterion, paths) {
    for (const span of this.element.querySelectorAll(".current")) span.classList.remove("current");
    const keys = paths.length ? paths.map((path) => `${criterion}/${path}`) : [criterion];
    const spans = keys.flatMap((key) => this.places.get(key) || []);
    for (const span of spans.length ? spans : this.places.get(criterion) || []) span.classList.add("current");
    return this.element.querySelector(".current");
  }
}
