"""A patient: what is known of one person, and the verdicts that follow from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from trialparse.decimals import written
from trialparse.evaluate.ages import aged
from trialparse.evaluate.judge import Event, Facts, Judge, Value
from trialparse.evaluate.prose import Answer
from trialparse.lexicon.measures import measure_key
from trialparse.models.eligibility import Criterion, Eligibility
from trialparse.models.measured import Given, Measured
from trialparse.models.requirement import Statement, Window
from trialparse.models.subject import content
from trialparse.models.verdict import CriterionVerdict, TrialVerdict

Day = dt.date | str
"""A date, or as ISO 8601 writes it."""


class Patient(BaseModel):
    """What is known of a patient. What is not given is unknown, and decides nothing.

    `criterion.evaluate(patient)`, `eligibility.evaluate(patient)` and `trial.evaluate(patient)` put criteria to it.

    Example:
        >>> from trialparse import parse_criterion
        >>> parse_criterion("Platelets ≥ 75 × 10^9/L").evaluate(Patient(values={"platelets": "60 10*9/L"})).outcome
        'not_met'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    if TYPE_CHECKING:  # what is turned into the fields' types, so that type checkers admit what this does

        def __init__(
            self,
            *,
            id: str | None = None,
            age: Given | None = None,
            birth_date: Day | None = None,
            sex: str | None = None,
            today: Day = ...,
            values: Mapping[str, Given | Sequence[Given]] = ...,
            history: Mapping[str, bool | Day | Sequence[Day]] = ...,
            ask: Callable[[Statement | Window], Answer] | None = None,
        ) -> None: ...

    id: str | None = None
    age: Measured | None = Field(default=None, description='a number of years, or with a unit: "18 mo"')
    birth_date: dt.date | None = Field(default=None, description="instead of the age; counts in completed years")
    sex: Literal["FEMALE", "MALE"] | None = None
    today: dt.date = Field(
        default_factory=dt.date.today, description="the day on which the patient would enter the trial"
    )
    values: Mapping[str, tuple[Measured, ...]] = Field(
        default={},
        description="measure (name of the lexicon, `trialparse measures`, or a synonym; else as the trial prints it) "
        "-> value or values",
    )
    history: Mapping[str, bool | tuple[dt.date, ...]] = Field(
        default={},
        description='event, illness or treatment -> false (never), true (it is so) or on which days: "chemotherapy". '
        "Decides only prose that says nothing else",
    )
    ask: Callable[[Statement | Window], Answer] | None = Field(
        default=None,
        exclude=True,
        description="asked first about prose: true or false of the patient, the day on which it happened or how long "
        "ago or for how long (then its time windows are checked), or None: not known",
    )

    @field_validator("values", mode="before")
    @classmethod
    def _several(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        found = {measure_key(name): each for name, each in values.items()}
        if len(found) < len(values):
            names = [name for name in values if list(map(measure_key, values)).count(measure_key(name)) > 1]
            raise ValueError(f"{', '.join(names)} are one measure; give its values as a list under one name")
        return {name: each if isinstance(each, list | tuple) else (each,) for name, each in found.items()}

    @field_validator("history", mode="before")
    @classmethod
    def _days(cls, history: Any) -> Any:
        if not isinstance(history, Mapping):
            return history
        return {name: each if isinstance(each, bool | list | tuple) else (each,) for name, each in history.items()}

    @field_validator("sex", mode="before")
    @classmethod
    def _capitals(cls, sex: Any) -> Any:
        return sex.upper() if isinstance(sex, str) else sex

    @model_validator(mode="after")
    def _sensible(self) -> Patient:
        if self.birth_date is not None and self.birth_date > self.today:
            raise ValueError(f"birth_date {self.birth_date} lies after today, {self.today}")
        if self.birth_date is not None and self.age is not None:
            raise ValueError("give the age or the birth_date, not both")
        if "age" in self.values:
            raise ValueError("give the age as `age` or by `birth_date`, not among the values")
        return self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Patient:
        """A copy with some fields changed, and judged by these."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_judge", None)
        return copied

    @cached_property
    def _judge(self) -> Judge:
        history = {content(name): Event(known, f"{name}: {_said(known)}") for name, known in self.history.items()}
        age = aged(self.age, self.birth_date, self.today)
        years = age("a")
        return Judge(
            Facts(
                values={key: [Value(each, f"{key} {each}") for each in found] for key, found in self.values.items()},
                age=age,
                years=None if years is None else f"age in years {written(years)}",
                sex=self.sex,
                history=history,
                today=self.today,
                ask=self.ask,
            )
        )

    def judge_criterion(self, criterion: Criterion) -> CriterionVerdict:
        """What `criterion.evaluate(self)` gives."""
        return self._judge.criterion(criterion)

    def judge_eligibility(self, eligibility: Eligibility, trial_id: str | None = None) -> TrialVerdict:
        """What `eligibility.evaluate(self)` gives."""
        return self._judge.eligibility(eligibility, trial_id)

    def judge_every(
        self, eligibility: Eligibility, trial_id: str | None = None
    ) -> tuple[TrialVerdict, dict[str, CriterionVerdict]]:
        """The same, and the verdict on each criterion by its id, with the times of the lead-ins above it."""
        return self._judge.every(eligibility, trial_id)


def _said(known: bool | tuple[dt.date, ...]) -> str:
    return ("no", "yes")[known] if isinstance(known, bool) else ", ".join(day.isoformat() for day in known)
