"""Values of several lines: prose, lists, and groups such as arms, interventions, sponsors and sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import regex

from trialparse.layouts.identifiers import find_ids
from trialparse.layouts.page import Value
from trialparse.layouts.places import place
from trialparse.layouts.readers import joined
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS, Found, is_filler
from trialparse.lexicon.fields import coded

BlockReader = Callable[[Value], Found | None]
Group = dict[str, Any]

_COMMA = regex.compile(r",\s++")
_LAST_BRACKETS = regex.compile(r"(?<!\s)\s*+[(\[]([^()\[\]]*+)[)\]]\s*+$")
_KIND_OF_ID = regex.compile(
    r"(?<!\s)\s*+[(\[][^()\[\]]*\b(?:Identifier|Number|Grant|Contract|Registry|Other)\b[^()\[\]]*+[)\]]\s*+$"
)
_LISTING = regex.compile(r"Intervention ?/ ?[Tt]reatment|Condition or disease")
"""Labels of the list of interventions that a page has besides the table of arms."""
_LISTING_ROOM = 20_000
_MOST_COMPARED = 50
_OTHER_NAMES = regex.compile(r"Other Names?:")
_TYPED = regex.compile(r"([\p{L}][\p{L} /-]{2,30}?)\s?:\s++(?=\S)")


def _items(value: Value) -> list[str]:
    return [shown for line in value.lines if not is_filler(shown := value.show(line))]


def by_form(value: Value, names: tuple[str, ...]) -> Found:
    """Bare values, one a line: each goes to the first field, in this order, whose form it has.

    Free text fits every form, so it fills what is left, in order.
    """
    free = [name for name in names if name in FREE_TEXT]
    strict = [name for name in names if name not in FREE_TEXT]
    found: Found = {}
    for raw, line in zip(value.raw, value.lines, strict=True):
        text = value.text(line)
        readings = ((position, LINE_READERS[name](text, value.label)) for position, name in enumerate(strict))
        position, reading = next((item for item in readings if item[1]), (-1, None))
        if reading:
            found = joined(found, reading)
            del strict[: position + 1]
        elif free and (raw == line or value.text(raw).startswith("#")):  # no title is a bullet
            found = FREE_TEXT[free.pop(0)](value.show(line)) | found
        else:
            value.left.append(line)
    return found


FREE_TEXT: dict[str, Callable[[str], Found]] = {
    "brief_title": lambda shown: {"brief_title": shown},
    "official_title": lambda shown: {"official_title": shown},
    "lead_sponsor": lambda shown: {"lead_sponsor": {"name": shown}},
}
"""Fields that any line of text may fill, where values stand without labels."""


# --- text ---------------------------------------------------------------------------------------------------------


def text_field(field: str) -> BlockReader:
    """A reader of one line of free text."""

    def read(value: Value) -> Found | None:
        value.left = list(value.lines[1:])
        shown = value.show(value.lines[0])
        return {} if is_filler(shown) else {field: shown}

    return read


def prose_field(field: str) -> BlockReader:
    """A reader of paragraphs; their line breaks stay."""

    def read(value: Value) -> Found | None:
        shown = value.prose()
        return {} if is_filler(shown) else {field: shown}

    return read


def list_field(field: str) -> BlockReader:
    """A reader of a list with one item a line."""

    def read(value: Value) -> Found | None:
        return {field: items} if (items := _items(value)) else {}

    return read


def comma_list(field: str) -> BlockReader:
    """A reader of a list printed on one line with commas."""

    def read(value: Value) -> Found | None:
        value.left = list(value.lines[1:])
        items = [item for line in _items(value)[:1] for item in _COMMA.split(line) if item]
        return {field: items} if items else {}

    return read


def single_condition(value: Value, text: str) -> bool:
    """Whether a line that may hold several conditions, with spaces between them, holds one.

    One condition is named elsewhere on the page too, or is short; several in a row are neither.
    """
    others = (other for label, other in value.page.items() if label not in (value.label, "Keywords"))
    words = text.lower()
    return len(words.split()) <= 3 or any(words in other.text(line).lower() for other in others for line in other.lines)


def joined_conditions(value: Value) -> Found | None:
    """Conditions on one line with spaces between them, which can be read when there is only one."""
    if len(value.lines) > 1 or single_condition(value, value.text(value.lines[0])):
        return {"conditions": _items(value)}
    value.left = list(value.lines)
    return {"notes": [("joined_list", {"field": "conditions"})]}


# --- people and organisations -----------------------------------------------------------------------------------------


def lead_sponsor(value: Value) -> Found | None:
    """A sponsor's name, with its class in brackets on some sites: `Example University (other)`."""
    value.left = list(value.lines[1:])
    name = value.show(value.lines[0])
    if is_filler(name):
        return {}
    match = _LAST_BRACKETS.search(name)
    agency = match and coded("agency_class", match[1])
    if match and agency:
        return {"lead_sponsor": {"name": name[: match.start()], "agency_class": agency}}
    return {"lead_sponsor": {"name": name}}


