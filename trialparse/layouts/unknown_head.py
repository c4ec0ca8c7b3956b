"""What stands above the first label of an unknown page: the trial's title, its number, and badges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import regex

from trialparse.layouts.identifiers import RegistryId, find_ids
from trialparse.layouts.page import Value, label_key, wrapped
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS, Found, coded_value
from trialparse.lexicon.fields import labels
from trialparse.lexicon.furniture import furniture

_NAVIGATION = regex.compile(
    r"(?:skip|menu|cookie|back to|home\b(?!-)|sign (?:in|up)|log ?in|search(?:\s\S++){0,2}$|an official website|share|©"
    r"|site\b|working…|javascript|(?<![\w-])loading\b|last (?:updated|reviewed)|!?\[)|https?:|Listing a study"
    r"|(?:view|read) (?:this|it|in|online)\b|(?:issue|vol(?:ume)?|edition|no)\.? \d|you\b|dear\b|add to\b"
    r"|(?:do|did|does|are|is|have|has) (?:you|your)\b"
    r"|is the responsibility of|\blogo$|updated by:",
    regex.IGNORECASE,
)
_SENTENCE = regex.compile(
    r"(?=.*\s(?:is|are|was|will|has|have|does|can|may|should)\s)(?:\S++\s++){5,}+\S*[.!?]", regex.IGNORECASE
)
_PARTED_NAME = regex.compile(r"(?<=\S)\s[|–—»]\s")
"""What stands between the names of a page and of its site."""
_ORGANISATION = regex.compile(
    r"(?=.*\b(?i:university|hospital|clinic|foundation|institute|school|college|cent(?:er|re)|group|trust|network"
    r"|department|faculty|division|therapeutics|pharma\w*|biosciences|sciences|laborator\w+|health)\b)"
    r"(?!.*\b(?i:study|trial|versus|vs|patients|adults|children)\b)"
    r"(?:(?:\p{Lu}\S*+|of|and|for|the|&|at|-|–|de|di|du)(?:\s++|$))++"
)
"""A line that is nothing but the name of an organisation, in capitals."""
_LETTER = regex.compile(r"(?:subject|from|sent|reply-to|date|re|fwd?): ", regex.IGNORECASE)
"""How the head of a letter begins."""
_TRAIL = regex.compile(
    r"(?:[^>»\n]{1,60} [>»] ){2}|(?:home|trials|studies|research)\b[^/>»\n]{0,40} [/>»] ", regex.IGNORECASE
)
"""Where a page stands on its site: `Research > Clinical studies > Rheumatology`."""
_MENU = regex.compile(r"(?:\S++(?: \S++){0,2}+ {2,}+){2,}+\S++(?: \S++){0,3}+")
"""A menu in one line: few words, with gaps between."""
_NAMED = regex.compile(
    r"(?i:the )?+(?!(?i:the|this|a|an|our|clinical|research|current|ongoing|about|new|find|search|other|full|main)\b)"
    r"(?:\p{Lu}\S*+ ){1,3}+(?i:study|trial)"
)
"""`HARBOR study`, `The Zephyr Insulin Study`: a short title."""
_FIRST_RANK = regex.compile(r"^# ++(.*\S)", regex.MULTILINE)
_PARTS = regex.compile(r"(?<!\s)\s++[•·|]\s++")
_HEAD_FIELDS = ("trial_id", "overall_status", "phases", "study_type")
"""What a line below the title may hold, with signs between the values."""
_ALONE = (coded_value("overall_status"), coded_value("study_type"))
"""What a badge beside the title may hold."""
_NUMBERED = regex.compile(r"\(?\d{1,2}[.)]\s")
_SHARED_WORDS = 0.25
_SHORT = 60
_FEWEST_WORDS = 4
_LONGEST_TITLE = 25
_MOST_CHARACTERS = 1000
"""No title is longer."""


def head(value: Value) -> Found | None:
    """Titles, id and whatever tells itself by its form, from what stands above the first label."""
    found: Found = {}
    site = _site_lines(value)
    goes_on = 0  # lines over which the title above is wrapped
    for at, (raw, line) in enumerate(zip(value.raw, value.lines, strict=True)):
        if goes_on:
            goes_on -= 1
            continue
        text = value.text(line)
        name = "official_title" if "brief_title" in found else "brief_title"
        if parts := _head_parts(text):
            found = parts | found
            value.left.append(line)
        elif (
            line not in site
            and _is_title(value, raw, line)
            and (name == "brief_title" or _akin(value.show(line), found["brief_title"]))
        ):
            goes_on = wrapped(value.readable.text, value.raw[at:]) - 1
            shown = _without_site(value.readable.show(line.start, value.lines[at + goes_on].end).strip("*_"))
            if found.setdefault(name, shown) != shown:  # a third title
                value.left.append(line)
        else:
            value.left.append(line)
    if value.label or "trial_id" in found:
        return found
    head = [item for line in value.lines for item in find_ids(value.text(line)) if item.registry]
    return found | (_only(head) if head else own_number(value.page.values()))


def _without_site(title: str) -> str:
    """`Trial of the month: …` without what the site calls its page."""
    site, colon, rest = title.partition(": ")
    return rest.strip() if colon and furniture().sites.fullmatch(site) else title


def own_number(values: Iterable[Value]) -> Found:
    """The registration number of a page that prints one alone, wherever it is no other trial's."""
    return _only([item for item in _own_ids(values) if item.registry])


