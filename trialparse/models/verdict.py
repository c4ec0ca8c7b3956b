"""What comes of putting criteria to a patient: verdicts of three values, each with its reasons."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from pydantic.dataclasses import dataclass

from trialparse.models.base import CLOSED, Span, Value

if TYPE_CHECKING:
    from trialparse.models.eligibility import Criterion, Eligibility

Outcome = Literal["met", "not_met", "unknown"]
Subject = Literal["value", "unit", "reference", "date", "statement", "age", "sex", "criteria"]


@dataclass(config=CLOSED, frozen=True, slots=True)
class Need(Value):
    """What has to be known to decide."""

    kind: Subject
    """value: of a measure; unit: of that value or of the limit; reference: a limit of normal or a baseline; date: when
    it was measured or happened; statement: whether the prose is true; age, sex: the patient's; criteria: the trial
    has none that were read."""
    name: str
    """The measure's name, or the prose as printed."""


# What follows is made by trialparse alone, of what was validated before, and by the million: to validate it once more
# would take as long as to judge. So these are plain dataclasses with the methods of models.


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Value):
    """One limit, time, statement or field of the record, and what it came to for the patient."""

    __pydantic_config__: ClassVar = CLOSED

    criterion: str
    """Id of the criterion, or the field of the record: "I3.2", "minimum_age"."""
    requirement: str
    """As a formula: "platelets ≥ 75 10*9/L"."""
    outcome: Outcome
    """Whether what it says is true of the patient, before any denial around it."""
    fact: str | None = None
    """What of the patient it was compared with."""
    text: str
    """As printed."""
    span: Span | None = None
    """In the record; None for a field of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Value):
    """Met, not met or unknown; what decided, and what would."""

    __pydantic_config__: ClassVar = CLOSED

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    """What decided; while unknown, what is still open. Empty where it binds nobody."""
    needs: tuple[Need, ...] = ()
    """What is missing to decide; empty once decided."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CriterionVerdict(Verdict):
    """Of one criterion with all that stands under it. An exclusion criterion that is met excludes."""

    criterion: str
    """Its id, or the field of the record."""
    section: Literal["inclusion", "exclusion", "other", "record"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrialVerdict(Verdict):
    """Met: every inclusion criterion and field of the record is met, and no exclusion criterion.

    The criteria of the section `other` are not in it: they decide nothing.
    """

    trial_id: str | None = None
    criteria: tuple[CriterionVerdict, ...]
    """One for each top-level criterion and field."""


class Judge(Protocol):
    """Who can be asked about criteria: `trialparse.Patient`, or anything else with these two methods."""

    def judge_criterion(self, criterion: Criterion) -> CriterionVerdict:
        """The verdict on one criterion."""

    def judge_eligibility(self, eligibility: Eligibility, trial_id: str | None = None) -> TrialVerdict:
        """The verdict on all criteria and the record's own age and sex fields."""
