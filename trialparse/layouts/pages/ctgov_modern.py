"""The ClinicalTrials.gov study page since 2023, as text or Markdown; other sites print its labels too."""

from __future__ import annotations

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Meaning, Value
from trialparse.layouts.places import place
from trialparse.layouts.values import Found


def sites(value: Value) -> Found | None:
    """Facilities as the deepest bullets, below `City, State, Country, postal code`."""
    text = value.readable.text
    depths = [line.start - text.rfind("\n", 0, line.start) for line in value.raw]
    found = []
    above = ""
    for line, depth, below in zip(value.lines, depths, [*depths[1:], 0], strict=True):
        if below > depth:
            above = value.show(line)
        elif "," in above:
            found.append({"facility": value.show(line), **place(above)})
        else:
            value.left.append(line)
    return {"locations": found} if found else {}


LABELS: dict[str, Meaning] = {
    "ClinicalTrials.gov ID": "trial_id",
    "Study Overview": None,
    "Status": "overall_status",
    "Brief Summary": "brief_summary",
    "Official Title": "official_title",
    "Conditions": "conditions",
    "Intervention / Treatment": "interventions",
    "Detailed Description": "detailed_description",
    "Study Type": "study_type",
    "Enrollment": "enrollment",
    "Phase": "phases",
    "Contacts and Locations": None,
    "Study Contact": None,
    "Study Contact Backup": None,
    "Study Locations": "sites",
    "Locations": "sites",
    "Participation Criteria": None,
    "Eligibility Criteria": "criteria_block",
    "Ages Eligible for Study": "ages",
    "Accepts Healthy Volunteers": "healthy_volunteers",
    "Genders Eligible for Study": "sex",
    "Sexes Eligible for Study": "sex",
    "Sampling Method": None,
    "Study Population": None,
    "Description": "criteria",
    "Study Plan": None,
    "How is the study designed?": None,
    "Design Details": None,
    "Primary Purpose": "primary_purpose",
    "Allocation": "allocation",
    "Interventional Model": "intervention_model",
    "Interventional Model Description": None,
    "Masking": "masking",
    "Masking Description": None,
    "Observational Model": None,
    "Observational Models": None,
    "Time Perspective": None,
    "Time Perspectives": None,
    "Arms and Interventions": "arms",
    "What is the study measuring?": None,
    "Primary Outcome Measures": None,
    "Secondary Outcome Measures": None,
    "Other Outcome Measures": None,
    "Collaborators and Investigators": None,
    "Sponsor": "lead_sponsor",
    "Collaborators": "collaborators",
    "Investigators": None,
    "Publications": None,
    "Publications and helpful links": None,
    "Study record dates": None,
    "Study Major Dates": None,
    "Study Start": "start_date",
    "Primary Completion": "primary_completion_date",
    "Study Completion": "completion_date",
    "Study Registration Dates": None,
    "First Submitted": None,
    "First Submitted That Met QC Criteria": None,
    "First Posted": None,
    "Study Record Updates": None,
    "Last Update Posted": "last_update_date",
    "Last Update Submitted That Met QC Criteria": None,
    "Last Verified": None,
    "More Information": None,
    "Terms related to this study": None,
    "Terms related to the study": None,
    "Keywords": "keywords",
    "Keywords Provided by*": "keywords",
    "Additional Relevant MeSH Terms": None,
    "Other Study ID Numbers": "secondary_ids",
    "Plan for Individual participant data (IPD)": None,
    "Drug and device information, study documents": None,
    "Glossary": None,
}

LAYOUT = Layout(
    description="clinicaltrials.gov since 2023: 'Study Overview', 'Participation Criteria', 'Ages Eligible for Study'",
    signs={"Study Overview": 0.3, "Participation Criteria": 0.3, "Intervention / Treatment": 0.3,
           "Ages Eligible for Study": 0.2, "How is the study designed?": 0.2, "GLOSSARY": 0.2,
           "clinicaltrials.gov/study/NCT": 0.3, "Hide glossary": 0.5, "Study Start (": 0.2},
    start=("brief_title",),
    labels=LABELS,
    noise=r"[-=]{3,}|\|(?: ?-+ ?\|)+|Participant Group/Arm.*|(?:Effective URL|www\.|https?:|\d+ forms found).*"
          r"|Hide glossary.*",
    readers={"sites": sites},
)  # fmt: skip
