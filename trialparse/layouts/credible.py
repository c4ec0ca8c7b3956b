"""Whether what looks like a label inside prose or criteria is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import regex

from trialparse.layouts.labels import NUMBERED, is_bulleted, is_item
from trialparse.layouts.page import CRITERIA, FALLBACK, Meaning, label_key, pictured
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS
from trialparse.lexicon.pictures import pictures

_LONGEST_VALUE = 8
"""Items of more words are no names of conditions or treatments."""
DEMOGRAPHIC = frozenset({"ages", "minimum_age", "maximum_age", "sex", "healthy_volunteers"})
"""Meanings of the fields of who may take part."""
NO_CRITERION: frozenset[Meaning] = frozenset(
    {"lead_sponsor", "sponsors", "collaborators", "responsible_party", "secondary_ids", "sites"}
)
"""Meanings of rows that no criterion looks like."""
_NAMES = frozenset({"conditions_by_form", "keywords_by_form", "interventions"})
"""Meanings whose values are names, no sentences."""
_COMPARES = regex.compile(r"[<>≤≥]")
_SUB_HEADING = regex.compile(r"\p{Lu}[^:\n]{0,60}:")
_MOST_LOOKED_AT = 30
_FULL_LINE = 60
"""Characters of a line that may be wrapped."""


class Evidence(NamedTuple):
    """What is known of a candidate for a label."""

    text: str
    line: Line
    label: str
    """As printed."""
    key: str
    """The known label that it is."""
    meaning: Meaning
    around: Meaning
    """What the text is in which it stands."""
    rest: Line | None
    """What stands behind it on its line."""
    below: tuple[Line, ...]
    """The line below, and those after it up to the next candidate."""
    near: tuple[Line, ...]
    """The lines directly above and below that are no candidates."""

    @property
    def value(self) -> Line | None:
        """Where its value should stand."""
        return self.rest or next(iter(self.below), None)

    @property
    def reworded(self) -> bool:
        """Whether it is spelled in other words than the table has."""
        return label_key(self.label) != self.key and not self.label.endswith("?")

    @property
    def alone(self) -> bool:
        """Whether it has its line for itself, as headings have."""
        return (
            self.rest is None and not is_item(self.text, self.line) and not (self.reworded and self.label.endswith(":"))
        )

    @property
    def outdented(self) -> bool:
        """Whether it stands left of the line above, as no wrapped line does."""
        start = self.text.rfind("\n", 0, self.line.start) + 1
        above = self.text.rfind("\n", 0, max(0, start - 1)) + 1
        before = self.text[above:start]
        return bool(before.strip()) and self.line.start - start < len(before) - len(before.lstrip())

    @property
    def alone_as_question(self) -> bool:
        """Whether its line is a number and a question."""
        return self.label.endswith("?") and NUMBERED.match(self.text, self.line.start, self.line.end) is not None

    @property
    def has_form(self) -> bool:
        """Whether values of its meaning can be told by their form."""
        return isinstance(self.meaning, str) and self.meaning in LINE_READERS

    def shown(self, line: Line) -> str:
        """The text of a line."""
        return self.text[line.start : line.end]


Rule = Callable[[Evidence], bool]


def _is_numbered_question(it: Evidence) -> bool:
    """`5. Who cannot take part?`: no criterion asks."""
    return it.alone_as_question and it.rest is None


def _is_criterion(it: Evidence) -> bool:
    if it.around not in CRITERIA or ((found := pictured(it.text, it.line)) and found[0] in pictures()):
        return False
    return is_item(it.text, it.line) or (it.text[it.line.start].islower() and not it.outdented)


def _is_end_of_sentence(it: Evidence) -> bool:
    """`Investigator.` or `Institution`, alone where the line above was full."""
    if it.rest is not None or it.around is None or it.label.endswith((":", "?")) or it.label.startswith("#"):
        return False
    if it.label.endswith("."):
        return True
    end = it.text.rfind("\n", 0, it.line.start)
    above = it.text[it.text.rfind("\n", 0, max(end, 0)) + 1 : max(end, 0)].strip()
    return " " not in it.label and len(above) > _FULL_LINE and above[-1] not in ".;:!?"


def _heads_criteria(it: Evidence) -> bool:
    return it.meaning in CRITERIA or it.meaning in FALLBACK


def _is_among_items(it: Evidence) -> bool:
    return is_item(it.text, it.line) and any(is_bulleted(it.text, line) for line in it.near)


def _is_demographic_criterion(it: Evidence) -> bool:
    """`Age: 18-75 years`; in a block that may hold more than criteria, as a sentence."""
    if it.rest is None or it.meaning not in DEMOGRAPHIC:
        return False
    return it.around in CRITERIA or (it.around in FALLBACK and it.shown(it.rest).endswith("."))


def _heads_items(it: Evidence) -> bool:
    """`Medical conditions` above a numbered list of sentences."""
    if it.around not in CRITERIA or it.rest is not None or not it.below:
        return False
    below = it.below[0]
    long = it.text.count(" ", below.start, below.end) > _LONGEST_VALUE
    if not is_bulleted(it.text, below) and not (long and NUMBERED.match(it.text, below.start, below.end)):
        return False
    return it.label.endswith(":") or it.meaning in DEMOGRAPHIC or not is_bulleted(it.text, below)


def _heads_sentences(it: Evidence) -> bool:
    """`Medical conditions` above sentences or limits, `Age:` above more than an age and then another such heading."""
    if it.around not in CRITERIA or it.rest is not None:
        return False
    lines = it.below[:_MOST_LOOKED_AT]
    if it.meaning in _NAMES:
        return any(_reads_as_criterion(it.text[slice(*line)]) for line in lines)
    if it.meaning not in DEMOGRAPHIC or not it.label.endswith(":"):
        return False
    return any(
        _SUB_HEADING.fullmatch(it.text, *line) or _reads_as_criterion(it.text[slice(*line)]) for line in lines[1:]
    )


def _reads_as_criterion(line: str) -> bool:
    """Whether a line holds what no name and no value of a single field does: a limit, or a sentence."""
    return _COMPARES.search(line) is not None or (line.endswith((".", ";")) and len(line[:-1].split()) > 1)


def _names_no_criterion(it: Evidence) -> bool:
    return it.around in (*CRITERIA, *FALLBACK) and it.rest is not None and it.meaning in NO_CRITERION


def _is_heading(it: Evidence) -> bool:
    return it.alone and (not it.has_form or (not it.reworded and (" " in it.label or it.label.startswith("#"))))


def _has_its_value(it: Evidence) -> bool:
    if not it.has_form or it.value is None:
        return False
    return bool(LINE_READERS[str(it.meaning)](it.shown(it.value), it.key))


RULES: tuple[tuple[Rule, bool], ...] = (
    (_is_numbered_question, True),
    (_is_criterion, False),
    (_is_end_of_sentence, False),
    (_heads_criteria, True),
    (_is_among_items, False),
    (_is_demographic_criterion, False),
    (_heads_items, False),
    (_heads_sentences, False),
    (_names_no_criterion, True),
    (_is_heading, True),
    (_has_its_value, True),
)
"""In order; the first that holds settles it. A candidate that none speaks for is no label."""


def is_label(evidence: Evidence) -> bool:
    """Whether the candidate is a label."""
    return next((verdict for holds, verdict in RULES if holds(evidence)), False)
