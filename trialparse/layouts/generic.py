"""Any page: the union of the labels that sites print, and criteria under any heading that names them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialparse.criteria.lines import read_lines
from trialparse.criteria.sections import split_runs
from trialparse.layouts.fields import BlockReader, Group, secondary_ids, single_condition, typed_groups
from trialparse.layouts.identifiers import RegistryId, find_ids
from trialparse.layouts.page import Meaning, Value, label_key
from trialparse.layouts.places import place, site
from trialparse.layouts.tables import Line, records
from trialparse.layouts.unknown_page import UnknownPage
from trialparse.layouts.values import LINE_READERS, Found, coded_value, is_filler
from trialparse.lexicon.fields import coded, countries, labels

_NAVIGATION = regex.compile(
    r"(?:skip|menu|cookie|back to|home\b|sign (?:in|up)|log ?in|search(?:\s\S++){0,2}$|an official website|share|©"
    r"|site\b|working…|javascript|(?<![\w-])loading\b|last (?:updated|reviewed)|!?\[)|https?:|Listing a study"
    r"|is the responsibility of|\blogo$|updated by:",
    regex.IGNORECASE,
)
_SENTENCE = regex.compile(
    r"(?=.*\s(?:is|are|was|will|has|have|does|can|may|should)\s)(?:\S++\s++){5,}+\S*[.!?]", regex.IGNORECASE
)
_SITE_NAME = regex.compile(
    r"(?<=\S)\s[|–—»]\s|\b(?:register|registry|database|portal|finder|directory|search|browse|find|near you|"
    r"research at|trials at|studies at|summary for|record of|print(?:ed)? (?:from|view))\b",
    regex.IGNORECASE,
)
"""Signs of a line that names the site and not the trial."""
_PARTS = regex.compile(r"(?<!\s)\s++[•·|]\s++")
_HEAD_FIELDS = ("trial_id", "overall_status", "phases", "study_type")
"""What a line below the title may hold, with signs between the values."""
_ALONE = ("overall_status", "study_type")
"""What a badge beside the title may hold."""
_SEMICOLON = regex.compile(r"(?<!\s)\s*+;\s*+|(?<!\s)\s++[|•]\s++")
_SPLIT = regex.compile(r"(?<!\s)\s*+[|·•]\s++|,\s++(?![^()]{0,200}+\))")
_NEXT_TYPED = regex.compile(r"(?:[,;]|(?<!\s)\s++[|•])?(?<!\s)\s++(?=(?:\p{Lu}\p{L}++)(?: \p{Lu}\p{L}++)?: \S)")
_AFTER_BRACKETS = regex.compile(r"(?<=[)\]])[,;]\s++")
_TYPE_IN_BRACKETS = regex.compile(r"(?<!\s)\s*+[(\[]([\p{L} /]++)[)\]]$")
_ARM_TYPE = regex.compile(r"(?:(?:group|arm) type|type)[ :]++(?=\S)", regex.IGNORECASE)
_NUMBERED = regex.compile(r"\(?\d{1,2}[.)]\s")
_SHARED_WORDS = 0.25
_LONGEST_ITEM = 7
_SHORT = 60
_FEWEST_WORDS = 4
_LONGEST_TITLE = 25
_MOST_CHARACTERS = 1000
"""No title is longer."""


def _headings(text: str) -> dict[int, str]:
    """Headings of criteria, as labels; where the page names its block of criteria, only those below it."""
    lines = read_lines(text, 0, len(text))
    table = labels()
    short = (line for line in lines if line.end - line.start < _SHORT)
    block = next((line.start for line in short if _is_block(table, text[line.start : line.end])), 0)
    starts = (run.heading[0] for run in split_runs(text, lines, None, None) if run.heading and run.section)
    return {start: "inclusion criteria" for start in starts if start >= block}


def _is_block(table: dict[str, str], text: str) -> bool:
    return table.get(label_key(text)) == "criteria_block"


def _head(value: Value) -> Found | None:
    """Titles, id and whatever tells itself by its form, from what stands above the first label."""
    found: Found = {}
    site = _site_lines(value)
    for line in value.lines:
        text = value.text(line)
        name = "official_title" if "brief_title" in found else "brief_title"
        if parts := _head_parts(text):
            found = parts | found
            value.left.append(line)
        elif (
            line not in site
            and _is_title(text)
            and (name == "brief_title" or _akin(value.show(line), found["brief_title"]))
        ):
            shown = value.show(line).strip("*_")
            if found.setdefault(name, shown) != shown:  # a third title
                value.left.append(line)
        else:
            value.left.append(line)
    if value.label or "trial_id" in found:
        return found
    head = [item for line in value.lines for item in find_ids(value.text(line)) if item.registry]
    others = [] if head else [item for item in _own_ids(value) if item.registry]
    distinct = {item.value: item for item in head or others}
    if len(distinct) == 1:
        number = next(iter(distinct.values()))
        found |= {"trial_id": number.value, "registry": number.registry}
    return found


def _site_lines(value: Value) -> set[Line]:
    """The lines above the title that may be the site's name or what it says of itself, where another title follows."""
    titles = [line for line in value.lines if _is_title(value.text(line))]
    marked = [
        raw for raw, line in zip(value.raw, value.lines, strict=True) if raw != line and value.text(raw)[0] == "#"
    ]
    marked = marked[1:] if len(marked) > 1 and _SITE_NAME.search(value.text(marked[0])) else marked
    if marked and titles:  # a heading of Markdown is the page's own title
        first = next((line for line in titles if line.start >= marked[0].start), titles[0])
        return {line for line in titles if line.start < first.start}
    return set(titles[:1]) if len(titles) > 1 and _SITE_NAME.search(value.text(titles[0])) else set()


