// For each measure the limits of all trials on one line of numbers: full ends are included, hollow ends are not.

const SHOWN_BARS = 100;
const TICKS = 5; // or one more
const RANGE_KEY = [
  ["●", "included"], ["○", "not included"], ["◀▶", "without end"], ["inclusion", "inclusion"],
  ["exclusion", "exclusion: who is in this range is excluded"], ["aside", "in a condition, an exception or a note"],
];

class RangesView {
  constructor(element, entries) {
    this.element = element;
    this.entries = entries;
    this.drawn = false;
  }

  open() {
    if (this.drawn) return;
    this.drawn = true;
    this.pictures = data("ranges");
    const options = this.pictures.map(({ measure, scale, bars }, i) =>
      el("option", { value: i }, `${shown(measure)}${scale ? ` (${shown(scale)})` : ""}: ${bars.length}`));
    this.choice = el("select", { onchange: () => this.draw() }, options);
    this.section = el("select", { onchange: () => this.draw() },
      ["all", "inclusion", "exclusion", "other"].map((name) => el("option", {}, name)));
    this.picture = el("div", { class: "picture" });
    this.element.append(
      el("h2", {}, "Ranges"),
      this.pictures.length ? el("div", { class: "choices" },
        el("label", {}, "Measure, unit and number of limits ", this.choice), el("label", {}, "Section ", this.section)) :
        el("p", { class: "notice" }, "No limit has numbers that can be drawn."),
      this.picture);
    if (this.pictures.length) this.draw();
  }

  draw() {
    const { measure, scale, bars } = this.pictures[this.choice.value];
    const wanted = bars.filter((bar) => this.section.value === "all" || bar.section === this.section.value);
    const axis = new Axis(wanted);
    const list = el("ul", { class: "bars" });
    this.picture.replaceChildren(
      el("h3", {}, `${shown(measure)}${scale ? ` in ${shown(scale)}` : ""}: ${counted(wanted.length, "limit")}`),
      el("ul", { class: "shares range-key" }, RANGE_KEY.map(([sign, words]) =>
        el("li", {}, sign.length > 2 ? el("span", { class: `swatch ${sign}` }) : sign, ` ${words}`))),
      el("div", { class: "bar axis", "aria-hidden": "true" }, el("span"), axis.draw()), list);
    this.more(list, wanted, axis, 0);
  }

  more(list, bars, axis, from) {
    const next = bars.slice(from, from + SHOWN_BARS);
    list.append(...next.map((bar) => el("li", {}, this.bar(bar, axis))));
    const left = bars.length - from - next.length;
    if (!left) return;
    const button = el("button", { type: "button", class: "more" }, `Show more (${left} left)`);
    button.addEventListener("click", () => {
      button.remove();
      this.more(list, bars, axis, from + SHOWN_BARS);
    });
    list.after(button);
  }

  bar(bar, axis) {
    const role = bar.role === "requirement" ? "" : `, ${bar.role}`;
    return el("a", { class: `bar ${bar.section}${bar.role === "requirement" ? "" : " aside"}`, href: `#${bar.trial}/${bar.criterion}/${bar.path}` },
      el("span", { class: "bar-name" }, nameOf(this.entries[bar.trial], bar.trial), " ", el("small", {}, bar.criterion)),
      axis.bar(bar.ends),
      el("span", { class: "bar-formula" }, `${bar.negated ? "not " : ""}${shown(bar.formula)}${role}`));
  }
}

// A line of numbers from the least to the greatest end; by powers of ten where they are far apart.
class Axis {
  constructor(bars) {
    const ends = bars.flatMap(({ ends }) => ends.filter(Boolean).map(({ at }) => at));
    this.low = Math.min(...ends);
    this.high = Math.max(...ends);
    this.powers = this.low > 0 && this.high / this.low > 200;
    if (this.low === this.high) {
      this.low -= Math.abs(this.low) / 2 || 1;
      this.high += Math.abs(this.high) / 2 || 1;
    }
  }

  // From 8 to 92: beyond are the arrows of ranges without end.
  place(value) {
    const scaled = this.powers ? Math.log(value) : value;
    const [low, high] = this.powers ? [Math.log(this.low), Math.log(this.high)] : [this.low, this.high];
    return 8 + (84 * (scaled - low)) / (high - low);
  }

  ticks() {
    if (!Number.isFinite(this.low)) return [];
    if (this.powers) {
      const first = Math.floor(Math.log10(this.low));
      const last = Math.floor(Math.log10(this.high));
      const step = Math.max(1, Math.ceil((last - first) / TICKS));
      const powers = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => 10 ** (first + i * step));
      const within = (values) => values.filter((value) => value >= this.low && value <= this.high);
      const parts = within(powers.flatMap((power) => [power, 2 * power, 5 * power]));
      return step > 1 || parts.length > 2 * TICKS ? within(powers) : parts;
    }
    const rough = (this.high - this.low) / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough);
    const ticks = [];
    for (let i = Math.ceil(this.low / step); i * step <= this.high; i++) ticks.push(Number((i * step).toPrecision(12)));
    return ticks;
  }

  draw() {
    const ticks = this.ticks().map((value) => {
      const x = `${this.place(value)}%`;
      return [svg("line", { x1: x, x2: x, y1: 16, y2: 22 }), svg("text", { x, y: 12, "text-anchor": "middle" }, value.toLocaleString("en", { maximumSignificantDigits: 6 }))];
    });
    return svg("svg", { class: "track", height: 22 }, svg("line", { x1: "2%", x2: "98%", y1: 21, y2: 21 }), ticks);
  }

  bar([lower, upper]) {
    const from = lower ? this.place(lower.at) : 3;
    const to = upper ? this.place(upper.at) : 97;
    const grid = this.ticks().map((value) => svg("line", { class: "grid", x1: `${this.place(value)}%`, x2: `${this.place(value)}%`, y1: 0, y2: 22 }));
    return svg("svg", { class: "track", height: 22, "aria-hidden": "true" }, grid,
      svg("line", { class: "range", x1: `${from}%`, x2: `${to}%`, y1: 11, y2: 11 }),
      this.end(lower, from, "0,11 9,5 9,17"), this.end(upper, to, "0,5 9,11 0,17"));
  }

  end(limit, at, arrow) {
    if (limit) return svg("circle", { class: limit.closed ? "closed" : "open", cx: `${at}%`, cy: 11, r: 5 });
    return svg("svg", { x: `${at}%`, overflow: "visible" }, svg("polygon", { class: "closed", points: arrow, transform: "translate(-5 0)" }));
  }
}
