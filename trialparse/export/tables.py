"""The tables that trials are written to, and their columns.

Numbers are float64, as they are numbers in JSON: the lexer admits at most 15 significant digits, which a float64 holds,
so `Decimal(repr(x))` is the exact value again, and every engine compares and sums the column at full speed. (A decimal
column becomes Python objects in pandas, and needs a scale that no unit system fits.)
"""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: str
    """As SQL and Spark write it: string, bigint, double, boolean, array<string>."""
    about: str


_KEY = (
    Column("record", "string", "joins the tables: a hash of the record's place and text, the same in every run"),
    Column("trial_id", "string", "primary registry id; null where none was found"),
)
_SPAN = (
    Column("start", "bigint", "offset of the first character in the record's text"),
    Column("end", "bigint", "offset after the last character"),
)


def _limit_columns(side: str) -> tuple[Column, ...]:
    return (
        Column(side, "double", f"the {side} limit, in `{side}_unit` or as a multiple of `{side}_relative_to`"),
        Column(f"{side}_inclusive", "boolean", "whether the value itself is admitted"),
        Column(f"{side}_unit", "string", "UCUM code"),
        Column(f"{side}_unit_text", "string", "unit as printed"),
        Column(f"{side}_relative_to", "string", "ULN, LLN or BASELINE"),
        Column(f"{side}_offset", "double", "what is added to the reference: the 4 of ULN + 4 s"),
        Column(f"{side}_offset_unit", "string", "UCUM code"),
        Column(f"{side}_offset_unit_text", "string", "as printed"),
    )


