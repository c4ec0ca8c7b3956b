"""The record's own fields as a `ResearchStudy`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialparse.export.fhir.codes import Element, code, coded, enumerated, tables
from trialparse.export.losses import Losses
from trialparse.models.trial import Intervention, Sponsor, Trial, TrialDate

ELIGIBILITY = "eligibility"
"""Id of the contained EvidenceVariable."""
_CTGOV = ("ClinicalTrials.gov", "https://clinicaltrials.gov")
_DESIGN = ("study_type", "allocation", "intervention_model", "masking")
_NOWHERE = ("primary_completion_date", "related_trial_ids", "sections", "diagnostics")
"""Fields that have no element, or one that says something else."""


def study(trial: Trial, variable: Element, losses: Losses) -> Element:
    """The ResearchStudy of a trial, with its eligibility and its sites contained in it.

    Args:
        trial: the trial.
        variable: its EvidenceVariable.
        losses: is told what the document does not hold.
    """
    losses.fields("field", trial, _NOWHERE)
    sites = [_site(number, place) for number, place in enumerate(trial.locations, 1)]
    title = trial.brief_title or trial.official_title
    # one without characteristics would say that everybody qualifies
    stated = variable["characteristic"] or variable["note"]
    criteria = [{**variable, "id": ELIGIBILITY, "title": title}] if stated else []
    return {
        "resourceType": "ResearchStudy",
        "contained": [*criteria, *sites],
        "identifier": list(_identifiers(trial)),
        "title": title,
        "label": [_label("official", trial.official_title), _label("acronym", trial.acronym)],
        "date": _day(trial.last_update_date),
        "status": code("publication-status", "active"),
        "primaryPurposeType": _purpose(trial, losses),
        "phase": _phase(trial, losses),
        "studyDesign": [_design(trial, name) for name in _DESIGN],
        "focus": [_focus(number, each, losses) for number, each in enumerate(trial.interventions)],
        "condition": _texts(trial.conditions),
        "keyword": _texts(trial.keywords),
        "descriptionSummary": trial.brief_summary,
        "description": trial.detailed_description,
        "period": {"start": _day(trial.start_date), "end": _day(trial.completion_date)},
        "site": [{"reference": f"#{each['id']}"} for each in sites],
        "classifier": _classifiers(trial, losses),
        "associatedParty": list(_parties(trial)),
        "progressStatus": list(_progress(trial, losses)),
        "recruitment": {**_numbers(trial), "eligibility": {"reference": f"#{ELIGIBILITY}"} if criteria else None},
        "comparisonGroup": list(_arms(trial, losses)),
    }


def _day(date: TrialDate | None) -> str | None:
    return None if date is None else date.date


def _label(kind: str, value: str | None) -> Element | None:
    return {"type": coded("title-type", kind), "value": value} if value else None


def _design(trial: Trial, name: str) -> Element | None:
    value = getattr(trial, name)
    return None if value is None else enumerated(name, value)


def _identifiers(trial: Trial) -> Iterator[Element]:
    if trial.trial_id is not None:
        registry, system = _CTGOV
        yield {
            "use": "official",
            "system": system if trial.registry == registry else None,
            "value": trial.trial_id,
            "assigner": {"display": trial.registry},
        }
    yield from ({"value": each} for each in trial.secondary_ids)


def _phase(trial: Trial, losses: Losses) -> Element | None:
    return _word("phases", " ".join(trial.phases), "research-study-phase", losses)


def _purpose(trial: Trial, losses: Losses) -> Element | None:
    return _word("primary_purpose", trial.primary_purpose, "research-study-prim-purp-type", losses)


def _word(field: str, value: str | None, value_set: str, losses: Losses) -> Element | None:
    """A field's value as a code of the value set, else as text."""
    if not value:
        return None
    found = tables()["words"][field].get(value)
    if found is None:
        losses.add("field_code", field, value)
        return {"text": value}
    return coded(value_set, found, value)


def _progress(trial: Trial, losses: Losses) -> Iterator[Element]:
    """Where the study stands, and whether its dates are estimates."""
    state = _word("overall_status", trial.overall_status, "research-study-status", losses)
    if state is not None:
        yield {"state": state}
    for end, date in (("start", trial.start_date), ("end", trial.completion_date)):
        if date is not None and date.type is not None:
            overall = coded("research-study-status", "overall-study")
            yield {"state": overall, "actual": date.type == "ACTUAL", "period": {end: date.date}}


def _numbers(trial: Trial) -> Element:
    enrollment = trial.enrollment
    if enrollment is None or enrollment.count is None:
        return {}
    return {"actualNumber" if enrollment.type == "ACTUAL" else "targetNumber": enrollment.count}


def _parties(trial: Trial) -> Iterator[Element]:
    sponsors = [("lead-sponsor", trial.lead_sponsor), *(("collaborator", each) for each in trial.collaborators)]
    for role, sponsor in sponsors:
        if sponsor is not None:
            yield {
                "name": sponsor.name,
                "role": coded("research-study-party-role", role),
                "classifier": _class(sponsor),
            }
    party = trial.responsible_party
    if party is not None:
        named = ", ".join(each for each in (party.name, party.title, party.affiliation) if each)
        yield {"name": named, "role": {"text": "responsible party"}}


def _class(sponsor: Sponsor) -> list[Element]:
    return [] if sponsor.agency_class is None else [enumerated("agency_class", sponsor.agency_class)]


def _focus(number: int, each: Intervention, losses: Losses) -> Element:
    if each.description:
        losses.add("field", f"interventions.{number}.description", each.description)
    kind = {} if each.type is None else enumerated("intervention_type", each.type)
    return {"concept": {**kind, "text": each.name}}


def _arms(trial: Trial, losses: Losses) -> Iterator[Element]:
    """The arms that have a name: a comparisonGroup without one is none."""
    words = tables()["words"]["arm_type"]
    for number, arm in enumerate(trial.arm_groups):
        if arm.label:
            kind = None if arm.type is None else coded("research-study-arm-type", words[arm.type])
            named = {"linkId": f"arm-{number + 1}", "name": arm.label}
            yield {**named, "type": kind, "description": arm.description}
        else:
            losses.add("field", f"arm_groups.{number}", arm.description or arm.type)


def _site(number: int, place: object) -> Element:
    facility, city, state, country = (getattr(place, name) for name in ("facility", "city", "state", "country"))
    address = {"city": city, "state": state, "country": country}
    return {"resourceType": "Location", "id": f"site-{number}", "name": facility, "address": address}


def _classifiers(trial: Trial, losses: Losses) -> list[Element]:
    accepted = trial.eligibility.healthy_volunteers
    if accepted is None:
        return []
    text = f"Accepts healthy volunteers: {'yes' if accepted else 'no'}"
    losses.add("field_convention", "eligibility.healthy_volunteers", str(accepted))
    return [{"text": text}]


def _texts(values: Iterable[str]) -> list[Element]:
    return [{"text": value} for value in values]
