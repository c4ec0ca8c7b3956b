"""Any page: the union of the labels that sites print, and criteria under any heading that names them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from trialparse.criteria.lines import Line, read_lines
from trialparse.criteria.markers import read_marker
from trialparse.criteria.sections import Run, split_runs
from trialparse.layouts.page import Meaning, label_key
from trialparse.layouts.unknown_head import head, overview
from trialparse.layouts.unknown_labels import INLINE_LIST, INVITED
from trialparse.layouts.unknown_page import UnknownPage
from trialparse.layouts.unknown_values import READERS
from trialparse.lexicon.fields import labels
from trialparse.lexicon.invitations import invitations
from trialparse.models.eligibility import SectionName

_SHORT = 60
"""Characters of a line that may be a heading."""
_LONGEST_INVITATION = 90


def _headings(text: str) -> dict[int, str]:
    """Headings of criteria, as labels; where the page names its block of criteria, only those below it."""
    lines = read_lines(text, 0, len(text))
    table = labels()
    short = (line for line in lines if line.end - line.start < _SHORT)
    block = next((line.start for line in short if _is_block(table, text[line.start : line.end])), 0)
    runs = [run for run in split_runs(text, lines, None, None) if run.heading and run.section]
    usual = {run.heading[0]: "inclusion criteria" for run in runs if run.heading and run.heading[0] >= block}
    opened = (run for run in runs if run.heading and run.heading[0] in usual and _opens_section(text, run))
    return _invitations(text, lines, {run.section for run in opened if run.section}) | usual


def _opens_section(text: str, run: Run) -> bool:
    """Whether a heading has its criteria below; a question may be answered in other words first."""
    below = run.lines[0] if run.lines else None
    return not run.doubtful or (below is not None and read_marker(text, below.start, below.end) is not None)


def _invitations(text: str, lines: Sequence[Line], known: set[SectionName]) -> dict[int, str]:
    """Headings of criteria in a site's own words, above a list, for the sections that no usual heading opens."""
    found: dict[int, str] = {}
    for line in lines:
        inline = INLINE_LIST.match(text, line.start, line.end)
        section = invitations().section(inline["head"]) if inline else None
        if section and section not in known:
            found[line.start] = INVITED[section]
    for line, below in pairwise(lines):
        if line.end - line.start > _LONGEST_INVITATION or not _opens_list(text, line, below):
            continue
        section = invitations().section(text[line.start : line.end])
        if section and section not in known:
            found[line.start] = INVITED[section]
    return found


def _opens_list(text: str, line: Line, below: Line) -> bool:
    mark, item = (read_marker(text, each.start, each.end) for each in (line, below))
    if mark and (item is None or item.family == mark.family):
        return False  # an item itself
    announces = text[line.start : line.end].rstrip(" .").rpartition(" ")[2] in invitations().ends
    return announces or text[line.end - 1] in ":…" or item is not None


def _is_block(table: dict[str, str], text: str) -> bool:
    return table.get(label_key(text)) == "criteria_block"


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
    invited: dict[str, Meaning] = {label: section for section, label in INVITED.items()}
    return table | invited | dict.fromkeys(_CRITERIA_HEADINGS, "criteria_heading")


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
    readers={"head": head, "overview": overview, **READERS},
)
