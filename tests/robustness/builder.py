"""Texts like those that scrapers deliver, right and broken, built from nothing but choices.

`Builder` asks its `pick` for every choice, so that hypothesis and atheris can both drive it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from json import dumps
from typing import TypeVar

from trialparse.lexicon.tables import load

T = TypeVar("T")
Pick = Callable[[int], int]
"""A choice: `pick(n)` gives one of 0 .. n-1."""

HEADINGS = (
    "Inclusion Criteria:", "Exclusion Criteria", "KEY INCLUSION CRITERIA -", "Main criteria for inclusion",
    "DISEASE CHARACTERISTICS:", "Hepatic:", "Cohort A", "All of the following:", "At least 2 of the following:",
    "Eligibility Criteria", "E.3 Principal inclusion criteria", "E.4", "Other protocol-defined criteria may apply",
)  # fmt: skip
LABELS = (
    "Brief Title", "Official title:", "NCT ID", "Phase", "Sex", "Ages Eligible for Study", "Age", "Enrollment",
    "Start Date", "Sponsor", "Locations", "Conditions", "Arms", "Interventions", "Study Type", "Status", "Allocation",
    "Accepts Healthy Volunteers", "Brief Summary", "Detailed Description", "A.2 EudraCT number:", "Masking",
)  # fmt: skip
VALUES = (
    "NCT99000001", "2020-000000-11", "PHASE2", "Phase 1/Phase 2", "ALL", "18 Years to 75 Years", "N/A", "120 [Actual]",
    "March 2021", "2021-02-30", "31/12/2020", "Drug: corvaline", "Experimental: A", "Sofia, Bulgaria", "No", "Yes",
)  # fmt: skip
MARKERS = ("", "* ", "- ", "• ", "1. ", "2) ", "(3) ", "1\\. ", "a. ", "ii. ", "① ", "\uf0b7 ", "1.2.1 ", "7", "*")
ODD = (
    "\\<", "\\>", "&gt;", "&amp;lt;", "&#x2265;", "&bogus;", "½", "10⁹/L", "109/L", "\u00a0", "\u00ad", "\t", "—",
    "\x00", "\ud800", "\udfff", "e\u0301", "\u200b", "İ", "ﬁ", "㎡", "１８", "\u202e", "\ufeff", "\u2028", "\r", "NaN",
    "1e999", "9" * 40, "-0", "0x1F", "99999999999999999999.9", "((", "))", "if", "unless", "not", "or", "and", ",",
    ";", ".", ":",
)  # fmt: skip
WORDS = (
    "platelets", "ALT", "AST", "hemoglobin", "ECOG", "NYHA class", "age", "BP", "HbA1c", "QTcF", "creatinine", "75",
    "1.5", "1,000", "2-3", "III", "18 years", "28 days", "10^9/L", "x 10", "mg/dL", "%", "× ULN", "ULN + 4 s",
    "screening", "liver metastases", "surgery", "(", ")", "/", "≥", "<=", "140/90 mmHg", "within", "before", "men",
    "women", "for",
)  # fmt: skip
_KEYS = (
    "protocolSection", "identificationModule", "nctId", "eligibilityModule", "eligibilityCriteria", "minimumAge", "sex",
    "designModule", "phases", "enrollmentInfo", "count", "statusModule", "startDateStruct", "date", "studies",
    "healthyVolunteers", "conditionsModule", "conditions", "armsInterventionsModule", "armGroups", "label", "x",
)  # fmt: skip
_TAGS = (
    "clinical_study", "id_info", "nct_id", "eligibility", "criteria", "textblock", "minimum_age", "phase", "location",
    "TrialID", "Inclusion_Criteria", "Exclusion_Criteria", "Trial", "enrollment", "gender", "start_date",
)  # fmt: skip
_EXPORT = ("TrialID", "Source_Register", "Public_title", "Inclusion_Criteria", "Exclusion_Criteria")
_HTML_TAGS = (
    "p",
    "ul",
    "ol",
    "li",
    "div",
    "table",
    "tr",
    "td",
    "h2",
    "b",
    "sup",
    "br",
    "script",
    "style",
    "pre",
    "svg",
)
_PROLOGUES = (
    "", "<?xml version='1.0' encoding='UTF-8'?>", "<?xml version='1.0' encoding='utf-16'?>",
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///dev/null">]>', '<!DOCTYPE a SYSTEM "x.dtd">', "<!--", "<![CDATA[",
)  # fmt: skip
_NUMBERS = ("0", "-1", "1e999", "NaN", "-Infinity", "1" * 50, "1.5", "true", "null", "tru", "0x1")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    return tuple(
        phrase for values in load("vocabulary").values() for phrases in values.values() for phrase in phrases[:2]
    )


class Builder:
    """Builds texts from the choices that `pick` makes."""

    def __init__(self, pick: Pick) -> None:
        self.pick = pick
        self._words = WORDS + _vocabulary()

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.pick(len(options))]

    def rarely(self) -> bool:
        """True once in eight times."""
        return self.pick(8) == 7

    def word(self) -> str:
        """A word of a criterion, seldom something odd."""
        if not self.rarely():
            return self.one(self._words)
        return chr(self.pick(0x110000)) if self.rarely() else self.one(ODD)

    def sentence(self) -> str:
        """Words of a criterion."""
        return " ".join(self.word() for _ in range(self.pick(12)))

    def line(self) -> str:
        """A line of criteria."""
        if self.rarely():
            return self.one(HEADINGS)
        return " " * (2 * self.pick(4)) + self.one(MARKERS) + self.sentence()

    def criteria(self) -> str:
        """A block of criteria."""
        end = self.one(("\n", "\n", "\n\n", "\r\n"))
        return end.join([self.one(HEADINGS), *(self.line() for _ in range(self.pick(10)))])

    def page(self) -> str:
        """A page of labels and values with criteria in it."""
        parts = []
        for _ in range(self.pick(8)):
            glue = self.one((": ", "\n", "", " | "))
            parts.append(self.one(LABELS) + glue + (self.one(VALUES) if self.pick(4) else self.sentence()))
        parts.insert(self.pick(len(parts) + 1), self.criteria())
        return "\n".join(parts)

    def json(self, depth: int = 0) -> str:
        """Text that is JSON, or nearly."""
        kind = self.pick(4) if depth < 5 else 3
        if kind == 0 and depth:
            return f"[{', '.join(self.json(depth + 1) for _ in range(self.pick(3)))}]"
        if kind == 3 and depth:
            text = self.one((self.criteria(), self.sentence(), self.one(VALUES), self.one(_NUMBERS)))
            return text if self.rarely() else dumps(text, ensure_ascii=self.rarely())
        items = (f'"{self.one(_KEYS)}": {self.json(depth + 1)}' for _ in range(1 + self.pick(4)))
        return "{" + ", ".join(items) + "}"

    def xml(self, tags: Sequence[str] = _TAGS, depth: int = 0) -> str:
        """Text that is XML or HTML, or nearly."""
        if depth > 4 or (depth and not self.pick(3)):
            text = self.one((self.criteria(), self.sentence(), self.one(VALUES)))
            return text if self.rarely() else escape(text)
        tag = self.one(tags)
        inner = "\n".join(self.xml(tags, depth + 1) for _ in range(self.pick(4)))
        attribute = ' type="Actual"' if self.rarely() else ""
        return f"<{tag}{attribute}>{inner}" + ("" if self.rarely() else f"</{tag}>")

    def document(self) -> str:
        """A document of any kind."""
        return self.one(
            (self.page, self.criteria, self.record_json, self.json, self.record_xml, self.html, self.export)
        )()

    def record_json(self) -> str:
        """A record as the API gives it, among other things."""
        criteria = dumps(self.criteria(), ensure_ascii=self.rarely())
        named = '{"identificationModule": {"nctId": "NCT99000001", "briefTitle": ' + dumps(self.sentence()) + "}"
        asked = f'"eligibilityModule": {{"eligibilityCriteria": {criteria}, "minimumAge": {dumps(self.one(VALUES))}}}'
        return f'{{"protocolSection": {named}, {asked}, "x": {self.json()}}}}}'

    def record_xml(self) -> str:
        """A record of the registry's former XML, among other elements."""
        criteria = (
            f"<eligibility><criteria><textblock>{self._cdata(self.criteria())}</textblock></criteria></eligibility>"
        )
        parts = [self.xml(), criteria, self.xml()]
        return f"{self.one(_PROLOGUES)}<clinical_study>{''.join(parts)}</clinical_study>"

    def export(self) -> str:
        """A trial as the WHO portal exports it: XML or CSV."""
        values = ["ISRCTN12345678", "ISRCTN", self.sentence(), self.criteria(), self.criteria()]
        if self.pick(2):
            parts = (f"<{tag}>{self._cdata(value)}</{tag}>" for tag, value in zip(_EXPORT, values, strict=True))
            return f"<Trials_downloaded_from_ICTRP><Trial>{''.join(parts)}</Trial></Trials_downloaded_from_ICTRP>"
        cells = ('"' + value.replace('"', '""') + '"' for value in values)
        return ",".join(_EXPORT) + "\n" + ",".join(cells) + "\n"

    def html(self) -> str:
        """A page's markup."""
        body = "\n".join(self.one(("<p>", "<li>", "<br>", "")) + line for line in self.criteria().splitlines())
        return f"<!doctype html><h1>NCT99000001</h1>{self.xml(_HTML_TAGS)}<div>{body}</div>{self.xml(_HTML_TAGS)}"

    def _cdata(self, text: str) -> str:
        return f"<![CDATA[{text}]]>" if self.rarely() else escape(text)

    def damaged(self, text: str) -> str:
        """The text with up to three stretches cut out, doubled or written over."""
        for _ in range(self.pick(4)):
            start = self.pick(len(text) + 1)
            end = start + self.pick(len(text) - start + 1)
            middle = self.one(("", text[start:end] * 2, self.one(ODD), self.one(_PROLOGUES)))
            text = text[:start] + middle + text[end:]
        return text

    def encoded(self, text: str) -> bytes:
        """The text as bytes, not always all in one encoding."""
        at = self.pick(len(text) + 1) if self.rarely() else len(text)
        parts = (text[:at], text[at:])
        return b"".join(part.encode(self.one(_ENCODINGS), self.one(("replace", "ignore"))) for part in parts)
