"""CDISC USDM 4.0: the criteria of a trial as the text that USDM keeps them as, and the population's ages and sex.

USDM has no logic and no limits: what a criterion asks for stands in its text alone, from which it can be read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

from trialparse._version import __version__
from trialparse.export.binding import criterion_binds
from trialparse.export.exact import clean
from trialparse.export.losses import Loss, Losses
from trialparse.lexicon.tables import load
from trialparse.models.eligibility import Age, Criterion, Eligibility, subtree
from trialparse.models.requirement import Threshold, Window
from trialparse.models.trial import Trial
from trialparse.models.visit import walk

Object = dict[str, Any]

_NOT_WRITTEN = (
    "overall_status start_date primary_completion_date completion_date last_update_date allocation "
    "primary_purpose masking conditions keywords arm_groups interventions lead_sponsor collaborators responsible_party "
    "locations detailed_description related_trial_ids sections diagnostics"
).split()
"""Fields that stay behind: this target is for the criteria and the people they are about."""


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    loaded: dict[str, Any] = load("usdm_v4", "trialparse.export")
    return loaded


def to_usdm(trial: Trial) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """A trial's criteria and population as a USDM 4.0 study.

    Args:
        trial: as `trialparse.parse` gives it.

    Returns:
        The document as plain data, its decimals as `Decimal` (write it by `trialparse.export.exact.dumps`), and what it
        does not hold, or as text alone, each with its path, the reason and the offsets into the trial's source.
    """
    losses = Losses()
    document = clean(_Writer(losses).document(trial), lambda text: losses.add("characters", "document", text))
    return document, tuple(losses.found)


class _Writer:
    """Makes the objects of one document, whose ids are a class with a number."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._numbers: Counter[str] = Counter()

    def document(self, trial: Trial) -> Object:
        """The whole file."""
        self._losses.fields("not_written", trial, _NOT_WRITTEN)
        study = {
            "name": trial.trial_id or trial.acronym or "study",
            "label": trial.brief_title or trial.official_title,
            "description": trial.brief_summary,
            "versions": [self._version(trial)],
            "instanceType": "Study",
        }
        return {
            "study": _stated(study),
            "usdmVersion": _tables()["model"],
            "systemName": "trialparse",
            "systemVersion": __version__,
        }

    def _version(self, trial: Trial) -> Object:
        organizations, identifiers = self._identifiers(trial)
        items, design = self._design(trial)
        return self._object(
            "StudyVersion",
            versionIdentifier="",
            rationale="",
            studyIdentifiers=identifiers,
            titles=[
                self._object("StudyTitle", text=text, type=self._code("title", name))
                for name in ("brief_title", "official_title", "acronym")
                if (text := getattr(trial, name))
            ],
            organizations=organizations,
            eligibilityCriterionItems=items,
            studyDesigns=[design],
        )

    def _identifiers(self, trial: Trial) -> tuple[list[Object], list[Object]]:
        """The registry, and the ids: an id has a scope, which those that only stand beside the registry's lack."""
        for number, each in enumerate(trial.secondary_ids):
            self._losses.add("id_without_scope", f"secondary_ids.{number}", each)
        if trial.trial_id is None:
            return [], []
        scheme, name = _tables()["registries"].get(trial.registry, ("", trial.registry or ""))
        registry = self._object(
            "Organization",
            name=trial.registry or trial.trial_id,
            type=self._code("organization", "registry"),
            identifierScheme=scheme,
            identifier=name,
        )
        return [registry], [self._object("StudyIdentifier", text=trial.trial_id, scopeId=registry["id"])]

    # -- the design, its criteria and its people -----------------------------------------------------------------

    def _design(self, trial: Trial) -> tuple[list[Object], Object]:
        eligibility = trial.eligibility
        items: list[Object] = []
        criteria: list[Object] = []
        notes: list[Object] = []
        for section, roots in (("inclusion", eligibility.inclusion), ("exclusion", eligibility.exclusion)):
            binding = [root for root in roots if self._binds(root, notes)]
            made = [self._criterion(root, section) for root in binding]
            items += [item for item, _ in made]
            criteria += _chained([criterion for _, criterion in made])
        for root in eligibility.other:
            self._losses.add("other_section", root.id, root.text, root.span)
            notes.append(self._note(root))
        observational = trial.study_type == "OBSERVATIONAL"
        kind = "ObservationalStudyDesign" if observational else "InterventionalStudyDesign"
        phases = " ".join(trial.phases)
        fields = {
            "name": "design",
            "studyType": self._word("study_type", trial.study_type),
            "studyPhase": self._alias(self._word("phases", phases)) if phases else None,
            "model": self._model(trial, observational=observational),
            "timePerspective": self._unknown("study_type") if observational else None,
            "rationale": "",
            "arms": [],
            "epochs": [],
            "studyCells": [],
            "population": self._population(trial, [each["id"] for each in criteria]),
            "eligibilityCriteria": criteria,
            "notes": notes,
        }
        return items, self._object(kind, **fields)

    def _binds(self, root: Criterion, notes: list[Object]) -> bool:
        """Whether a criterion decides about anybody; one that does not becomes a note."""
        if criterion_binds(root):
            return True
        self._losses.add("binds_nobody", root.id, root.text, root.span)
        notes.append(self._note(root))
        return False

    def _criterion(self, root: Criterion, section: str) -> tuple[Object, Object]:
        """The text, which may be shared, and the criterion, which has a category and a place in the order."""
        for node in subtree(root):
            self._read_again(node)
        item = self._object("EligibilityCriterionItem", name=root.id, text=_xhtml(root))
        criterion = self._object(
            "EligibilityCriterion",
            name=root.id,
            category=self._code("category", section),
            identifier=root.id,
            criterionItemId=item["id"],
        )
        return item, criterion

    def _read_again(self, node: Criterion) -> None:
        """Names what stands in the text alone."""
        if node.combine in ("any", "at_least"):
            self._losses.add("logic", node.id, node.text, node.span)
        for place in walk(node.requirement) if node.requirement is not None else ():
            path = f"{node.id}/{place.path}"
            if isinstance(place.item, Threshold | Window):
                self._losses.add(place.item.kind, path, place.item.text, place.item.span)
            elif place.item.kind in ("any", "at_least", "not", "if"):
                self._losses.add("logic", path, str(place.item), node.span)

    def _population(self, trial: Trial, criteria: Sequence[str]) -> Object:
        eligibility, enrollment = trial.eligibility, trial.enrollment
        if eligibility.healthy_volunteers is None:
            self._losses.add("required", "eligibility.healthy_volunteers", written="false")
        sex = self._word("sex", eligibility.sex)
        count = None if enrollment is None else enrollment.count
        return self._object(
            "StudyDesignPopulation",
            name="population",
            includesHealthySubjects=bool(eligibility.healthy_volunteers),
            plannedEnrollmentNumber=None if count is None else self._object("Quantity", value=count),
            plannedSex=[] if sex is None else [sex],
            plannedAge=self._ages(eligibility),
            criterionIds=list(criteria),
        )

    def _ages(self, eligibility: Eligibility) -> Object | None:
        """Both ends or none: a Range has no open end, and none is invented."""
        low, high = eligibility.minimum_age, eligibility.maximum_age
        if low is not None and high is not None:
            ends = {"minValue": self._age(low), "maxValue": self._age(high)}
            return self._object("Range", **ends, isApproximate=False)
        for name, age in (("minimum_age", low), ("maximum_age", high)):
            if age is not None:
                self._losses.add("age_open", f"eligibility.{name}", f"{age.value} {age.unit}")
        return None

    def _age(self, age: Age) -> Object:
        return self._object("Quantity", value=age.value, unit=self._alias(self._code("age_unit", age.unit)))

    # -- codes ---------------------------------------------------------------------------------------------------

    def _model(self, trial: Trial, *, observational: bool) -> Object:
        """A code that the format asks for whether or not the record states it."""
        found = None if observational else self._word("intervention_model", trial.intervention_model)
        if found is not None:
            return found
        return self._unknown("intervention_model")

    def _unknown(self, path: str) -> Object:
        self._losses.add("required", path, written="Unknown")
        return self._code("unknown", "unknown")

    def _word(self, field: str, value: str | None) -> Object | None:
        """A field's value as a code; None where it is not stated, or has none."""
        if value is None:
            return None
        if value not in _tables()["codes"][field]["codes"]:
            self._losses.add("field_code", field, value)
            return None
        return self._code(field, value)

    def _code(self, table: str, name: str) -> Object:
        code, decode = _tables()["codes"][table]["codes"][name]
        system, version = _tables()["system"], _tables()["version"]
        return self._object("Code", code=code, codeSystem=system, codeSystemVersion=version, decode=decode)

    def _alias(self, code: Object | None) -> Object | None:
        return None if code is None else self._object("AliasCode", standardCode=code)

    def _note(self, root: Criterion) -> Object:
        return self._object("CommentAnnotation", text=f"{root.id}: {' '.join(node.text for node in subtree(root))}")

    def _object(self, kind: str, **fields: Any) -> Object:
        self._numbers[kind] += 1
        return {"id": f"{kind}_{self._numbers[kind]}", **_stated(fields), "instanceType": kind}


def _stated(fields: Mapping[str, Any]) -> Object:
    return {name: value for name, value in fields.items() if value is not None}


def _chained(criteria: list[Object]) -> list[Object]:
    """Each with the ids of those before and behind it."""
    for one, other in pairwise(criteria):
        one["nextId"], other["previousId"] = other["id"], one["id"]
    return criteria


def _xhtml(root: Criterion) -> str:
    """A criterion's text, with what stands under it as a list."""
    inner = "".join(f"<li>{_xhtml(child)}</li>" for child in root.children)
    return f"<p>{escape(root.text, quote=False)}</p>" + (f"<ul>{inner}</ul>" if inner else "")