def _only(numbers: Sequence[RegistryId]) -> Found:
    distinct = {item.value: item for item in numbers}
    number = next(iter(distinct.values())) if len(distinct) == 1 else None
    return {"trial_id": number.value, "registry": number.registry} if number else {}


def heading_of_page(text: str) -> Line | None:
    """The one heading of the first rank that the markup of a page has, if it reads as a title; without its mark."""
    found = [match.span(1) for match in _FIRST_RANK.finditer(text)]
    if len(found) != 1:
        return None
    line = Line(*found[0])
    shown = text[slice(*line)]
    of_site = furniture().sites.match(shown) or _PARTED_NAME.search(shown) or _ORGANISATION.fullmatch(shown)
    return line if _reads_as_title(shown) and not of_site else None


def _site_lines(value: Value) -> set[Line]:
    """The lines above the title that may be the site's name or what it says of itself, where another title follows."""
    pairs = list(zip(value.raw, value.lines, strict=True))
    titles = [line for raw, line in pairs if _is_title(value, raw, line)]
    if (own := heading_of_page(value.readable.text)) is not None:
        return {line for line in titles if line.end <= own.start}
    marked = [raw for raw, line in pairs if raw != line and value.text(raw)[0] == "#"]
    marked = marked[1:] if len(marked) > 1 and _has_site_words(value.text(marked[0])) else marked
    if marked and titles:  # a heading of Markdown is the page's own title
        first = next((line for line in titles if line.start >= marked[0].start), titles[0])
        return {line for line in titles if line.start < first.start}
    return set(takewhile(lambda line: _names_site(value.text(line)), titles[:-1]))


def _has_site_words(text: str) -> bool:
    return _PARTED_NAME.search(text) is not None or furniture().sites.search(text) is not None


def _names_site(text: str) -> bool:
    return _has_site_words(text) or _ORGANISATION.fullmatch(text) is not None


def _is_title(value: Value, raw: Line, line: Line) -> bool:
    """Whether a line may be the trial's title; the page's own heading is one in any words."""
    text = value.text(line)
    if raw != line and value.text(raw).startswith("# ") and not _has_site_words(text) and not _NAVIGATION.match(text):
        return True
    return _reads_as_title(text)


def _reads_as_title(text: str) -> bool:
    if _TRAIL.match(text) or _LETTER.match(text) or _MENU.fullmatch(text):
        return False
    if len(text) > _MOST_CHARACTERS or _NAVIGATION.match(text) or _NAVIGATION.search(text[-60:]):
        return False
    if _SENTENCE.fullmatch(text):
        return False
    return (
        (len(text.split()) >= _FEWEST_WORDS or _NAMED.fullmatch(text) is not None)
        and not text.endswith((":", ";"))
        and not _NUMBERED.match(text)
    )


def _head_parts(text: str) -> Found:
    """`NCT09900001 • Completed • Phase 4`: values that tell themselves by their form, if two of them do, or a badge."""
    found: Found = {}
    parts = _PARTS.split(text)
    for part in parts if len(parts) > 1 else ():
        readings = (LINE_READERS[name](part, "") for name in _HEAD_FIELDS if len(part) < _SHORT)
        found = (next(filter(None, readings), None) or {}) | found
    alone = (read(text, "") for read in _ALONE if len(parts) == 1 and len(text) < _SHORT)
    return found if len(found) > 1 else next(filter(None, alone), {})


def _akin(title: str, other: str) -> bool:
    """Whether two titles may be of the same trial."""
    words, others = ({word for word in text.lower().split() if len(word) > 3} for text in (title, other))
    return len(words & others) >= _SHARED_WORDS * min(len(words), len(others))


def overview(value: Value) -> Found | None:
    """A summary; but a line that is none may be the title of a page that has shown none yet."""
    first = value.text(value.lines[0])
    above = value.page.get("")
    titled = above is not None and "brief_title" in (head(Value(value.readable, "", above.lines)) or {})
    if titled or first.endswith(".") or len(first.split()) > _LONGEST_TITLE:
        return {"brief_summary": value.prose()}
    return head(value)


def _own_ids(values: Iterable[Value]) -> Iterator[RegistryId]:
    for other in values:
        meaning = labels().get(label_key(other.label))
        if meaning not in ("related_trials", "criteria_block", "detailed_description", "brief_summary"):
            for line in other.lines:
                yield from find_ids(other.text(line)) if line.end - line.start < 120 else ()
