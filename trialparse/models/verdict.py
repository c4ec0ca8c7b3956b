"""What comes of putting criteria to a patient: verdicts of three values, each with its reasons."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Protocol

from pydantic import Field
from pydantic.dataclasses import dataclass

from trialparse.models.base import CLOSED, Span, Value

if TYPE_CHECKING:
    from trialparse.models.eligibility import Criterion, Eligibility

Outcome = Literal["met", "not_met", "unknown"]
Subject = Literal["value", "unit", "reference", "date", "statement", "age", "sex", "criteria"]


@dataclass(config=CLOSED, frozen=True, slots=True)
class Need(Value):
    """What has to be known to decide."""

    kind: Subject = Field(
        description="value: of a measure; unit: of that value or of the limit; reference: a limit of normal or a "
        "baseline; date: when it was measured or happened; statement: whether the prose is true; age, sex: the "
        "patient's; criteria: the trial has none that were read"
    )
    name: str = Field(description="the measure's name, or the prose as printed")


# What follows is made by trialparse alone, of what was validated before, and by the million: to validate it once more
# would take as long as to judge. So these are plain dataclasses with the methods of models.


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Value):
    """One limit, time, statement or field of the record, and what it came to for the patient."""

    __pydantic_config__: ClassVar = CLOSED

    criterion: Annotated[
        str, Field(description='id of the criterion, or the field of the record: "I3.2", "minimum_age"')
    ]
    requirement: Annotated[str, Field(description='as a formula: "platelets ≥ 75 10*9/L"')]
    outcome: Annotated[Outcome, Field(description="whether it is true of the patient, before any denial around it")]
    fact: Annotated[str | None, Field(description="what of the patient it was compared with")] = None
    text: Annotated[str, Field(description="as printed")]
    span: Annotated[Span | None, Field(description="in the record; null for a field of it")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Value):
    """Met, not met or unknown; what decided, and what would."""

    __pydantic_config__: ClassVar = CLOSED

    outcome: Outcome
    reasons: Annotated[
        tuple[Reason, ...],
        Field(description="what decided; while unknown, what is still open. Empty where it binds nobody"),
    ] = ()
    needs: Annotated[tuple[Need, ...], Field(description="what is missing to decide; empty once decided")] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CriterionVerdict(Verdict):
    """Of one criterion with all that stands under it. An exclusion criterion that is met excludes."""

    criterion: Annotated[str, Field(description="its id, or the field of the record")]
    section: Literal["inclusion", "exclusion", "other", "record"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrialVerdict(Verdict):
    """Met: every inclusion criterion and field of the record is met, and no exclusion criterion.

    The criteria of the section `other` are not in it: they decide nothing.
    """

    trial_id: str | None = None
    criteria: Annotated[tuple[CriterionVerdict, ...], Field(description="one for each top-level criterion and field")]


class Judge(Protocol):
    """Who can be asked about criteria: `trialparse.Patient`, or anything else with these two methods."""

    def judge_criterion(self, criterion: Criterion) -> CriterionVerdict:
        """The verdict on one criterion."""

    def judge_eligibility(self, eligibility: Eligibility, trial_id: str | None = None) -> TrialVerdict:
        """The verdict on all criteria and the record's own age and sex fields."""
