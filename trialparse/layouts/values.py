"""The printed forms of single values: dates, ages, enrollment, phases and coded fields, to the v2 enum values.

Every reader takes the value's text (readable, one line) and the label it stood under, and returns the fields it
fills. An empty dict says "read, and the record states nothing" (N/A, no limit); None says "not such a value".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import regex

from trialparse.layouts.ages import age_range, bare_age, bare_upper_age, single_age
from trialparse.layouts.identifiers import trial_id
from trialparse.layouts.readers import BRACKETS, Found, LineReader, is_filler
from trialparse.lexicon.fields import coded

__all__ = ["LINE_READERS", "Found", "LineReader", "is_filler"]

_STATES = regex.compile(
    r"^(?:(?:this|the|our) (?:study|trial)|it|we) (?:is|was|are|has been|has) (?:(?:currently|now|still) )?+",
    regex.IGNORECASE,
)
"""How a site begins that prints a value as a sentence: `This study is currently recruiting participants.`"""
_TYPE = regex.compile(r"\b(actual|real|estimated?|anticipated|planned|expected|target)\b", regex.IGNORECASE)


def value_type(text: str, label: str) -> str | None:
    """ACTUAL or ESTIMATED where the value or its label says so; a target is an estimate only when the value says it."""
    for place in (text, label):
        for match in _TYPE.finditer(place):
            if match[1].lower() != "target" or place is text:
                return coded("date_type", match[1])
    return None


def coded_value(field: str, table: str | None = None) -> LineReader:
    """A reader of one enum field: the spelling as a whole, or without a bracketed remark at its end."""
    name = table or field

    def read(text: str, _label: str) -> Found | None:
        value = coded(name, text)
        if value is None and (bare := BRACKETS.sub("", _STATES.sub("", text))) != text:
            value = coded(name, bare)
        if value is not None:
            return {field: value}
        return {} if is_filler(text) else None

    return read


_ASKS = regex.compile(r"\b(?:recruit|enrol|open|looking)", regex.IGNORECASE)
"""What a label holds that yes is an answer to: `Recruiting? Yes`."""


def status(text: str, label: str) -> Found | None:
    """`Recruiting`; or yes, where the label asks whether the trial is."""
    found = coded_value("overall_status")(text, label)
    if found is None and coded("yes_no", text) == "yes" and _ASKS.search(label):
        return {"overall_status": "RECRUITING"}
    return found


# --- dates ------------------------------------------------------------------------------------------------------

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_ERAS = {"令和": 2018, "平成": 1988}
_DATE = regex.compile(
    r"""
      (?P<y>20\d{2}|19\d{2}) (?P<m>\d{2}) (?P<d>\d{2}) (?!\d)                                  # 20200415
    | (?P<era>令和|平成)? (?P<y>\d{1,4}) 年 (?P<m>\d{1,2}) 月 (?: (?P<d>\d{1,2}) 日 )?       # 令和2年3月2日  2011年9月
    | (?P<y>\d{4}) (?: [-/.] (?P<m>\d{1,2}) (?: [-/.] (?P<d>\d{1,2}) )? )? (?![\d/.-]*\d)  # 2025-08-03  2025/08
    | (?P<m>\p{L}{3,9}) \.? [ ,-]{0,2} (?: (?P<d>\d{1,2}) (?:st|nd|rd|th)? ,? [ ] )? (?P<y>\d{4})(?!\d)  # May 4, 2023
    | (?P<d>\d{1,2}) (?:st|nd|rd|th)? [ /-]? (?P<m>\p{L}{3,9}) \.? ,? [ /-]? (?P<y>\d{4})(?!\d)  # 11 Feb 2016
    | (?P<a>\d{1,2}) [/.-] (?P<b>\d{1,2}) [/.-] (?P<y>\d{4})(?!\d)                           # 25/05/2018  15-09-2011
    | (?P<m>\d{1,2}) [/.-] (?P<y>(?:19|20)\d{2})(?![\d/.-]*\d)                             # 09/2011
    """,
    regex.VERBOSE,
)
_AFTER_DATE = regex.compile(r"\s*+(?:$|[^\p{L}\s])|\s++\(|\s*+[T ]\d\d:\d\d")


def iso_date(text: str) -> tuple[str | None, bool]:
    """The date at the start of `text` in ISO 8601 and its own precision, and whether day and month could be swapped."""
    match = _DATE.match(text)
    if match is None or not _AFTER_DATE.match(text, match.end()):
        return None, False
    parts, unsure = match.groupdict(), False
    year = int(parts["y"]) + _ERAS.get(parts["era"] or "", 0)
    if parts["a"]:
        day, month = int(parts["a"]), int(parts["b"])
        unsure = day <= 12 and month <= 12 and day != month
        if month > 12:  # the American order
            day, month = month, day
    else:
        name = parts["m"]
        month = 0 if name is None else int(name) if name.isdigit() else _MONTHS.get(name.lower(), 13)
        day = int(parts["d"] or 0)
    if not (1900 <= year <= 2199 and (1 <= month <= 12 or _only_year(parts))):
        return None, False
    if (day == 0 and (parts["d"] or parts["a"])) or day > (monthrange(year, month)[1] if month else 0):
        return None, False
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)]), unsure


def _only_year(parts: dict[str, str | None]) -> bool:
    return parts["m"] is None and parts["a"] is None


_DAY_NUMBER = regex.compile(r"[34]\d{4}")
"""A day as spreadsheets count them: 1982 to 2036."""
_FIRST_DAY = date(1899, 12, 30)


def _day_number(text: str) -> str | None:
    return str(_FIRST_DAY + timedelta(int(text))) if _DAY_NUMBER.fullmatch(text) else None


def date_value(field: str) -> LineReader:
    """A reader of one date field."""

    def read(text: str, label: str) -> Found | None:
        day, unsure = iso_date(text)
        if day is None and (day := _day_number(text)):
            return {field: {"date": day, "type": None}, "notes": [("day_number", {"text": text, "date": day})]}
        if day is None:
            return {} if is_filler(text) else None
        found: Found = {field: {"date": day, "type": value_type(text, label)}}
        if unsure:
            found["notes"] = [("ambiguous_date", {"text": text, "date": day})]
        return found

    return read


# --- enrollment, phases, ids and the rest ---------------------------------------------------------------------------

_COUNT = regex.compile(
    r"(?:(?:about|around|approximately|approx\.?|estimated|anticipated|actual|planned|total|n ?=|~|≈)[ :]*+)*+"
    r"(\d{1,3}(?:[,. ']\d{3})++|\d(?:\.\d+)?e\+?\d|\d{1,8})(?:\.0(?!\d))?+(?![\d.,]*\d)\s*+(?=$|[(\[]|\p{L})",
    regex.IGNORECASE,
)
_GROUPING = str.maketrans("", "", ",.' ")
_GROUP_COUNT = regex.compile(r":\s*+(\d{1,6})\s*+(?:;|$)")
_PARTICIPANTS = regex.compile(r"\d[\d,.]*+\s(?:\p{L}++\s)?(?:participants?|patients?|subjects?|volunteers?)\b.*+")


_MOST_PEOPLE = 10**10
"""More than there are on earth."""


def enrollment(text: str, label: str) -> Found | None:
    """How many take part: `149 participants`, `50 (estimated)`, `43,998`, `Group A:20;Group B:20;`."""
    kind = value_type(text, label)
    match = _COUNT.match(text)
    if match is not None:
        number = match[1].lower()
        count = int(Decimal(number) if "e" in number else number.translate(_GROUPING))
        if count == 0 and "target enrol" in label.lower():  # the placeholder of sites that do not know
            return {}
    elif groups := _GROUP_COUNT.findall(text):
        count = sum(map(int, groups))
    else:
        return {} if is_filler(text) else None
    return {"enrollment": {"count": count, "type": kind}} if count < _MOST_PEOPLE else None


def participants(text: str, label: str) -> Found | None:
    """As `enrollment`, for a line that must name the participants itself."""
    return enrollment(text, label) if _PARTICIPANTS.fullmatch(text.lower()) else None


_PHASE_ANSWER = regex.compile(r"\(phase (i{1,3}|iv)\)\s*+:?\s*+(yes|no)\b", regex.IGNORECASE)
_EARLY = regex.compile(r"early[_ ]?phase", regex.IGNORECASE)
_PHASE_SEPARATOR = regex.compile(
    r"phases?|(?:clinical )?(?:trial|study)$|post-?(?:approval|market\w++)|[|/,;&+\n]|\band\b|\bto\b"
    r"|(?<=[\div])-(?=[\div])",
    regex.IGNORECASE,
)


_MOST_REMARKS = 4
"""No value has more remarks in brackets at its end."""


def phases(text: str, _label: str) -> Found | None:
    """`PHASE2`, `Phase 1/Phase 2`, `Phase I-II`, `Phase Phase III`, `2`, `N/A`, `… (Phase II): yes`."""
    for _ in range(_MOST_REMARKS):
        if answers := _PHASE_ANSWER.findall(text):
            return {"phases": [coded("phase", number) for number, answer in answers if answer.lower() == "yes"]}
        pieces = (text,) if coded("phase", text) else _PHASE_SEPARATOR.split(_EARLY.sub("|early ", text))
        values = [coded("phase", piece) for piece in pieces if piece.strip(" _-().")]
        if values and None not in values:
            return {"phases": list(dict.fromkeys(values))}
        text = BRACKETS.sub("", text)  # I (Phase I study)
    return {} if is_filler(text) else None


_ANSWER_ENDS = regex.compile(r"[,.;:]\s|\s[-–—]\s")
"""What parts an answer from its reasons: `No - patients only`."""


def healthy_volunteers(text: str, _label: str) -> Found | None:
    """`Yes`, `No`, `No Healthy Volunteers`."""
    answer = coded("yes_no", text) or coded("yes_no", _ANSWER_ENDS.split(text, maxsplit=1)[0])
    if answer is None:
        return {} if is_filler(text) else None
    return {"healthy_volunteers": answer == "yes"}


def identifier(text: str, _label: str) -> Found | None:
    """The trial's registration number."""
    return trial_id(text)


