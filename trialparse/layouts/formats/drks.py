"""The German Clinical Trials Register: a trial as the JSON of its site."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_RECRUITMENT, _STUDY = "recruitment/", "studyCharacteristic/"
_ENGLISH = "[idLocale/locale=en]/"
_ABOUT = "trialDescriptions"
_CRITERIA = _RECRUITMENT + "recruitmentDescriptions"


def _english(path: str, name: str) -> str:
    """The English text where there is one."""
    return f"{path}{_ENGLISH}{name} | {path}/{name}"


LAYOUT = Format(
    description="DRKS: a trial as JSON, {\"drksId\": …, \"recruitment\": {\"recruitmentDescriptions\": …}}",
    signs=('"drksid"', '"recruitment"'),
    record=("drksId", "recruitment | trialDescriptions"),
    values={
        "trial_id": "drksId",
        "overall_status": f"{_RECRUITMENT}status",
        "start_date": (f"{_RECRUITMENT}actualStartDate | {_RECRUITMENT}scheduledStartDate", ""),
        "completion_date": f"{_RECRUITMENT}actualCompletionDate | {_RECRUITMENT}scheduledCompletionDate",
        "last_update_date": "lastUpdate",
        "study_type": f"{_STUDY}type",
        "phases": f"{_STUDY}phase",
        "enrollment": f"{_RECRUITMENT}totalParticipants | {_RECRUITMENT}plannedParticipants",
        "allocation": f"{_STUDY}allocation",
        "intervention_model": f"{_STUDY}assignment",
        "primary_purpose": f"{_STUDY}purpose",
        "minimum_age": f"{_RECRUITMENT}minimumAge/amount | {_RECRUITMENT}minimumAge/value"
                       f" + {_RECRUITMENT}minimumAge/unit",
        "maximum_age": f"{_RECRUITMENT}maximumAge/amount | {_RECRUITMENT}maximumAge/value"
                       f" + {_RECRUITMENT}maximumAge/unit",
        "sex": f"{_RECRUITMENT}gender",
        "healthy_volunteers": f"{_RECRUITMENT}healthyVolunteers",
    },
    texts={
        "brief_title": _english(_ABOUT, "title"),
        "acronym": _english(_ABOUT, "acronym"),
        "brief_summary": _english(_ABOUT, "summary"),
        "detailed_description": _english(_ABOUT, "scientificSummary"),
    },
    lists={
        "conditions": (_english("studiedHealthConditions/studiedHealthConditionDescriptions", "comment"),),
        "secondary_ids": (
            "secondaryIds/universalTrialNumber", "secondaryIds/eudraCtNumber", "secondaryIds/otherPrimaryRegisterId",
            "secondaryIds/eudamedNumber", "otherSecondaryIds/value"),
    },
    groups={
        "arm_groups": (
            "observationalGroups[idArm/locale=en] | observationalGroups", {"description": ("comment", None)}),
        "lead_sponsor": (
            "trialContacts[idContactIdType/type=PRIMARY_SPONSOR]/contact", {"name": ("affiliation", None)}),
        "collaborators": (
            "trialContacts[idContactIdType/type=SECONDARY_SPONSOR]/contact", {"name": ("affiliation", None)}),
        "locations": (f"{_RECRUITMENT}institutes", {"facility": ("name", None), "city": ("city", None)}),
    },
    criteria={
        _english(_CRITERIA, "inclusionCriteria"): "inclusion",
        _english(_CRITERIA, "exclusionCriteria"): "exclusion",
    },
    codes={
        "minimum_age": {"NO_MIN_AGE": "", "0 NO_MIN_AGE": ""},
        "maximum_age": {"NO_MAX_AGE": "", "0 NO_MAX_AGE": "", "999 YEARS": ""},
        "allocation": {"RANDOMIZED_CONTROLLED_TRIAL": "RANDOMIZED", "NON_RANDOMIZED_CONTROLLED_TRIAL":
                       "NON_RANDOMIZED", "SINGLE_ARM_STUDY": "NA", "OTHER": ""},
        "intervention_model": {"OTHER": ""},
        "overall_status": {
            "PENDING": "Not yet recruiting", "ONGOING": "Recruiting", "SUSPENDED": "Suspended",
            "RECRUITING_COMPLETE_STUDY_CONTINUING": "Active, not recruiting",
            "RECRUITING_COMPLETE_STUDY_COMPLETE": "Completed", "RECRUITING_STOPPED_AFTER_RECRUITING_STARTED":
            "Terminated", "RECRUITING_WITHDRAWN_BEFORE_RECRUITING_STARTED": "Withdrawn", "ENROLLING_BY_INVITATION":
            "Enrolling by invitation",
        },
        "phases": {"NOT_APPLICABLE": "NA", "NOT_SPECIFIED": ""},
    },
)  # fmt: skip