def _is_title(text: str) -> bool:
    if len(text) > _MOST_CHARACTERS or _NAVIGATION.match(text) or _NAVIGATION.search(text[-60:]):
        return False
    if _SENTENCE.fullmatch(text):
        return False
    return len(text.split()) >= _FEWEST_WORDS and not text.endswith((":", ";")) and not _NUMBERED.match(text)


def _head_parts(text: str) -> Found:
    """`NCT09900001 • Completed • Phase 4`: values that tell themselves by their form, if two of them do, or a badge."""
    found: Found = {}
    parts = _PARTS.split(text)
    for part in parts if len(parts) > 1 else ():
        readings = (LINE_READERS[name](part, "") for name in _HEAD_FIELDS if len(part) < _SHORT)
        found = (next(filter(None, readings), None) or {}) | found
    alone = (coded_value(name)(text, "") for name in _ALONE if len(parts) == 1 and len(text) < _SHORT)
    return found if len(found) > 1 else next(filter(None, alone), {})


def _akin(title: str, other: str) -> bool:
    """Whether two titles may be of the same trial."""
    words, others = ({word for word in text.lower().split() if len(word) > 3} for text in (title, other))
    return len(words & others) >= _SHARED_WORDS * min(len(words), len(others))


def _overview(value: Value) -> Found | None:
    """A summary; but a line that is none may be the title of a page that has shown none yet."""
    first = value.text(value.lines[0])
    above = value.page.get("")
    titled = above is not None and "brief_title" in (_head(Value(value.readable, "", above.lines)) or {})
    if titled or first.endswith(".") or len(first.split()) > _LONGEST_TITLE:
        return {"brief_summary": value.prose()}
    return _head(value)


def _own_ids(value: Value) -> Iterator[RegistryId]:
    for label, other in value.page.items():
        meaning = labels().get(label_key(label))
        if meaning not in ("related_trials", "criteria_block", "detailed_description", "brief_summary"):
            for line in other.lines:
                yield from find_ids(other.text(line)) if line.end - line.start < 120 else ()


def _listed(value: Value) -> list[str]:
    """The items of a list, one a line, or on one line with signs between them."""
    items = [shown for line in value.lines if not is_filler(shown := value.show(line))]
    if len(items) == 1 and len(parts := list(filter(None, _SEMICOLON.split(items[0])))) > 1:
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


