"""A whole trial record, named after ClinicalTrials.gov API v2 with its enum values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from trialparse.models.base import Model, Span
from trialparse.models.diagnostic import Diagnostic
from trialparse.models.eligibility import Eligibility
from trialparse.models.notation import shortened
from trialparse.models.page import trial_html
from trialparse.models.verdict import Judge, TrialVerdict
from trialparse.models.views import FlatThreshold, FlatWindow, thresholds_of, windows_of

if TYPE_CHECKING:
    from rich.console import RenderableType

SCHEMA_VERSION = "1.0"

DateType = Literal["ACTUAL", "ESTIMATED"]
Phase = Literal["NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"]
StudyType = Literal["INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS"]
Status = Literal[
    "ACTIVE_NOT_RECRUITING", "COMPLETED", "ENROLLING_BY_INVITATION", "NOT_YET_RECRUITING", "RECRUITING",
    "SUSPENDED", "TERMINATED", "WITHDRAWN", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING", "WITHHELD", "UNKNOWN",
]  # fmt: skip
Allocation = Literal["RANDOMIZED", "NON_RANDOMIZED", "NA"]
InterventionModel = Literal["SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL"]
PrimaryPurpose = Literal[
    "TREATMENT", "PREVENTION", "DIAGNOSTIC", "ECT", "SUPPORTIVE_CARE", "SCREENING", "HEALTH_SERVICES_RESEARCH",
    "BASIC_SCIENCE", "DEVICE_FEASIBILITY", "OTHER",
]  # fmt: skip
Masking = Literal["NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"]
ArmGroupType = Literal[
    "EXPERIMENTAL", "ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION", "OTHER",
]  # fmt: skip
InterventionType = Literal[
    "BEHAVIORAL", "BIOLOGICAL", "COMBINATION_PRODUCT", "DEVICE", "DIAGNOSTIC_TEST", "DIETARY_SUPPLEMENT", "DRUG",
    "GENETIC", "PROCEDURE", "RADIATION", "OTHER",
]  # fmt: skip
AgencyClass = Literal["NIH", "FED", "OTHER_GOV", "INDIV", "INDUSTRY", "NETWORK", "AMBIG", "OTHER", "UNKNOWN"]


class Source(Model):
    """Where the record came from."""

    layout: str = Field(description='name of the layout that read it; "generic" where none was recognised')
    registry: str | None = None
    sha256: str = Field(description="of the source text in UTF-8")
    length: int = Field(ge=0, description="of the source text, in characters")
    path: str | None = Field(default=None, description='file of a batch, with member and row: "dump.jsonl.gz:17"')
    url: str | None = Field(default=None, description="of the page, where the batch knew it")


class Enrollment(Model):
    """How many participants."""

    count: int | None = None
    type: DateType | None = None


class TrialDate(Model):
    """A date in the precision the record gives: "2025-08" stays a month."""

    date: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="ISO 8601: year, month or day")
    type: DateType | None = None


class ArmGroup(Model):
    """One arm or cohort."""

    label: str | None = None
    type: ArmGroupType | None = None
    description: str | None = None


class Intervention(Model):
    """One treatment, procedure or exposure."""

    name: str | None = None
    type: InterventionType | None = None
    description: str | None = None


class Sponsor(Model):
    """Lead sponsor or collaborator."""

    name: str | None = None
    agency_class: AgencyClass | None = None


class ResponsibleParty(Model):
    """Who answers for the record."""

    name: str | None = None
    title: str | None = None
    affiliation: str | None = None


class Location(Model):
    """One site."""

    facility: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None


class PageSection(Model):
    """Page text that fills no field, kept under the heading it stood under."""

    heading: str | None = None
    text: str
    span: Span


class Trial(Model):
    """A clinical-trial record. What the page does not state is None or empty, never guessed."""

    schema_version: str = SCHEMA_VERSION
    source: Source
    trial_id: str | None = Field(default=None, description='primary registry id in canonical form: "NCT09900001"')
    registry: str | None = Field(default=None, description='registry of `trial_id`: "ClinicalTrials.gov"')
    secondary_ids: tuple[str, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    overall_status: Status | None = None
    phases: tuple[Phase, ...] = ()
    study_type: StudyType | None = None
    enrollment: Enrollment | None = None
    start_date: TrialDate | None = None
    primary_completion_date: TrialDate | None = None
    completion_date: TrialDate | None = None
    last_update_date: TrialDate | None = None
    allocation: Allocation | None = None
    intervention_model: InterventionModel | None = None
    primary_purpose: PrimaryPurpose | None = None
    masking: Masking | None = None
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    arm_groups: tuple[ArmGroup, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    lead_sponsor: Sponsor | None = None
    collaborators: tuple[Sponsor, ...] = ()
    responsible_party: ResponsibleParty | None = None
    locations: tuple[Location, ...] = ()
    brief_summary: str | None = None
    detailed_description: str | None = None
    related_trial_ids: tuple[str, ...] = Field(default=(), description="ids of other trials the page points to")
    eligibility: Eligibility = Eligibility()
    sections: tuple[PageSection, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def evaluate(self, patient: Judge) -> TrialVerdict:
        """Whether a patient qualifies by the criteria and the fields for age and sex: see `Eligibility.evaluate`."""
        return patient.judge_eligibility(self.eligibility, self.trial_id)

    def thresholds(self) -> tuple[FlatThreshold, ...]:
        """Every threshold with its criterion, section, condition and negation, in the order of the text."""
        return tuple(thresholds_of(self.eligibility))

    def windows(self) -> tuple[FlatWindow, ...]:
        """Every time window with its criterion and section, in the order of the text."""
        return tuple(windows_of(self.eligibility))

    def __repr__(self) -> str:
        title = shortened(self.brief_title or self.official_title or "")
        return f"<Trial {self.trial_id or 'without id'} {title!r} {self.eligibility!r}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return trial_html(self)

    def __rich__(self) -> RenderableType:
        from trialparse.models.tree import trial_page

        return trial_page(self)
