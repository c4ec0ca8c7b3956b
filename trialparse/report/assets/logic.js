// The logic of a criterion: all, any, not and if as frames that say what they are, limits and times as buttons in them.

const OPERATORS = { all: "all of", any: "any of", not: "not", if: "if" };

function drawLogic(node, pick) {
  if (node.kind === "threshold") return drawLimit(node, pick);
  if (node.kind === "window") return el("div", { class: "leaf-row" }, leafButton(node, node.formula, pick));
  if (node.kind === "statement") return drawProse(node, pick);
  if (node.kind === "if") return drawCondition(node, pick);
  const word = node.kind === "at_least" ? `at least ${node.minimum} of` : OPERATORS[node.kind];
  return el("div", groupOf(node, pick),
    el("span", { class: "operator" }, word),
    el("ul", {}, node.items.map((item) => el("li", {}, drawLogic(item, pick)))));
}

function drawCondition(node, pick) {
  const rows = ["if", "then", "otherwise"].slice(0, node.items.length);
  return el("div", groupOf(node, pick), el("dl", {}, rows.map((word, i) => [
    el("dt", { class: "operator" }, word),
    el("dd", { class: word }, drawLogic(node.items[i], pick)),
  ])));
}

// A frame is found by what was read as one part: a condition of several limits, say.
function groupOf(node, pick) {
  return { class: `group ${node.kind}`, "data-path": node.path,
    onclick: (event) => { event.stopPropagation(); pick([node.path]); } };
}

function leafButton(node, text, pick) {
  const fact = node.outcome ? factOf(node) : null;
  return el("button", { type: "button", class: `leaf ${node.kind}`, "data-path": node.path,
    onclick: (event) => { event.stopPropagation(); pick([node.path]); } }, shown(text), fact);
}

function factOf(node) {
  const mark = { met: "✓", not_met: "✗", unknown: "?" }[node.outcome];
  return el("span", { class: `fact ${node.outcome}` }, ` ${mark} ${TRUTHS[node.outcome]}${node.fact ? `: ${shown(node.fact)}` : ""}`);
}

function drawLimit(node, pick) {
  const about = [node.canonical && `= ${node.canonical}`, printedUnit(node), node.loinc && `LOINC ${node.loinc}`];
  return el("div", { class: "leaf-row" },
    leafButton(node, node.formula, pick), roleTag(node), times(node, pick),
    el("small", { class: "about" }, about.filter(Boolean).map(shown).join(" · ")));
}

function printedUnit(node) {
  return node.unit && !node.formula.endsWith(node.unit) ? `printed as ${node.unit}` : null;
}

function drawProse(node, pick) {
  const button = leafButton(node, node.text, pick);
  if (!node.asserts) button.classList.add("note");
  const role = node.asserts ? roleTag(node) : el("span", { class: "role" }, "note");
  return el("div", { class: "leaf-row" }, button, role, times(node, pick));
}

function times(node, pick) {
  return node.windows.length ? el("span", { class: "times" }, node.windows.map((each) => leafButton(each, each.formula, pick))) : null;
}

function roleTag(node) {
  return node.role && node.role !== "requirement" ? el("span", { class: "role" }, node.role) : null;
}