def _organisations(value: Value) -> Found | None:
    """One a line, or with semicolons; a comma may belong to a name."""
    names = [name for line in value.lines for name in _SEMICOLON.split(value.show(line)) if not is_filler(name)]
    return {"collaborators": [{"name": name} for name in names]} if names else {}


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


_COLUMNS = {
    "facility": "facility", "site": "facility", "hospital": "facility", "centre": "facility", "center": "facility",
    "institution": "facility", "city": "city", "town": "city", "state": "state", "region": "state", "province": "state",
    "country": "country", "status": "status", "zip": "zip", "postal code": "zip",
    "name": "name", "intervention": "name", "treatment": "name", "drug": "name", "type": "type",
    "intervention type": "type", "kind": "type", "description": "description", "details": "description",
}  # fmt: skip
"""Names of the columns of tables of sites and interventions -> the part they hold."""
_SITE = ("facility", "city", "state", "country")


def _table(value: Value) -> list[dict[str, str]]:
    rows = records(value.readable.text, value.lines, _COLUMNS)
    return [{name: value.show(cell) for name, cell in row.items()} for row in rows]


def _sites(value: Value) -> Found | None:
    """A table, or `City, State, Country` with the facility on the line above."""
    if rows := _table(value):
        return {"locations": [{name: row[name] for name in _SITE if name in row} for row in rows]}
    texts = [value.show(line) for line in value.lines]
    if all("," in text and len(text.split()) <= _LONGEST_ITEM for text in texts):
        return {"locations": [site(text) for text in texts]}
    found: list[Group] = []
    known = countries()
    above = None
    for line in value.lines:
        shown = value.show(line)
        where = place(shown) if above else site(shown)
        if "," in shown and where.get("country", "").lower() in known:
            found.append(({"facility": value.show(above)} if above else {}) | where)
            above = None
        else:
            if above is not None:
                value.left.append(above)
            above = line
    if above is not None:
        value.left.append(above)
    return {"locations": found} if found else {}


def _interventions(value: Value) -> Found | None:
    """A table, or one a line as `Drug: name` or `name (Drug)`; where all have their type, other lines describe them."""
    if rows := _table(value):
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


def _intervention(item: str) -> Group:
    kind, _, name = item.partition(":")
    if name and (known := coded("intervention_type", kind)):
        return {"name": name.strip(), "type": known}
    match = _TYPE_IN_BRACKETS.search(item)
    if match and (known := coded("intervention_type", match[1])):
        return {"name": item[: match.start()], "type": known}
    return {"name": item}


_CRITERIA_HEADINGS = (
    "inclusion criteria",
    "exclusion criteria",
    "disease characteristics",
    "patient characteristics",
    "protocol entry criteria",
)
"""The last three open the criteria of old cancer trials, which know no inclusion and exclusion."""


def _meanings() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {
        label: None if meaning == "ignored" else meaning for label, meaning in labels().items()
    }
    table |= {label: ("overall_status", "phases") for label, meaning in table.items() if meaning == "status_and_phase"}
    return table | dict.fromkeys(_CRITERIA_HEADINGS, "criteria_heading")


LAYOUT = UnknownPage(
    description="any page or a bare criteria text: the union of the labels that sites print",
    signs={},
    start="head",
    labels=_meanings(),
    headings=_headings,
    tail=("bare_age", "bare_upper_age", "sex", "healthy_volunteers"),
    before_criteria=("sex", "gender", "ages", "age", "age range", "healthy volunteers", "accepts healthy volunteers"),
    noise=r"[-=_*~|\s]{3,}|\(notice.*|Menu|Sign in|Log in|Privacy [Pp]olicy|Terms of .*|©.*|Share.{0,20}|Print"
    r"|Last reviewed.*",
    readers={
        "head": _head,
        "overview": _overview,
        "conditions_by_form": _list("conditions"),
        "keywords_by_form": _list("keywords"),
        "collaborators": _organisations,
        "secondary_ids": _other_ids,
        "interventions": _interventions,
        "arms": _arms,
        "sites": _sites,
    },
)
