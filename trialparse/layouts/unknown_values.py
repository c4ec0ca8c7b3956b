"""The values that sites print in more ways than any one of them: lists on one line, tables, words around a value."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialparse.layouts.fields import (
    BlockReader,
    Group,
    lead_sponsor,
    secondary_ids,
    single_condition,
    sponsors,
    typed_groups,
)
from trialparse.layouts.identifiers import trial_id
from trialparse.layouts.page import Value, label_key, unbulleted, wrapped
from trialparse.layouts.readers import joined
from trialparse.layouts.tables import Line
from trialparse.layouts.unknown_sites import SEMICOLON, labelled_countries, read_sites, table_rows, unquoted
from trialparse.layouts.values import LINE_READERS, Found, is_filler
from trialparse.lexicon.fields import coded, labels

_SPLIT = regex.compile(r"(?<!\s)\s*+[|·•]\s++|,\s++(?![^()]{0,200}+\))")
_NEXT_TYPED = regex.compile(r"(?:[,;]|(?<!\s)\s++[|•])?(?<!\s)\s++(?=(?:\p{Lu}\p{L}++)(?: \p{Lu}\p{L}++)?: \S)")
_AFTER_BRACKETS = regex.compile(r"(?<=[)\]])[,;]\s++")
_TYPE_IN_BRACKETS = regex.compile(r"(?<!\s)\s*+[(\[]([\p{L} /]++)[)\]]$")
_PERSON = regex.compile(r"^(?:Dr|Prof|Professor|Mr|Mrs|Ms)\b|,\s(?:M\.?D|Ph\.?D|DO|MBBS|FRCP\w?|RN|MPH|MSc?)\b")
"""How a person is named."""
_ARM_TYPE = regex.compile(r"(?:(?:group|arm) type|type)[ :]++(?=\S)", regex.IGNORECASE)
_CODE = regex.compile(r"(?=\S*\d)[\p{L}\d][\p{L}\d/._-]{2,29}")
"""A number of a trial that no registry has given."""
_SENTENCES = regex.compile(r"(?:\S++\s++){5}")
_PEOPLE = ("sex", "ages", "healthy_volunteers")
_PEOPLE_PARTS = regex.compile(r"(?:[,;/|·•]|(?<=\s)of(?=\sany\s))\s*+|(?<=\w)\s(?=(?:aged?|ages)\b)")
_REMARKS = regex.compile(r"(?<![,;.()])[,;.()]++(?:\s++|$)|(?<!\s)\s++[–—-]\s++|\(")
"""What parts a status from what is said of it."""
_PHASE = regex.compile(r"\bphase (?:[0-4]|IV|I{1,3})[ab]?(?:\s?[/-]\s?(?:[2-4]|IV|I{1,3})[ab]?)?\b", regex.IGNORECASE)
_STRETCH = regex.compile(
    r"(?:from )?([^–—]{4,30}?)(?<!\s)\s*+(?:[–—→]|(?<=\s)(?:-|to|until|till|through|/)(?=\s))\s*+(\S[^–—]{3,40})",
    regex.IGNORECASE,
)
"""A stretch of time between two dates."""
_OPEN_STRETCH = regex.compile(r"(?:from|since|starting|as of) (.{4,40})", regex.IGNORECASE)
_LONGEST_ITEM = 7
_SHORT = 60
_LONGEST_TITLE = 25


def _identifier(value: Value) -> Found | None:
    """The registration number; a number of no registry, printed as one, is a further number of the trial."""
    text = value.text(value.lines[0])
    value.left = list(value.lines[1:])
    if found := trial_id(text):
        return found
    return {"secondary_ids": [text]} if _CODE.fullmatch(text) else {} if is_filler(text) else None


def _purpose(value: Value) -> Found | None:
    """The primary purpose as registries code it; or the summary, where no other label promises one."""
    text = value.text(value.lines[0])
    if (found := LINE_READERS["primary_purpose"](text, value.label)) is not None:
        value.left = list(value.lines[1:])
        return found
    promised = not value.page.meanings.isdisjoint(("brief_summary", "overview"))
    return None if promised or not _SENTENCES.match(text) else {"brief_summary": value.prose()}


def _phases(value: Value) -> Found | None:
    """A phase, perhaps among words of the design: `Randomized phase II`."""
    text = unquoted(value.text(value.lines[0]))
    value.left = list(value.lines[1:])
    found = LINE_READERS["phases"](text, value.label)
    if found is not None or len(text) > _SHORT:
        return found
    phase = _PHASE.search(text)
    found = phase and LINE_READERS["phases"](phase.group(), value.label)
    return found and found | (LINE_READERS["design"](text, value.label) or {})


def _design(value: Value) -> Found | None:
    """The words of a design, and of which type the study is: `Observational, cohort`."""
    text = " ".join(map(value.text, value.lines))
    found, kind = LINE_READERS["design"](text, value.label), LINE_READERS["study_type"](text, value.label)
    head = LINE_READERS["study_type"](text.partition(",")[0], value.label)
    return joined(found or {}, kind or head or {}) or found


def _period(value: Value) -> Found | None:
    """`March 2025 – June 2027`, or lines such as `Start: March 2025`; what says no dates fills no field."""
    first = value.text(value.lines[0])
    match = _STRETCH.fullmatch(first)
    ends = match and (LINE_READERS["start_date"](match[1], ""), LINE_READERS["completion_date"](match[2], ""))
    if ends and ends[0] and ends[1]:
        return joined(ends[0], ends[1])
    if (open_end := _OPEN_STRETCH.fullmatch(first)) and (begins := LINE_READERS["start_date"](open_end[1], "")):
        return begins
    found: Found = {}
    for line in value.lines:
        label, _, day = value.text(line).partition(":")
        meaning = labels().get(label_key(label), "")
        if meaning.endswith("_date"):
            found = joined(found, LINE_READERS[meaning](day.strip(), label) or {})
    return found or None


def _status(value: Value) -> Found | None:
    """A status, perhaps as an answer or with a remark: `Yes, recruiting now`, `Not yet - opens soon`."""
    text = value.text(value.lines[0])
    value.left = list(value.lines[1:])
    whole = LINE_READERS["overall_status"](text, value.label)
    if whole is not None:
        return whole
    said = set()
    for part in filter(None, _REMARKS.split(text)):
        found = LINE_READERS["overall_status"](part, "")
        said |= set((found or {}).values())
        if not found and any(coded("overall_status", word) for word in part.split()):
            return None  # what is said besides is of its status, too
    if said == {"COMPLETED", "ACTIVE_NOT_RECRUITING"}:  # recruitment complete, follow-up continues
        said.remove("COMPLETED")
    return {"overall_status": said.pop()} if len(said) == 1 else None


def _recruitment_period(value: Value) -> Found | None:
    """When recruitment begins; when it ends is not when the trial does."""
    found = _period(value)
    return {name: each for name, each in found.items() if name != "completion_date"} if found else None


def _people(value: Value) -> Found:
    """Ages, sex and whether healthy people may join, in one value: `Women and men, 18-79 years`."""
    found: Found = {}
    for line in value.lines:
        for part in filter(None, _PEOPLE_PARTS.split(value.text(line))):
            readings = (LINE_READERS[name](part, "") for name in _PEOPLE)
            found = joined(found, next(filter(None, readings), {}))
    if not found:
        value.left = list(value.lines)
    return found


def is_of_people(text: str, lines: Sequence[Line]) -> bool:
    """Whether a line says nothing but ages, sex and whether healthy people may join: `Men and women, 18 to 70`."""
    if len(lines) != 1 or lines[0].end - lines[0].start > _SHORT or unbulleted(text, lines[0]) != lines[0]:
        return False
    parts = list(filter(None, _PEOPLE_PARTS.split(text[slice(*lines[0])])))
    return len(parts) > 1 and all(any(LINE_READERS[name](part, "") for name in _PEOPLE) for part in parts)


def _listed(value: Value) -> list[str]:
    """The items of a list, one a line, or on one line with signs between them."""
    items = [shown for line in value.lines if not is_filler(shown := unquoted(value.show(line)))]
    if len(items) == 1 and len(parts := list(filter(None, SEMICOLON.split(items[0])))) > 1:
        return parts
    if len(items) == 1:
        parts = [part for part in _SPLIT.split(items[0]) if part]
        if all(len(part.split()) <= _LONGEST_ITEM for part in parts):
            return parts
    return items


def _list(field: str) -> BlockReader:
    """A list; one long line without signs may hold several items with only spaces between them."""

    def read(value: Value) -> Found | None:
        items = _listed(value)
        if len(items) == 1 and _is_joined(value, items[0]):
            value.left = list(value.lines)
            return {"notes": [("joined_list", {"field": field})]}
        return {field: items} if items else {}

    return read


def _is_joined(value: Value, item: str) -> bool:
    """Whether one line holds several items with spaces between them: keywords that are so printed give it away."""
    if len(item.split()) > _LONGEST_TITLE:
        return True
    keywords = (other for label, other in value.page.items() if labels().get(label_key(label)) == "keywords_by_form")
    printed = [(other, other.text(other.lines[0])) for other in keywords if len(other.lines) == 1]
    joined = any(not (_SPLIT.search(text) or ";" in text or single_condition(other, text)) for other, text in printed)
    return joined and not single_condition(value, item)


def _sponsor(value: Value) -> Found | None:
    """An organisation; a person who leads the trial is none."""
    if _PERSON.search(value.text(value.lines[0])):
        value.left = list(value.lines)
        return {}
    found = lead_sponsor(value)
    name = found["lead_sponsor"]["name"] if found else ""
    if found and len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        found["lead_sponsor"]["name"] = name[1:-1]
    return found


def _organisations(value: Value) -> Found | None:
    """One a line, or with semicolons; a comma may belong to a name."""
    names = [name for line in value.lines for name in SEMICOLON.split(value.show(line)) if not is_filler(name)]
    return {"collaborators": [{"name": name} for name in names]} if names else {}


def _sponsors(value: Value) -> Found | None:
    """The sponsor and then collaborators, one a line, or parted by a slash as the words of the label are."""
    found = sponsors(value)
    names = value.show(value.lines[0]).split(" / ")
    if "/" not in value.label or len(value.lines) > 1 or len(names) < 2:
        return found
    return {"lead_sponsor": {"name": names[0]}, "collaborators": [{"name": name} for name in names[1:]]}


def _other_ids(value: Value) -> Found | None:
    if len(value.lines) > 1 or len(parts := _listed(value)) < 2:
        return secondary_ids(value)
    return {"secondary_ids": parts}


def _arms(value: Value) -> Found | None:
    """Arms as `Experimental: name`, or a name with its type on the line below and then its description."""
    if found := typed_groups(value):
        return found
    types = [coded("arm_type", _ARM_TYPE.sub("", value.text(line))) for line in value.lines]
    heads = [index - 1 for index, kind in enumerate(types) if kind and index]
    groups: list[Group] = []
    for head, after in zip(heads, [*heads[1:], len(types)], strict=False):
        group: Group = {"label": value.show(value.lines[head]), "type": types[head + 1]}
        if lines := value.raw[head + 2 : after]:
            group["description"] = value.prose(lines)
        groups.append(group)
    value.left = list(value.lines[: heads[0]] if heads else value.lines)
    return {"arm_groups": groups} if groups else _named_arms(value)


def _named_arms(value: Value) -> Found:
    """Arms by their names alone, or as `name: description`; {} for one, or for what is no list of names."""
    arms = [item.partition(": ") for item in _listed(value)]
    names = [name for name, _, _ in arms]
    short = all(len(name.split()) <= _LONGEST_ITEM and not name.endswith(".") for name in names)
    if len(arms) < 2 or not short or any(coded("intervention_type", name) for name in names):
        return {}
    value.left = []
    groups = [{"label": name} | ({"description": text} if text else {}) for name, _, text in arms]
    return {"arm_groups": groups}


def _interventions(value: Value) -> Found | None:
    """A table, or one a line as `Drug: name` or `name (Drug)`; where all have their type, other lines describe them."""
    if rows := table_rows(value):
        kinds = [coded("intervention_type", row.get("type", "")) for row in rows]
        groups = [{"name": row.get("name", ""), "type": kind} for row, kind in zip(rows, kinds, strict=True)]
        return {"interventions": [{key: part for key, part in group.items() if part} for group in groups]}
    lines = value.lines
    items = [value.show(line) for line in lines]
    if len(items) == 1:
        splits = (between.split(items[0]) for between in (_NEXT_TYPED, _AFTER_BRACKETS))
        typed_parts = (parts for parts in splits if all(_intervention(part).get("type") for part in parts))
        items = max(typed_parts, key=len, default=_listed(value))
    found: list[Group] = []
    typed = any("type" in _intervention(item) for item in items)
    for item in items:
        group = _intervention(item)
        if "type" in group or not typed:
            found.append(group)
        elif found:
            found[-1]["description"] = "\n\n".join(filter(None, (found[-1].get("description"), item)))
    return {"interventions": [group for group in found if not is_filler(group["name"])]} if found else {}


def _comparators(value: Value) -> Found:
    """What a treatment is compared with, as further interventions: names, no sentence."""
    named = (_interventions(value) or {}).get("interventions", ())
    short = [group for group in named if len(group["name"].split()) <= _LONGEST_ITEM]
    if not short:
        value.left = list(value.lines)
    return {"interventions": short} if short else {}


def _intervention(item: str) -> Group:
    kind, _, name = item.partition(":")
    if name and (known := coded("intervention_type", kind)):
        return {"name": name.strip(), "type": known}
    match = _TYPE_IN_BRACKETS.search(item)
    if match and (known := coded("intervention_type", match[1])):
        return {"name": item[: match.start()], "type": known}
    return {"name": item}


def _title(value: Value) -> Found | None:
    """A title, without the quotes of a configuration."""
    return _titled("brief_title", value)


def _long_title(value: Value) -> Found | None:
    return _titled("official_title", value)


def _titled(field: str, value: Value) -> Found:
    size = wrapped(value.readable.text, value.raw)
    value.left = list(value.lines[size:])
    shown = value.readable.show(value.lines[0].start, value.lines[size - 1].end)
    return {} if is_filler(shown) else {field: unquoted(shown)}


READERS: dict[str, BlockReader] = {
    "brief_title": _title,
    "official_title": _long_title,
    "conditions_by_form": _list("conditions"),
    "keywords_by_form": _list("keywords"),
    "collaborators": _organisations,
    "sponsors": _sponsors,
    "secondary_ids": _other_ids,
    "interventions": _interventions,
    "comparators": _comparators,
    "arms": _arms,
    "sites": read_sites,
    "trial_id": _identifier,
    "primary_purpose": _purpose,
    "phases": _phases,
    "design": _design,
    "period": _period,
    "recruitment_period": _recruitment_period,
    "people": _people,
    "overall_status": _status,
    "countries": labelled_countries,
    "lead_sponsor": _sponsor,
}
"""What a label may mean, where its values are read so."""
