"""The EU's Clinical Trials Information System: a trial as its public site's JSON."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_APPLICATION = "authorizedApplication?/"
_PART = _APPLICATION + "authorizedPartI/"
_DETAILS = _PART + "trialDetails/"
_IDS, _TRIAL = _DETAILS + "clinicalTrialIdentifiers/", _DETAILS + "trialInformation/"
_CRITERIA, _PEOPLE = _TRIAL + "eligibilityCriteria/", _TRIAL + "populationOfTrialSubjects/"
_ORGANISATION = {"name": ("organisation/name | name", None), "agency_class": ("organisation/type", "agency_class")}
_SITE = "organisationAddressInfo/"

LAYOUT = Format(
    description="EU CTIS: a trial as JSON, {\"ctNumber\": …, \"authorizedPartI\": …}, older or newer form",
    signs=('"ctnumber"', '"authorizedparti" | "authorizedapplication"'),
    record=("ctNumber", _PART + "trialDetails | " + _APPLICATION + "authorizedPartI"),
    values={
        "trial_id": "ctNumber",
        "overall_status": "ctStatus | ctPublicStatus",
        "start_date": (
            "startDateEU | trialStartDate"
            f" | {_APPLICATION}memberStatesConcerned/activeTrialPeriod/trialStartDate"
            " | authorizedPartsII/mscInfo/activeTrialPeriod/trialStartDate"),
        "completion_date": "endDateEU | endDate",
        "last_update_date": "lastUpdated | publishDate",
        "phases": f"{_TRIAL}trialCategory/trialPhase | trialPhase",
        "enrollment": "totalNumberEnrolled",
    },
    flags={
        "sex": {f"{_PEOPLE}isFemaleSubjects": "FEMALE", f"{_PEOPLE}isMaleSubjects": "MALE"},
    },
    texts={
        "brief_title": f"{_IDS}publicTitle | ctTitle | title",
        "official_title": f"{_IDS}fullTitle | title",
        "acronym": f"{_IDS}shortTitle | shortTitle",
    },
    lists={
        "conditions": (f"{_TRIAL}medicalCondition/partIMedicalConditions/medicalCondition"
                       f" | {_PART}medicalConditions/medicalCondition | conditions | medicalConditions",),
        "secondary_ids": (
            f"{_IDS}secondaryIdentifyingNumbers/*/number", f"{_IDS}secondaryIdentifyingNumbers/*/*/number",
            f"{_PART}eudraCtNumber", f"{_APPLICATION}eudraCt/eudraCtCode"),
        "related_trial_ids": (f"{_DETAILS}associatedClinicalTrials/ctNumber",),
    },
    groups={
        "lead_sponsor": (
            f"primarySponsor[organisation] | {_PART}sponsors[primary=true] | {_APPLICATION}primarySponsor"
            " | primarySponsor", _ORGANISATION),
        "collaborators": (f"coSponsors[primary=false] | {_PART}sponsors[primary=false]", _ORGANISATION),
        "interventions": (
            f"{_PART}products[mpRoleInTrial!=3]",
            {"name": ("productName | nameDisplay | productDictionaryInfo/prodName | productDictionaryInfo/"
                      "activeSubstanceName", None)},
        ),
        "locations": (
            f"{_APPLICATION}authorizedPartsII/trialSites",
            {"facility": (f"{_SITE}organisation/name", None), "city": (f"{_SITE}address/city", None),
             "country": (f"{_SITE}address/countryName", None)},
        ),
    },
    each={
        f"{_CRITERIA}principalInclusionCriteria/principalInclusionCriteria": "inclusion",
        f"{_CRITERIA}principalExclusionCriteria/principalExclusionCriteria": "exclusion",
    },
    codes={
        "phases": {
            "1": "Phase 1", "2": "Phase 1", "3": "Phase 1", "4": "Phase 2", "5": "Phase 3", "6": "Phase 4",
            "7": "Phase 1/Phase 2", "8": "Phase 1/Phase 2", "9": "Phase 1/Phase 2", "10": "Phase 2/Phase 3",
            "11": "Phase 3/Phase 4",
        },
        "overall_status": {
            "authorised, not started": "Not yet recruiting", "authorised, recruitment pending": "Not yet recruiting",
            "authorised, recruiting": "Recruiting", "ongoing, recruiting": "Recruiting",
            "ongoing, recruitment ended": "Active, not recruiting", "ended": "Completed",
            "temporarily halted": "Suspended", "2": "Not yet recruiting", "3": "Recruiting", "4": "Recruiting",
            "5": "Active, not recruiting", "6": "Suspended", "7": "Suspended", "8": "Completed", "authorised": "",
            "under evaluation": "", "ongoing": "",
        },
    },
    edits=(
        (r"^.*\(Phases? ([IV]++)(?: and Phase ([IV]++))?\).*$", r"Phase \1/Phase \2"),
        (r"/Phase $", ""),
        (r"^(\d{4}-\d\d-\d\d)T.*$", r"\1"),
    ),
)  # fmt: skip