_YES = regex.compile(r"^yes[,.;:]?\s(?:-\s)?", regex.IGNORECASE)
"""How an answer begins that says more: `Yes, both`."""
_SEX_ANSWERS = regex.compile(r"female:?\s*+(yes|no)\W++male:?\s*+(yes|no)", regex.IGNORECASE)


def sex(text: str, label: str) -> Found | None:
    """`All`, `Both`, `Female`, `Female: yes, male: no`."""
    if match := _SEX_ANSWERS.search(text):
        female, male = (answer.lower() == "yes" for answer in match.groups())
        return {"sex": "ALL" if female and male else "FEMALE" if female else "MALE"} if female or male else {}
    return coded_value("sex")(_YES.sub("", text), label)


_DESIGN = regex.compile(
    r"(allocation|randomi[sz]ation|(?:intervention(?:al)? )?model|(?:intervention )?assignment|(?:primary )?purpose"
    r"|masking|blinding|randomi[sz]ed|control(?:led)?|(?:parallel )?group|type|duration|selection|timing|open"
    r"|(?:single|double) blind|cross[ -]?over|other)\s*+:\s*+",
    regex.IGNORECASE,
)
_DESIGN_FIELDS = {"al": "allocation", "ra": "allocation", "ma": "masking", "bl": "masking", "pr": "primary_purpose",
                  "pu": "primary_purpose", "in": "intervention_model", "mo": "intervention_model",
                  "as": "intervention_model"}  # fmt: skip
