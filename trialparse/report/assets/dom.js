"use strict";
// Elements, data and words. Whatever strangers wrote reaches the page as text nodes and attribute values alone.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const el = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
const byId = (id) => document.getElementById(id);

function data(id) {
  return JSON.parse(byId(id).textContent);
}

// Signs that nobody sees, or that turn the direction of writing, are shown by their numbers.
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function shown(text) {
  return text.replace(/\r\n?/g, "\n").replace(HIDDEN, (sign) => `‹U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);
}

function counted(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many || one + "s"}`;
}

function percent(part, whole) {
  return whole ? Math.round((100 * part) / whole) : 100;
}

const countedCriteria = (number) => counted(number, "criterion", "criteria");
const nameOf = (entry, number) => shown(entry.id || entry.path || `trial ${number + 1}`);

// Opens whatever an element is folded away in.
function unfold(element) {
  for (let box = element.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
}

// The outcome of a requirement as people say it: of a part, and of a whole criterion.
const TRUTHS = { met: "true", not_met: "false", unknown: "unknown" };
const OUTCOMES = { met: "met", not_met: "not met", unknown: "unknown" };

// What a verdict means for taking part: an exclusion criterion that is met excludes.
function standing(outcome, section) {
  if (outcome === "unknown") return "open";
  return (outcome === "met") === (section !== "exclusion") ? "good" : "bad";
}

function outcomeBadge(outcome, section) {
  const excludes = section === "exclusion" && outcome === "met" ? ", excludes" : "";
  return el("span", { class: `outcome ${standing(outcome, section)}` }, OUTCOMES[outcome] + excludes);
}
