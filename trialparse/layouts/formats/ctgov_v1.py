"""ClinicalTrials.gov's API before 2024: full studies and study fields, every level named in full."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_P = "protocolSection/"
_STATUS, _DESIGN, _INFO = _P + "statusModule/", _P + "designModule/", _P + "designModule/designInfo/"
_IDS, _PEOPLE, _WHO = _P + "identificationModule/", _P + "sponsorCollaboratorsModule/", _P + "eligibilityModule/"
_ARMS, _HEALTH = _P + "armsInterventionsModule/", _P + "conditionsModule/"


def _date(name: str) -> tuple[str, str]:
    whole = f"{_STATUS}{name}DateStruct/{name}Date"
    return f"{whole} | {name}Date", f"{whole}Type | {name}DateType"


LAYOUT = Format(
    description="ClinicalTrials.gov API until 2024: FullStudies and StudyFields as JSON",
    signs=('"NCTId"', '"ProtocolSection" | "StudyFields" | "Rank"'),
    record=(f"{_IDS}NCTId | NCTId",),
    values={
        "trial_id": f"{_IDS}NCTId | NCTId",
        "overall_status": f"{_STATUS}overallStatus | overallStatus",
        "start_date": _date("start"),
        "primary_completion_date": _date("primaryCompletion"),
        "completion_date": _date("completion"),
        "last_update_date": _date("lastUpdatePost"),
        "study_type": f"{_DESIGN}studyType | studyType",
        "phases": f"{_DESIGN}phaseList/phase | phase",
        "enrollment": (
            f"{_DESIGN}enrollmentInfo/enrollmentCount | enrollmentCount",
            f"{_DESIGN}enrollmentInfo/enrollmentType | enrollmentType"),
        "allocation": f"{_INFO}designAllocation | designAllocation",
        "intervention_model": f"{_INFO}designInterventionModel | designInterventionModel",
        "primary_purpose": f"{_INFO}designPrimaryPurpose | designPrimaryPurpose",
        "masking": f"{_INFO}designMaskingInfo/designMasking | designMasking",
        "minimum_age": f"{_WHO}minimumAge | minimumAge",
        "maximum_age": f"{_WHO}maximumAge | maximumAge",
        "sex": f"{_WHO}gender | gender",
        "healthy_volunteers": f"{_WHO}healthyVolunteers | healthyVolunteers",
    },
    texts={
        "brief_title": f"{_IDS}briefTitle | briefTitle",
        "official_title": f"{_IDS}officialTitle | officialTitle",
        "acronym": f"{_IDS}acronym | acronym",
        "brief_summary": f"{_P}descriptionModule/briefSummary | briefSummary",
        "detailed_description": f"{_P}descriptionModule/detailedDescription | detailedDescription",
    },
    lists={
        "conditions": (f"{_HEALTH}conditionList/condition | condition",),
        "keywords": (f"{_HEALTH}keywordList/keyword | keyword",),
        "secondary_ids": (
            f"{_IDS}orgStudyIdInfo/orgStudyId | orgStudyId",
            f"{_IDS}secondaryIdInfoList/secondaryIdInfo/secondaryId | secondaryId"),
    },
    groups={
        "arm_groups": (
            f"{_ARMS}armGroupList/armGroup",
            {"label": ("armGroupLabel", None), "type": ("armGroupType", "arm_type"),
             "description": ("armGroupDescription", None)},
        ),
        "interventions": (
            f"{_ARMS}interventionList/intervention",
            {"name": ("interventionName", None), "type": ("interventionType", "intervention_type"),
             "description": ("interventionDescription", None)},
        ),
        "lead_sponsor": (
            f"{_PEOPLE}leadSponsor",
            {"name": ("leadSponsorName", None), "agency_class": ("leadSponsorClass", "agency_class")},
        ),
        "collaborators": (
            f"{_PEOPLE}collaboratorList/collaborator",
            {"name": ("collaboratorName", None), "agency_class": ("collaboratorClass", "agency_class")},
        ),
        "responsible_party": (
            f"{_PEOPLE}responsibleParty",
            {"name": ("responsiblePartyInvestigatorFullName | responsiblePartyOldNameTitle", None),
             "title": ("responsiblePartyInvestigatorTitle", None),
             "affiliation": ("responsiblePartyInvestigatorAffiliation | responsiblePartyOldOrganization", None)},
        ),
        "locations": (
            f"{_P}contactsLocationsModule/locationList/location",
            {"facility": ("locationFacility", None), "city": ("locationCity", None),
             "state": ("locationState", None), "country": ("locationCountry", None)},
        ),
    },
    criteria={f"{_WHO}eligibilityCriteria | eligibilityCriteria": None},
)  # fmt: skip