def collaborators(value: Value) -> Found | None:
    """One organisation a line."""
    names = _items(value)
    return {"collaborators": [{"name": name} for name in names]} if names else {}


def sponsors(value: Value) -> Found | None:
    """The lead sponsor and then collaborators, one a line; a line may instead be the class of the one before."""
    found: list[Group] = []
    for name in map(value.show, value.lines):
        agency = coded("agency_class", name)
        if agency and found and "agency_class" not in found[-1]:
            found[-1]["agency_class"] = agency
        else:
            found.append({"name": name})
    if not found:
        return {}
    return {"lead_sponsor": found[0]} | ({"collaborators": found[1:]} if found[1:] else {})


def sponsor_class(value: Value) -> Found | None:
    """The funders' classes; with more than one the page does not say whose is whose."""
    classes = {coded("agency_class", value.text(line)) for line in value.lines}
    if len(classes) != 1 or None in classes:
        value.left = list(value.lines)
        return {}
    return {"lead_sponsor": {"agency_class": classes.pop()}}


def responsible_party(value: Value) -> Found | None:
    """Name, title and affiliation, one a line."""
    return {"responsible_party": dict(zip(("name", "title", "affiliation"), _items(value), strict=False))}


# --- identifiers ------------------------------------------------------------------------------------------------------


def secondary_ids(value: Value) -> Found | None:
    """Other numbers of the trial, one a line, without a remark in brackets on what kind they are."""
    ids = [_KIND_OF_ID.sub("", shown) for shown in _items(value)]
    return {"secondary_ids": list(dict.fromkeys(filter(None, ids)))} if ids else {}


def identifiers(value: Value) -> Found | None:
    """The registration number first, then the others."""
    first = value.text(value.lines[0])
    ids = find_ids(first)
    if not ids or ids[0].registry is None:
        return secondary_ids(value)
    found: Found = {"trial_id": ids[0].value, "registry": ids[0].registry}
    if value.lines[1:]:
        found |= secondary_ids(Value(value.readable, value.label, value.lines[1:])) or {}
    return found


def related_trials(value: Value) -> Found | None:
    """Ids of other trials; a line that holds none, their titles, is left."""
    ids: list[str] = []
    for line in value.lines:
        numbers = [item.value for item in find_ids(value.text(line)) if item.registry]
        ids.extend(numbers)
        if not numbers:
            value.left.append(line)
    return {"related_trial_ids": list(dict.fromkeys(ids))} if ids else {}


# --- arms, interventions, sites ---------------------------------------------------------------------------------------


def _typed(text: str) -> tuple[str | None, str | None, int]:
    """For `Drug: Aspirin` or `Experimental: Arm A`: arm type, intervention type, where the name begins."""
    match = _TYPED.match(text)
    if match is None:
        return None, None, 0
    return coded("arm_type", match[1]), coded("intervention_type", match[1]), match.end()


def interventions(value: Value) -> Found | None:
    """A list of `Type: name`, one a line; a line without a type is a name alone."""
    found: list[Group] = []
    for line in value.lines:
        _, kind, begin = _typed(value.text(line))
        name = value.readable.show(line.start + (begin if kind else 0), line.end)
        if not is_filler(name):
            found.append({"name": name} | ({"type": kind} if kind else {}))
    return {"interventions": found} if found else {}