_CANONICAL = (
    Column("canonical_lower", "double", "lower limit in the measure's own unit"),
    Column("canonical_upper", "double", "upper limit in the measure's own unit"),
    Column("canonical_unit", "string", "UCUM code of the measure's own unit"),
)
_PLACE = (
    Column("role", "string", "requirement; condition, exception and note are no limit on the patient"),
    Column("alternative", "string", "`node` of the innermost any that it is a branch of; null if of none"),
    Column(
        "group",
        "string",
        "null where it decides alone: who misses it (inclusion) or meets it (exclusion) is out; else the outermost "
        'part of the tree in which it is joined with others: a criterion ("E4") or a node ("I3/0.1")',
    ),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "trials": (
        *_KEY,
        Column("registry", "string", "registry of `trial_id`"),
        Column("secondary_ids", "array<string>", "other ids"),
        Column("layout", "string", "layout that read the record"),
        Column("path", "string", "where the record was read: file, member, row"),
        Column("url", "string", "of the page, where known"),
        Column("sha256", "string", "of the record's text"),
        Column("schema_version", "string", "of the trial model"),
        Column("brief_title", "string", ""),
        Column("official_title", "string", ""),
        Column("acronym", "string", ""),
        Column("overall_status", "string", "RECRUITING, COMPLETED, ..."),
        Column("phases", "array<string>", "PHASE1, PHASE2, ..."),
        Column("study_type", "string", "INTERVENTIONAL, OBSERVATIONAL, EXPANDED_ACCESS"),
        Column("enrollment", "bigint", "number of participants"),
        Column("enrollment_type", "string", "ACTUAL or ESTIMATED"),
        Column("start_date", "string", "year, month or day, as precise as the record is"),
        Column("primary_completion_date", "string", ""),
        Column("completion_date", "string", ""),
        Column("last_update_date", "string", ""),
        Column("allocation", "string", ""),
        Column("intervention_model", "string", ""),
        Column("primary_purpose", "string", ""),
        Column("masking", "string", ""),
        Column("conditions", "array<string>", ""),
        Column("keywords", "array<string>", ""),
        Column("interventions", "array<string>", "their names"),
        Column("lead_sponsor", "string", ""),
        Column("lead_sponsor_class", "string", ""),
        Column("countries", "array<string>", "of the locations, each once"),
        Column("minimum_age", "double", "in `minimum_age_unit`"),
        Column("minimum_age_unit", "string", "UCUM: a, mo, wk, d, h, min"),
        Column("maximum_age", "double", "in `maximum_age_unit`"),
        Column("maximum_age_unit", "string", ""),
        Column("sex", "string", "ALL, FEMALE, MALE"),
        Column("healthy_volunteers", "boolean", ""),
        Column("related_trial_ids", "array<string>", "ids of other trials that the page points to"),
        Column("diagnostics", "array<string>", "codes, in order"),
    ),
    "criteria": (
        *_KEY,
        Column("criterion", "string", 'id within the trial: "I3.2"'),
        Column("parent", "string", "id of the criterion it stands under"),
        Column("section", "string", "inclusion, exclusion, other"),
        Column("depth", "bigint", "0 for a criterion that stands under none"),
        Column("marker", "string", "bullet or number as printed"),
        Column("text", "string", "own text, without the children's"),
        Column("heading", "boolean", "whether it asserts nothing by itself"),
        Column("combine", "string", "how the children join: all, any, at_least"),
        Column("minimum", "bigint", "how many children must hold"),
        *_SPAN,
    ),
    "thresholds": (
        *_KEY,
        Column("criterion", "string", "id of the criterion it stands in"),
        Column("section", "string", "inclusion, exclusion, other; the exclusion section does not turn a limit round"),
        Column("number", "bigint", "place among the trial's thresholds, from 0"),
        Column("measure", "string", 'canonical name, such as "platelets"; null where the lexicon has none'),
        Column("measure_text", "string", "as printed"),
        Column("loinc", "string", "code, where verified"),
        *_limit_columns("lower"),
        *_limit_columns("upper"),
        Column("values", "array<string>", "classes that are not numbers: Child-Pugh A, B"),
        *_CANONICAL,
        Column("condition", "string", "for whom it holds, where not for all"),
        Column("negated", "boolean", "whether the prose denies it"),
        *_PLACE,
        Column("text", "string", "as printed"),
        *_SPAN,
    ),
    "windows": (
        *_KEY,
        Column("criterion", "string", "id of the criterion it stands in"),
        Column("section", "string", "inclusion, exclusion, other"),
        Column("number", "bigint", "place among the trial's windows, from 0"),
        Column("threshold", "bigint", "`number` of the threshold it belongs to, if to one"),
        *_limit_columns("lower"),
        *_limit_columns("upper"),
        Column("lower_days", "double", "the lower limit in days (a month is 30.4375, a year 365.25)"),
        Column("upper_days", "double", "the upper limit in days"),
        Column("direction", "string", "before or after the anchor"),
        Column("anchor", "string", "the event that time is counted from, as printed"),
        Column("at_entry", "boolean", "whether it counts from the patient's entry into the trial; so does no anchor"),
        Column("subject", "string", "what happens then: the prose head in lower case, or the measure; null if alone"),
        Column("negated", "boolean", "whether the prose denies it"),
        *_PLACE,
        Column("text", "string", "as printed"),
        *_SPAN,
    ),
    "requirements": (
        *_KEY,
        Column("criterion", "string", "id of the criterion whose requirement it is part of"),
        Column("section", "string", "inclusion, exclusion, other"),
        Column("node", "string", 'place in the requirement: "0" is the root, "0.1" its second part'),
        Column("parent", "string", "`node` of what it stands in; null for the root"),
        Column("part", "string", "as what: item, condition, then, otherwise, window; null for the root"),
        Column("order", "bigint", "place among the criterion's nodes, parents first, from 0"),
        Column("kind", "string", "threshold, window, statement, all, any, at_least, not, if"),
        Column("minimum", "bigint", "how many items of at_least must hold"),
        Column("asserts", "boolean", "of a statement: false for a permission or an explanation, which binds nobody"),
        Column("measure", "string", "of a threshold, as in the table of thresholds"),
        Column("measure_text", "string", "as printed"),
        Column("loinc", "string", "code, where verified"),
        *_limit_columns("lower"),
        *_limit_columns("upper"),
        Column("values", "array<string>", "classes that are not numbers"),
        *_CANONICAL,
        Column("direction", "string", "of a window: before or after the anchor"),
        Column("anchor", "string", "of a window: the event that time is counted from, as printed"),
        Column("text", "string", "as printed; null for what joins others"),
        Column("start", "bigint", "offset of the first character; null for what joins others"),
        Column("end", "bigint", "offset after the last character"),
    ),
}
"""The columns of each table, in order. All but those of `_KEY` and the spans may be null."""

FAILURES: tuple[Column, ...] = (
    Column("id", "string", "of the record, where the input names it"),
    Column("path", "string", "where the record was read"),
    Column("url", "string", "of the page, where known"),
    Column("stage", "string", "read, parse, worker, write"),
    Column("error", "string", "class of the error"),
    Column("message", "string", ""),
    Column("raw", "string", "the record's text: may be given to the parser again"),
)
"""The columns for records that gave no trial, where an engine cannot write dead letters."""


EVERY = "every"
"""Name of a table that holds all others: a row for each record, a column for each table with the rows it has there."""


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, or of "failures".

    Raises:
        ValueError: there is no such table.
    """
    found = FAILURES if table == "failures" else TABLES.get(table)
    if found is None:
        raise ValueError(f"there is no table {table!r}; there are {', '.join(TABLES)} and failures")
    return found


def ddl(table: str) -> str:
    """The schema of a table, or of `EVERY` table in one, as SQL and Spark write it.

    Raises:
        ValueError: there is no such table.
    """
    if table == EVERY:
        return ", ".join(f"`{name}` array<struct<{_fields(name, ': ')}>>" for name in (*TABLES, "failures"))
    return _fields(table, " ")


def _fields(table: str, between: str) -> str:
    return ", ".join(f"`{each.name}`{between}{each.type}" for each in columns(table))
