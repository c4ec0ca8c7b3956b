"""What went wrong, was repaired or was assumed, as data: a code, a severity, a message and a place."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from trialparse.models.base import Model, Span

Severity = Literal["info", "warning", "error"]


class Diagnostic(Model):
    """One remark about the reading. Nothing is repaired, inferred or assumed without one."""

    code: str = Field(description='stable, machine-readable: one of the keys of `CODES`, for example "numbering_gap"')
    severity: Severity
    message: str
    span: Span | None = None


CODES: dict[str, tuple[Severity, str]] = {
    "age_conflict": ("warning", "{field} is {stated}, but a criterion asks for {criterion}"),
    "alternative_number": ("warning", "{text!r} read as {read}: of two numbers for one end the wider one is taken"),
    "ambiguous_comparator": ("warning", "{text!r} read as {read}: its words deny or compare in more than one way"),
    "ambiguous_date": ("info", "{text!r} read as {date}: day and month could be swapped"),
    "ambiguous_equals": ("warning", "= stands where ≤, ≥ or = was written; no direction is assumed"),
    "ambiguous_list": ("warning", "{text!r} ends in or, amid a list that asks for more; it is read as required"),
    "ambiguous_number": ("warning", "{text!r} read as {read}: of the two readings of its mark only this one is likely"),
    "ambiguous_scope": ("info", "and and or meet in {text!r} without a comma; and is taken to bind tighter"),
    "assumed_inclusion": ("warning", "criteria stand under no heading; read as inclusion"),
    "assumed_minimum_age": ("info", "one age without a label; read as the lower limit"),
    "borrowed_comparator": ("info", "{text!r} has no comparator; it has that of the limit before it"),
    "borrowed_measure": ("info", "{text!r} is taken for a limit on {measure}, which is named elsewhere"),
    "borrowed_unit": ("info", "{text!r} has no unit of its own; {unit} is that of its neighbour"),
    "broken_document": ("error", "the document is broken here; the rest is not read as fields, but kept as a section"),
    "columns_read": ("info", "read by the names of its columns: {columns}"),
    "day_number": ("info", "{text!r} read as {date}: a day as spreadsheets count them"),
    "doubtful_heading": ("warning", "{text!r} taken for the heading of {section} criteria"),
    "empty_source": ("error", "the source holds no text"),
    "encoding_fallback": ("warning", "the bytes are not valid UTF-8; read as {encoding}"),
    "entities_refused": ("error", "the document declares entities of its own; it was not read beyond that"),
    "hidden_text": ("info", "the page does not show this text; it is kept among the sections"),
    "implausible_value": (
        "warning",
        "{text!r}: no such limit on {measure} is likely; is its unit or its number right?",
    ),
    "inferred_unit": ("info", "{text!r} has no unit, or one of its kin; {unit} was inferred for {measure}"),
    "joined_list": ("info", "{field}: several may be printed without separators; kept as text"),
    "layout_refused": ("warning", "signs of {layout}, but no criteria where it prints them; read as an unknown page"),
    "letter_left_out": ("info", "{text!r} read as {read}: the letter behind a class is left out"),
    "linked_data": ("info", "{fields}: not on the page itself, read from its JSON-LD"),
    "logic_too_deep": ("warning", "conditions nested deeper than {limit} levels; the criterion is kept as prose"),
    "max_depth": ("warning", "lists nested deeper than {limit} levels were flattened"),
    "no_criteria": ("warning", "no eligibility criteria were found"),
    "no_usable_text": (
        "error",
        "no column holds a record's text or title; there are {columns}: name the one that does (--field)",
    ),
    "not_a_trial": ("error", "neither a trial id nor criteria were found; is this a trial record?"),
    "not_joined": ("warning", "how the parts join was not understood; they are read as all required"),
    "numbering_gap": ("info", "list numbering goes from {before} to {after}; an item may be missing"),
    "read_from_prose": ("info", "{fields}: under no label, read from a sentence or a line of values"),
    "several_records": ("warning", "the source holds {count} records, of which only the first was read: {names}"),
    "sign_repaired": ("warning", "{text!r} read as {repaired!r}: a sign of another encoding or font"),
    "source_cut": ("error", "the source has more than {limit} characters; what stands behind them was not read"),
    "struck_text": ("info", "text that is struck out was set aside"),
    "superscript_repaired": ("warning", "{text!r} read as {repaired!r}: the exponent lost its superscript"),
    "unclear_comparator": ("warning", "{text!r} compares in no way that is known; its number is not read"),
    "unclear_number": ("warning", "{text!r} is no number that makes sense; it is not read"),
    "unclear_pairing": ("warning", "which number of {text!r} belongs to whom was not understood; it is not read"),
    "unclosed_markup": ("warning", "a {what} of the markup is never closed: nothing behind it is text of the page"),
    "unit_inferred": ("warning", "no unit is written; {unit} was inferred"),
    "unknown_layout": ("warning", "the page's layout was not recognised"),
    "unreadable_value": ("warning", "{field}: {value!r} could not be read"),
}
"""Code -> severity and message template."""


def diagnostic(code: str, span: tuple[int, int] | None = None, **details: object) -> dict[str, Any]:
    """Input for `Diagnostic`: `code` must be in `CODES`; `span` are source offsets; `details` fill the message."""
    severity, template = CODES[code]
    where = None if span is None else {"start": span[0], "end": span[1]}
    return {"code": code, "severity": severity, "message": template.format(**details), "span": where}
