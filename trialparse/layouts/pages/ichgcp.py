"""ichgcp.net: the modern registry labels, each with a blank line before its value, sites as nested bullets."""

from __future__ import annotations

import regex

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Value
from trialparse.layouts.pages.ctgov_modern import LABELS, sites
from trialparse.layouts.values import Found, iso_date

_UPDATED = regex.compile(r"(.{4,25}?) updated by: (.+)")


def _head(value: Value) -> Found | None:
    """Title, `May 4, 2023 updated by: sponsor`, official title, summary."""
    found: Found = {"brief_title": value.show(value.lines[0])}
    rest = value.lines[1:]
    if rest and (match := _UPDATED.fullmatch(value.text(rest[0]))):
        date, _ = iso_date(match[1])
        if date is not None:
            found["last_update_date"] = {"date": date, "type": None}
        rest = rest[1:]
        if rest:
            found["official_title"] = value.show(rest[0])
        if rest[1:]:
            found["brief_summary"] = value.prose(rest[1:])
    else:
        value.left = list(rest)
    return found


LAYOUT = Layout(
    description="ichgcp.net: 'May 4, 2023 updated by: sponsor', then the modern registry labels",
    signs={" updated by: ": 0.5, "Study Overview": 0.2, "Intervention / Treatment": 0.2, "Study Major Dates": 0.3,
           "Researchers look for people who fit a certain description, called eligibility criteria": 0.4,
           "This section provides the contact details for those conducting the study": 0.4},
    start="head",
    labels=LABELS | {"Last Update Posted": None},  # the date above is the page's own
    noise=r"This section provides .*|Researchers look for people .*|This is where you will find people .*"
          r"|(?:Participant Group / Arm|Group / Cohort) Intervention / Treatment",
    readers={"head": _head, "sites": sites},
)  # fmt: skip
