"""ClinicalTrials.gov API v2: a study as JSON, or a page of studies."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_P = "protocolSection/"
_STATUS, _DESIGN, _INFO = _P + "statusModule/", _P + "designModule/", _P + "designModule/designInfo/"
_IDS, _PEOPLE, _WHO = _P + "identificationModule/", _P + "sponsorCollaboratorsModule/", _P + "eligibilityModule/"
_SPONSOR = {"name": ("name", None), "agency_class": ("class", "agency_class")}

LAYOUT = Format(
    description="ClinicalTrials.gov API v2: a study as JSON, or a page {\"studies\": [...]}",
    signs=('"protocolSection"', '"identificationModule"', '"nctId"'),
    record=(_IDS + "nctId",),
    values={
        "trial_id": _IDS + "nctId",
        "overall_status": _STATUS + "overallStatus",
        "start_date": (_STATUS + "startDateStruct/date", _STATUS + "startDateStruct/type"),
        "primary_completion_date": (
            _STATUS + "primaryCompletionDateStruct/date", _STATUS + "primaryCompletionDateStruct/type"),
        "completion_date": (_STATUS + "completionDateStruct/date", _STATUS + "completionDateStruct/type"),
        "last_update_date": (_STATUS + "lastUpdatePostDateStruct/date", _STATUS + "lastUpdatePostDateStruct/type"),
        "study_type": _DESIGN + "studyType",
        "phases": _DESIGN + "phases",
        "enrollment": (_DESIGN + "enrollmentInfo/count", _DESIGN + "enrollmentInfo/type"),
        "allocation": _INFO + "allocation",
        "intervention_model": _INFO + "interventionModel",
        "primary_purpose": _INFO + "primaryPurpose",
        "masking": _INFO + "maskingInfo/masking",
        "minimum_age": _WHO + "minimumAge",
        "maximum_age": _WHO + "maximumAge",
        "sex": _WHO + "sex",
        "healthy_volunteers": _WHO + "healthyVolunteers",
    },
    texts={
        "brief_title": _IDS + "briefTitle",
        "official_title": _IDS + "officialTitle",
        "acronym": _IDS + "acronym",
        "brief_summary": _P + "descriptionModule/briefSummary",
        "detailed_description": _P + "descriptionModule/detailedDescription",
    },
    lists={
        "conditions": (_P + "conditionsModule/conditions",),
        "keywords": (_P + "conditionsModule/keywords",),
        "secondary_ids": (_IDS + "orgStudyIdInfo/id", _IDS + "secondaryIdInfos/id"),
    },
    groups={
        "arm_groups": (
            _P + "armsInterventionsModule/armGroups",
            {"label": ("label", None), "type": ("type", "arm_type"), "description": ("description", None)},
        ),
        "interventions": (
            _P + "armsInterventionsModule/interventions",
            {"name": ("name", None), "type": ("type", "intervention_type"), "description": ("description", None)},
        ),
        "lead_sponsor": (_PEOPLE + "leadSponsor", _SPONSOR),
        "collaborators": (_PEOPLE + "collaborators", _SPONSOR),
        "responsible_party": (
            _PEOPLE + "responsibleParty",
            {"name": ("investigatorFullName | oldNameTitle", None), "title": ("investigatorTitle", None),
             "affiliation": ("investigatorAffiliation | oldOrganization", None)},
        ),
        "locations": (
            _P + "contactsLocationsModule/locations",
            {"facility": ("facility", None), "city": ("city", None), "state": ("state", None),
             "country": ("country", None)},
        ),
    },
    criteria={_WHO + "eligibilityCriteria": None},
)  # fmt: skip