"""By the first two letters of the key; what other keys say fills no field."""
_DESIGN_ANSWERS: dict[str, Found] = {
    "open": {"masking": "NONE"},
    "single blind": {"masking": "SINGLE"},
    "double blind": {"masking": "DOUBLE"},
    "parallel group": {"intervention_model": "PARALLEL"},
    "cross over": {"intervention_model": "CROSSOVER"},
    "crossover": {"intervention_model": "CROSSOVER"},
}
"""Keys that are answered with yes or no -> what yes says."""
_DESIGN_REST = regex.compile(r"(?:[;:]|[,.]\s).*+", regex.DOTALL)
"""What may follow a value before the next known key."""
_DESIGN_WORDS = regex.compile(
    r"\b(non-?\s?randomi[sz]ed|randomi[sz]ed|single[- ]arm|parallel|cross-?over|factorial|sequential"
    r"|open[- ]label|(?:single|double|triple)[- ]blind)\w*+",
    regex.IGNORECASE,
)


def design(text: str, label: str) -> Found | None:
    """A whole design: `Allocation: Randomized. Intervention model: Parallel. Masking: …`, or words of one."""
    keys = list(_DESIGN.finditer(text))
    found: Found = {}
    for key, after in zip(keys, [*keys[1:], None], strict=False):
        value = text[key.end() : after.start() if after else len(text)].strip(" .,;|\n")
        name = " ".join(key[1].lower().replace("-", " ").split())
        if name in _DESIGN_ANSWERS:
            found = (_DESIGN_ANSWERS[name] if coded("yes_no", value) == "yes" else {}) | found
        elif field := _DESIGN_FIELDS.get(name[:2]):
            read = coded_value(field)
            found = (read(value, label) or read(_DESIGN_REST.sub("", value), label) or {}) | found
    head = text.partition(":")[0] if keys else text
    for word in _DESIGN_WORDS.finditer(head):
        for field in ("allocation", "intervention_model", "masking"):
            found = (coded_value(field)(word[1], label) or {}) | found
    return found or (None if keys else coded_value("intervention_model")(text, label))


_TYPE_ENDS = regex.compile(r"[,;]\s++")


def study_type(text: str, label: str) -> Found | None:
    """`Interventional`, or `Interventional, randomised, open label`."""
    kind = coded_value("study_type")
    if (found := kind(text, label)) is not None:
        return found
    head, *rest = _TYPE_ENDS.split(text, maxsplit=1)
    found, more = kind(head, label), design(rest[0], label) if rest else None
    return found | more if found and more else None


LINE_READERS: dict[str, LineReader] = {
    "trial_id": identifier,
    "overall_status": status,
    "phases": phases,
    "study_type": study_type,
    "enrollment": enrollment,
    "participants": participants,
    "start_date": date_value("start_date"),
    "primary_completion_date": date_value("primary_completion_date"),
    "completion_date": date_value("completion_date"),
    "last_update_date": date_value("last_update_date"),
    "allocation": coded_value("allocation"),
    "intervention_model": coded_value("intervention_model"),
    "primary_purpose": coded_value("primary_purpose"),
    "masking": coded_value("masking"),
    "design": design,
    "ages": age_range,
    "minimum_age": single_age("minimum_age"),
    "maximum_age": single_age("maximum_age"),
    "bare_age": bare_age,
    "bare_upper_age": bare_upper_age,
    "sex": sex,
    "healthy_volunteers": healthy_volunteers,
}
"""What a label may mean, where the value is one line."""