def typed_groups(value: Value) -> Found:
    """Arms and interventions from lines `Experimental: name` and `Drug: name`, with the lines below as description.

    Text before the first of them is left, and so are other names of an intervention.
    """
    groups: list[tuple[bool, Group, list[Line]]] = []
    seen = Counter(value.text(line) for line in value.lines)
    other_arms = False
    listing = "\n".join(other.prose() for label, other in value.page.items() if _LISTING.match(label))[:_LISTING_ROOM]
    body = value.left
    for line in value.lines:
        text = value.text(line)
        arm, treatment, begin = _typed(text)
        if not arm and not treatment:
            body = value.left if _OTHER_NAMES.match(text) else body
            body.append(line)
            continue
        if arm and treatment:  # "Other" is both; arms come before their treatments, and are printed once
            known = text in listing
            is_arm = not groups or (not known if listing else other_arms and not groups[-1][0] and seen[text] == 1)
            other_arms = other_arms or is_arm
        else:
            is_arm = arm is not None
        name = value.readable.show(line.start + begin, line.end)
        body = []
        groups.append((is_arm, {"label": name, "type": arm} if is_arm else {"name": name, "type": treatment}, body))
    typed_arms = any(is_arm for is_arm, _, _ in groups)
    for _, group, lines in groups:
        if lines:
            described = lines if typed_arms else lines[:1]  # names of arms without a type may follow
            group["description"] = value.prose(described)
            value.left.extend(lines[len(described) :])
    arms = [group for is_arm, group, _ in groups if is_arm]
    treatments = [group for is_arm, group, _ in groups if not is_arm]
    found: Found = {"arm_groups": arms} if arms else {}
    return found | ({"interventions": distinct(treatments)} if treatments else {})


def distinct(groups: list[Group]) -> list[Group]:
    """Each group once, in order; what differs in any field is another group."""
    return list({tuple(group.items()): group for group in groups}.values())


def enrich(held: list[Group], more: list[Group]) -> bool:
    """Give each group of a list what a second list, printed elsewhere on the page, says more of it.

    Groups of one name take their counterparts in order, if there are as many of them. Returns whether all that the
    second list says is held now.
    """
    mine, holds_all = _by_name(held), True
    for name, groups in _by_name(more).items():
        same = mine.get(name, [])
        if len(same) == len(groups):
            for group, other in zip(same, groups, strict=True):
                group.update(other | group)
                holds_all &= other.items() <= group.items()
        else:
            known = same[:_MOST_COMPARED]
            holds_all &= all(any(other.items() <= group.items() for group in known) for other in groups)
    return holds_all


def _by_name(groups: list[Group]) -> dict[str, list[Group]]:
    named: dict[str, list[Group]] = {}
    for group in groups:
        named.setdefault(str(group.get("name") or group.get("label")).lower(), []).append(group)
    return named


def arms(value: Value) -> Found | None:
    """Arms with their interventions, each line typed."""
    return typed_groups(value) or None


def locations(value: Value) -> Found | None:
    """Pairs of lines: the facility, then `City, State, Country`."""
    found: list[Group] = []
    for facility, where in pairs(list(value.lines)):
        site: Group = {"facility": value.show(facility)}
        found.append(site | (place(value.show(where)) if where else {}))
    return {"locations": found} if found else {}


def pairs(lines: list[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Lines two by two; the last may stand alone."""
    for index in range(0, len(lines), 2):
        yield lines[index], lines[index + 1] if index + 1 < len(lines) else None


BLOCK_READERS: dict[str, BlockReader] = {
    "brief_title": text_field("brief_title"),
    "official_title": text_field("official_title"),
    "acronym": text_field("acronym"),
    "brief_summary": prose_field("brief_summary"),
    "detailed_description": prose_field("detailed_description"),
    "conditions": list_field("conditions"),
    "conditions_by_comma": comma_list("conditions"),
    "joined_conditions": joined_conditions,
    "keywords": list_field("keywords"),
    "keywords_by_comma": comma_list("keywords"),
    "lead_sponsor": lead_sponsor,
    "collaborators": collaborators,
    "sponsors": sponsors,
    "sponsor_class": sponsor_class,
    "responsible_party": responsible_party,
    "identifiers": identifiers,
    "secondary_ids": secondary_ids,
    "secondary_ids_by_comma": comma_list("secondary_ids"),
    "related_trials": related_trials,
    "interventions": interventions,
    "arms": arms,
    "locations": locations,
}
"""What a label may mean, where the value is more than one coded line."""
