// Puts the page together: the trial that the address names is open, the others are drawn when they are asked for.

const CHUNK = 25;

class Page {
  constructor() {
    const { trials, failures, facets, patient } = data("index");
    this.entries = trials;
    this.patient = patient;
    this.sheets = new Map();
    this.admitted = new Map();
    this.filters = new Filters(byId("filters"), facets, patient !== null);
    this.filters.read();
    this.ranges = new RangesView(byId("ranges-view"), trials);
    this.list = byId("trial-list");
    this.list.append(...trials.map((entry, number) => drawEntry(entry, number, patient !== null)));
    const criteria = trials.reduce((sum, entry) => sum + entry.criteria, 0);
    byId("summary").textContent = [counted(trials.length, "trial"), countedCriteria(criteria),
      failures.length ? `${failures.length} not read` : ""].filter(Boolean).join(" · ");
    this.drawPatient();
    this.drawFailures(failures);
    this.wire();
    this.route();
  }

  wire() {
    const wide = matchMedia("(min-width: 60rem)");
    const fit = () => {
      byId("rail").open = wide.matches;
      byId("filter-box").open = wide.matches;
    };
    wide.addEventListener("change", fit);
    fit();
    byId("rail").hidden = this.entries.length < 2;
    byId("trials-view").classList.toggle("single", this.entries.length < 2);
    this.list.addEventListener("click", () => { if (!wide.matches) byId("rail").open = false; });
    byId("show-trials").addEventListener("click", () => this.show("trials"));
    byId("show-ranges").addEventListener("click", () => this.show("ranges"));
    let waiting = 0;
    const form = byId("filters");
    form.addEventListener("input", () => {
      this.list.setAttribute("aria-busy", "true");
      clearTimeout(waiting);
      waiting = setTimeout(() => this.filter(), 150);
    });
    form.addEventListener("reset", () => setTimeout(() => this.filter(), 0));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", () => this.route());
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  sheet(number) {
    if (!this.sheets.has(number)) this.sheets.set(number, data(`trial-${number}`));
    return this.sheets.get(number);
  }

  // #NUMBER/CRITERION/PATH
  route() {
    if (!this.entries.length) {
      byId("main").replaceChildren(el("p", { class: "notice" }, "There is no trial in this report."));
      return;
    }
    const [number, criterion, ...paths] = location.hash.slice(1).split("/");
    if (location.hash === "#main") return;
    if (/^\d+$/.test(number)) this.show("trials");
    const wanted = this.entries[number] ? Number(number) : this.view ? this.view.number : 0;
    if (!this.view || this.view.number !== wanted) this.open(wanted);
    if (criterion && this.sheet(wanted).cards.some(({ id }) => id === criterion)) this.view.pick(criterion, paths, "address");
  }

  open(number) {
    this.view = new TrialView(number, this.entries[number], this.sheet(number));
    byId("main").replaceChildren(this.view.element);
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const link = this.list.children[number].firstElementChild;
    link.setAttribute("aria-current", "true");
    this.view.filter(this.filters.active ? this.admittedOf(number) : null);
    this.leadOn();
  }

  leadOn() {
    if (!this.view) return;
    const first = [...this.list.children].findIndex((each) => !each.hidden);
    this.view.leadOn(this.entries[first], first);
  }

  show(name) {
    for (const each of ["trials", "ranges"]) {
      byId(`${each}-view`).hidden = each !== name;
      byId(`show-${each}`).setAttribute("aria-pressed", each === name);
    }
    byId("filter-box").hidden = name === "ranges";
    if (name === "ranges") this.ranges.open();
  }

  admittedOf(number) {
    if (!this.admitted.has(number)) {
      const sheet = this.sheet(number);
      const ids = sheet.cards.filter((card) => this.filters.admits(card, sheet, this.entries[number])).map(({ id }) => id);
      this.admitted.set(number, new Set(ids));
    }
    return this.admitted.get(number);
  }

  // Chunk by chunk, so that the page answers meanwhile.
  filter() {
    this.filters.read();
    this.admitted.clear();
    this.round = (this.round || 0) + 1;
    const round = this.round;
    let criteria = 0;
    let trials = 0;
    const step = (from) => {
      if (round !== this.round) return;
      for (let number = from; number < Math.min(from + CHUNK, this.entries.length); number++) {
        const found = this.filters.active ? this.admittedOf(number).size : 0;
        const kept = !this.filters.active || found > 0 || this.filters.admitsTrial(this.sheet(number));
        this.list.children[number].hidden = !kept;
        criteria += found;
        if (kept) trials += 1;
      }
      if (from + CHUNK < this.entries.length) setTimeout(() => step(from + CHUNK), 0);
      else this.filtered(criteria, trials);
    };
    step(0);
    if (this.view) this.view.filter(this.filters.active ? this.admittedOf(this.view.number) : null);
  }

  filtered(criteria, trials) {
    this.list.setAttribute("aria-busy", "false");
    byId("filter-count").textContent = this.filters.active ?
      `${countedCriteria(criteria)} in ${counted(trials, "trial")}` : "";
    this.leadOn();
  }

  // On paper: all that the filters leave and the one that is open, in the order of the list.
  print(begins) {
    for (const each of document.querySelectorAll(".trial.printed-only")) each.remove();
    if (!begins || !this.view) return;
    const others = [...this.entries.keys()].filter((number) => number !== this.view.number && !this.list.children[number].hidden);
    for (const number of others) {
      const view = new TrialView(number, this.entries[number], this.sheet(number));
      view.filter(this.filters.active ? this.admittedOf(number) : null);
      view.element.classList.add("printed-only");
      if (number < this.view.number) this.view.element.before(view.element);
      else byId("main").append(view.element);
    }
  }

  drawPatient() {
    if (this.patient === null) return;
    const box = byId("patient");
    box.hidden = false;
    const facts = this.patient.facts.map(([name, fact]) => el("li", {}, `${shown(name)} ${shown(fact)}`));
    box.append(el("strong", {}, this.patient.id ? `Patient ${shown(this.patient.id)}` : "Patient"), el("ul", {}, ...facts));
  }

  drawFailures(failures) {
    if (!failures.length) return;
    const box = byId("failures");
    box.hidden = false;
    box.append(el("details", { class: "failures", open: this.entries.length === 0 },
      el("summary", {}, `${counted(failures.length, "input")} could not be read`),
      el("ul", {}, failures.map(([where, reason]) => el("li", {}, el("code", {}, shown(where)), ` ${shown(reason)}`)))));
  }
}

new Page();
