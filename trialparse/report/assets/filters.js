// Which criteria are wanted: by words, section, measure, remark, role and what they come to for the patient.

class Filters {
  constructor(form, facets, withPatient) {
    this.form = form;
    for (const [name, key] of [["measure", "measures"], ["remark", "remarks"]]) {
      form.elements[name].append(...facets[key].map(([value, trials]) => el("option", { value }, `${shown(value)} (${trials})`)));
    }
    byId("outcome-filter").hidden = !withPatient;
  }

  read() {
    const wanted = Object.fromEntries(new FormData(this.form));
    wanted.words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
    this.wanted = wanted;
    this.active = wanted.words.length > 0 || ["section", "measure", "remark", "role", "outcome"].some((name) => wanted[name]);
  }

  // A trial's own remarks are of no criterion: they count where only a remark is asked for.
  admitsTrial(sheet) {
    const { remark, section, measure, role, outcome, words } = this.wanted;
    const aside = remark && !section && !measure && !role && !outcome && !words.length;
    return Boolean(aside) && sheet.remarks.some(([code]) => code === remark);
  }

  admits(card, sheet, entry) {
    const { section, measure, remark, role, outcome, words } = this.wanted;
    return (!section || card.section === section) &&
      (!measure || card.measures.includes(measure)) &&
      (!remark || card.remarks.some(([code]) => code === remark)) &&
      (!role || card.roles.includes(role)) &&
      (!outcome || (card.verdict && card.verdict.outcome === outcome)) &&
      this.hasWords(card, entry);
  }

  hasWords(card, entry) {
    if (!this.wanted.words.length) return true;
    const all = `${entry.id || ""} ${entry.title || ""} ${card.id} ${card.text} ${formulas(card.logic).join(" ")}`.toLowerCase();
    return this.wanted.words.every((word) => all.includes(word));
  }
}

function formulas(node) {
  if (!node) return [];
  return [node.formula, ...(node.items || []).flatMap(formulas), ...(node.windows || []).flatMap(formulas)].filter(Boolean);
}
