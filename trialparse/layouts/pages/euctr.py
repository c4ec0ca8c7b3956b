"""The EU Clinical Trials Register: `E.3 Principal inclusion criteria: …` in its several renderings."""

from __future__ import annotations

from trialparse.layouts.base import Layout
from trialparse.layouts.fields import BlockReader
from trialparse.layouts.page import Value
from trialparse.layouts.values import Found


def _yes(value: Value, code: str) -> bool:
    """Whether a row with this code says Yes."""
    return "yes" in value.page.answers.get(code, ())


def _choice(field: str, answers: dict[str, str]) -> BlockReader:
    """A field spread over Yes/No rows: the value of the one row that says Yes."""

    def read(value: Value) -> Found | None:
        chosen = [answer for code, answer in answers.items() if _yes(value, code)]
        return {field: chosen[0]} if len(chosen) == 1 else {}

    return read


def _phases(value: Value) -> Found | None:
    found = [f"PHASE{number}" for number in range(1, 5) if _yes(value, f"E.7.{number}")]
    return {"phases": found} if found else {}


def _sex(value: Value) -> Found | None:
    female, male = _yes(value, "F.2.1"), _yes(value, "F.2.2")
    return {"sex": "ALL" if female and male else "FEMALE" if female else "MALE"} if female or male else {}


LAYOUT = Layout(
    description="clinicaltrialsregister.eu: rows with codes, 'E.3 Principal inclusion criteria', Yes/No ages and sexes",
    signs={"EudraCT Number": 0.3, "EudraCT number": 0.3, "Member State Concerned": 0.3,
           "Principal inclusion criteria": 0.6, "Name of Sponsor": 0.2, "National Competent Authority": 0.3,
           "IMP Role": 0.2},
    rows=r"(?P<key>[A-GNP]\.(?:\d+(?:\.\d+)*+)?)(?: (?:and|to) [A-Z][.\d]++)?+(?:$(?P<value>)|[ |]++"
         r"(?:[^:|\n(]++|\((?!\p{Ll}\p{Ll}\)\s*+[:|])[^)\n]*+\))*+(?P<copy>\(\p{Ll}\p{Ll}\)\s*+)?"
         r"(?:[:|][ |:]*+(?P<value>.*+)|$(?P<value>)))",
    divider=r"^[ \t]*+Summary[ \t]*+\r?\n\s*+EudraCT Number:",
    labels={
        "EudraCT Number": "trial_id",
        "Sponsor's Protocol Code Number": "secondary_ids",
        "National Competent Authority": None,
        "Clinical Trial Type": None,
        "Trial Status": "overall_status",
        "Date on which this record was first entered*": None,
        "Link": None,
        "A.2": "trial_id",
        "A.3": "official_title",
        "A.3.1": "brief_title",
        "A.4.1": "secondary_ids",
        "A.5.1": "secondary_ids",
        "A.5.2": "secondary_ids",
        "A.5.3": "secondary_ids",
        "B.1.1": "lead_sponsor",
        "B.3.1": "sponsor_class",
        "E.1.1": "conditions",
        "E.2.1": None,
        "E.3": "inclusion",
        "E.4": "exclusion",
        "E.7.1": "phases_by_row",
        "E.8.1.1": "allocation_by_row",
        "E.8.1.2": "masking_by_row",
        "E.8.1.5": "model_by_row",
        "F.2.1": "sex_by_row",
        "F.3.1": "healthy_volunteers",
        "F.4.2.2": "enrollment",
    },
    noise=r"EudraCT number|Full title of the trial|Principal (?:in|ex)clusion criteria|Sponsor's protocol code number"
          r"|Name of Sponsor|Title of the trial for lay people.*|Medical condition\(s\) being investigated"
          r"|Status of the sponsor|Healthy volunteers|In the whole clinical trial|Female"
          r"|Information not present in EudraCT",
    readers={
        "phases_by_row": _phases,
        "allocation_by_row": _choice("allocation", {"E.8.1.1": "RANDOMIZED"}),
        "masking_by_row": _choice("masking", {"E.8.1.2": "NONE", "E.8.1.3": "SINGLE", "E.8.1.4": "DOUBLE"}),
        "model_by_row": _choice("intervention_model", {"E.8.1.5": "PARALLEL", "E.8.1.6": "CROSSOVER"}),
        "sex_by_row": _sex,
    },
)  # fmt: skip
