// The criteria as cards, nested as they are in the text.

const TOLD = 5;
const JOINS = { all: () => "all of these", any: () => "any of these", at_least: (n) => `at least ${n} of these` };

function drawCards(cards, pick) {
  const pane = el("div", { class: "cards" });
  const open = [];
  let section = null;
  let place = null;
  for (const card of cards) {
    if (card.section !== section) {
      section = card.section;
      place = el("section", { class: `criteria ${section}` }, el("h3", {}, `${section} criteria`));
      pane.append(place);
      open.length = 0;
    }
    open.length = card.depth;
    const parent = open.length ? open[open.length - 1] : null;
    const drawn = drawCard(card, pick);
    (parent ? childrenOf(parent) : place).append(drawn.element);
    open[card.depth] = drawn;
  }
  return pane;
}

function childrenOf(parent) {
  if (!parent.children) {
    const join = parent.card.join || "all";
    parent.children = el("div", { class: `children ${join}` },
      el("span", { class: "operator" }, JOINS[join](parent.card.minimum)));
    parent.element.append(parent.children);
  }
  return parent.children;
}

function drawCard(card, pick) {
  const choose = (paths) => pick(card.id, paths);
  const own = el("div", { class: "own", onclick: () => choose([]) },
    el("div", { class: "card-head" },
      el("button", { type: "button", class: "card-id", "aria-label": `${card.id}: find in the text`,
        onclick: (event) => { event.stopPropagation(); choose([]); } }, card.id),
      card.heading ? el("span", { class: "tag" }, "heading") : null,
      card.verdict ? outcomeBadge(card.verdict.outcome, card.section) : null),
    el("p", { class: "card-text", dir: "auto" }, shown(card.text)),
    worthDrawing(card.logic) ? drawLogic(card.logic, choose) : null,
    card.verdict ? drawReasons(card) : null,
    drawRemarks(card.remarks));
  const element = el("article", { class: `card${card.heading ? " heading" : ""}`, "data-id": card.id,
    "aria-label": `criterion ${card.id}` }, own);
  return { card, element, children: null };
}

// Prose that is the whole criterion stands in the card's text already.
function worthDrawing(logic) {
  return logic && !(logic.kind === "statement" && !logic.windows.length && logic.asserts);
}

// What the drawing above does not say already: what is missing, and what decided in the criteria below or in plain prose.
function drawReasons(card) {
  const { outcome, reasons, needs } = card.verdict;
  const drawn = worthDrawing(card.logic);
  const told = reasons.filter(([criterion]) => criterion !== card.id || !drawn).map(reasonText);
  const missing = drawn || card.heading ? needs.filter((need) => !need.startsWith("whether: ")).map((need) => `needs ${need}`) :
    needs.map((need) => need === `whether: ${bare(card.text)}` ? "needs to know whether this is so" : `needs ${need}`);
  const lines = outcome === "unknown" ? missing : told;
  if (!lines.length) return null;
  const more = lines.length - TOLD;
  return el("ul", { class: "reasons" }, lines.slice(0, TOLD).map((line) => el("li", {}, shown(line))),
    more > 0 ? el("li", {}, `and ${more} more`) : null);
}

// As `asked` of report/verdicts.py names it.
const bare = (text) => text.replace(/[.,; ]+$/, "");

function reasonText([criterion, requirement, outcome, fact]) {
  return `${criterion.replace("_", " ")}: ${requirement} is ${TRUTHS[outcome]}${fact ? ` (${fact})` : ""}`;
}

function drawRemarks(remarks) {
  if (!remarks.length) return null;
  return el("ul", { class: "remarks" }, remarks.map(([code, severity, message]) =>
    el("li", { class: severity }, el("code", {}, code), ` ${shown(message)}`)));
}
