// The list of trials, and the one that is open: its head, its text and its cards.

const SHARES = [
  ["limits", "limits and times"], ["logic", "events, conditions, notes"], ["headings", "headings"],
  ["words", "other words of criteria that were read"], ["prose", "criteria kept as prose"],
];

class TrialView {
  constructor(number, entry, sheet) {
    this.number = number;
    this.sheet = sheet;
    this.pick = this.pick.bind(this);
    this.text = new TextPane(sheet, (criterion, paths) => this.pick(criterion, paths, "text"));
    this.textBox = pane("Text of the record", this.text.element);
    this.none = el("div", { class: "notice", hidden: true });
    this.cards = drawCards(sheet.cards, (criterion, paths) => this.pick(criterion, paths, "cards"));
    this.cards.prepend(this.none);
    this.cardsBox = pane("Criteria as they were read", this.cards);
    const empty = sheet.cards.length ? null : el("p", { class: "notice" }, "No criteria were read in this record.");
    this.element = el("article", { class: "trial", "aria-label": shown(entry.title || entry.id || "trial") },
      drawHead(entry, sheet), empty, sheet.cards.length ? el("div", { class: "panes" }, this.textPart(), this.cardsBox) : this.textPart());
  }

  textPart() {
    const note = this.sheet.printed ? null :
      el("p", { class: "notice" }, "The record's own text is not at hand; these are the texts of its criteria.");
    return el("div", { class: "text-part" }, note, this.textBox, drawKey());
  }

  pick(criterion, paths, from) {
    for (const each of this.cards.querySelectorAll(".current")) each.classList.remove("current");
    const place = this.text.show(criterion, paths);
    const card = this.cards.querySelector(`[data-id="${CSS.escape(criterion)}"]`);
    let leaf = null;
    if (card) {
      card.classList.add("current");
      for (let each = card; each; each = each.parentElement.closest(".card, .criteria")) each.hidden = false; // whatever the filters say
      const own = card.querySelector(".own");
      const leaves = paths.map((path) => own.querySelector(`[data-path="${CSS.escape(path)}"]`)).filter(Boolean);
      leaves.forEach((each) => each.classList.add("current"));
      leaf = leaves[0] || card;
    }
    if (from === "address") this.element.querySelector(".panes").scrollIntoView();
    if (from !== "text" && place) reveal(place, this.textBox);
    if (from !== "cards" && leaf) reveal(leaf, this.cardsBox);
    history.replaceState(null, "", `#${[this.number, criterion, ...paths.slice(0, 1)].join("/")}`);
  }

  filter(admitted) {
    for (const card of this.cards.querySelectorAll(".card")) {
      card.classList.toggle("aside", admitted !== null && !admitted.has(card.dataset.id));
    }
    for (const card of this.cards.querySelectorAll(".card")) {
      card.hidden = card.classList.contains("aside") && !card.querySelector(".card:not(.aside)");
    }
    for (const section of this.cards.querySelectorAll(".criteria")) {
      section.hidden = ![...section.children].some((each) => each.matches(".card:not([hidden])"));
    }
    this.none.hidden = !this.sheet.cards.length || this.cards.querySelector(".criteria:not([hidden])") !== null;
  }

  // Where the filters leave nothing of this trial: the way to the first that they leave.
  leadOn(entry, number) {
    this.none.replaceChildren("No criterion of this trial fits the filters.",
      ...(entry ? [" ", el("button", { type: "button", onclick: () => { location.hash = number; } }, `Go to ${nameOf(entry, number)}`)] : []));
  }
}

function pane(name, content) {
  return el("div", { class: "pane", tabindex: "0", role: "region", "aria-label": name }, content);
}

// Scrolls a pane, or the page where the pane does not scroll itself.
function reveal(element, box) {
  unfold(element);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (box.scrollHeight > box.clientHeight + 1) {
    const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTo({ top: Math.max(0, top - box.clientHeight / 4), behavior: calm });
  } else element.scrollIntoView({ block: "center", behavior: calm });
}

function drawHead(entry, sheet) {
  const facts = sheet.facts.flatMap(([label, value]) => [el("dt", {}, label), el("dd", { dir: "auto" }, shown(value))]);
  return el("header", { class: "trial-head" },
    el("h2", { dir: "auto" }, shown(entry.title || "(no title)")),
    sheet.verdict ? drawVerdict(sheet.verdict) : null,
    drawCoverage(sheet),
    el("details", { class: "about-record" }, el("summary", {}, [entry.id, "about the record"].filter(Boolean).map(shown).join(": ")),
      el("dl", { class: "facts" }, facts, entry.path ? [el("dt", {}, "File"), el("dd", {}, shown(entry.path))] : [])),
    sheet.remarks.length ? el("details", { class: "trial-remarks", open: sheet.remarks.some(([, severity]) => severity === "error") },
      el("summary", {}, counted(sheet.remarks.length, "remark") + " on the record"), drawRemarks(sheet.remarks)) : null);
}

function drawVerdict(verdict) {
  return el("div", { class: "verdict" }, el("p", {}, "The patient: ", outcomeBadge(verdict.outcome, "record"), ` ${shown(verdict.why)}`),
    verdict.fields.length ? el("ul", { class: "reasons" }, verdict.fields.flatMap(([, , ...reasons]) =>
      reasons.map((reason) => el("li", {}, shown(reasonText(reason)))))) : null);
}

function drawCoverage(sheet) {
  const total = SHARES.reduce((sum, [name]) => sum + sheet.shares[name], 0);
  const [numerals, unread] = sheet.numerals;
  const parts = SHARES.map(([name, words]) => ({ name, words, share: percent(sheet.shares[name], total), size: sheet.shares[name] }));
  const said = parts.filter(({ size }) => size).map(({ words, share }) => `${words} ${share} %`);
  return el("div", { class: "coverage" }, el("div", {},
    el("p", {}, total ? `Text of the criteria: ${counted(total, "character")}` : "Text of the criteria: none"),
    total ? drawBar(parts, said.join(", ")) : null,
    el("ul", { class: "shares" }, parts.filter(({ size }) => size).map(({ name, words, share }) =>
      el("li", {}, el("span", { class: `swatch s-${name}` }), ` ${words} ${share} %`)))), el("div", {},
    el("p", {}, numerals ? `Numerals: ${numerals - unread} of ${numerals} are in a limit or a time` : "Numerals: none",
      unread ? [", ", el("span", { class: "m-numeral" }, counted(unread, "other")), unread === 1 ? " is marked" : " are marked"] : null),
    drawNumerals(sheet.numerals, `${numerals - unread} of ${numerals} numerals are in a limit or a time`)));
}

function drawBar(parts, label) {
  return el("div", { class: "meter", role: "img", "aria-label": label }, parts.filter(({ size }) => size).map(({ name, size }) => {
    const part = el("span", { class: `s-${name}` });
    part.style.flexGrow = size;
    return part;
  }));
}

function drawNumerals([total, unread], label) {
  return total ? drawBar([{ name: "limits", size: total - unread }, { name: "unread", size: unread }], label) : null;
}

function drawKey() {
  const kinds = ["threshold", "window", "event", "condition", "note", "heading", "numeral", "remark"];
  return el("p", { class: "key" }, kinds.map((kind) => [el("span", { class: `m-${kind}` }, LABELS[kind]), " "]));
}

function drawEntry(entry, number, withPatient) {
  const [numerals, unread] = entry.numerals;
  const name = el("span", { class: "entry-id" }, nameOf(entry, number));
  return el("li", {}, el("a", { href: `#${number}` },
    el("span", { class: "entry-head" }, name, withPatient ? outcomeBadge(entry.outcome, "record") : null),
    el("span", { class: "entry-title", dir: "auto" }, shown(entry.title || "(no title)")),
    el("span", { class: "entry-counts" }, countedCriteria(entry.criteria), numerals ? `, ${numerals - unread}/${numerals} numerals read` : ""),
    drawNumerals(entry.numerals, `${percent(numerals - unread, numerals)} % of the numerals read`)));
}
