"""Invented trials that the report is tried on."""

from __future__ import annotations

import trialparse
from trialparse.evaluate.patient import Patient
from trialparse.report.page import Read, Unread

HEPATIC = """Sunflower oil in people with long fatigue

Trial ID: NCT99000701
Recruitment status: Recruiting
Ages: 18 Years and older

Inclusion Criteria:

* Age 18 to 75 years
* Adequate organ function within 14 days before the first dose:
  * Platelets ≥ 75 × 10^9/L (≥ 50 × 10^9/L if the spleen is enlarged)
  * ALT and AST ≤ 3 × ULN
  * Hemoglobin > 9 g/dL or transfusion within 2 weeks before screening
* At least two of the following: fever, cough or BMI ≥ 30 kg/m2
* Agrees to 6 visits at the clinic

Exclusion Criteria:

* Chemotherapy within 3 weeks before enrollment
* No working telephone and hemoglobin < 8 g/dL
* Unable to swallow tablets
"""

RENAL = """Warm socks for cold feet

Trial ID: NCT99000702
Inclusion Criteria:

1. Creatinine clearance ≥ 60 mL/min
2. Platelets > 100 × 10^9/L
3. Age < 65 years

Exclusion Criteria:

1. Platelets < 30,000/mm3
"""

HOSTILE = """\
</script><script>window.hostile = 1</script><img src=x onerror="window.hostile = 2"> \u202eevil\u2028 {{script}}

Trial ID: NCT99000703 <!--
Inclusion Criteria:

* Platelets ≥ 75 × 10^9/L </script><svg onload="window.hostile = 3"> & "quotes" ' ` ${window.hostile = 4}
* javascript:window.hostile=5 and hemoglobin ≥ 9 g/dL ]]> <![CDATA[ \u0007 \ufeff
* <a href="javascript:window.hostile=6">ECOG 0-1</a> \ud800 lone
"""

EMPTY = "A record without criteria\n\nTrial ID: NCT99000704\nRecruitment status: Recruiting\n"

PATIENT = Patient.model_validate(
    {
        "id": "P <b>1</b>",
        "age": 60,
        "today": "2025-08-01",
        "values": {"platelets": "60 10*9/L", "hemoglobin": "7 g/dL"},
        "history": {"stroke": False, "chemotherapy": "2025-07-25"},
    }
)

FAILURE = Unread("broken/<script>window.hostile = 7</script>.json", "Expecting value & <more>")


def read(text: str) -> Read:
    """A text as the report takes it."""
    return Read(trialparse.parse(text), text)


def hostile() -> Read:
    """A trial whose every text is hostile, whatever its layout made of it."""
    trial, text = read(HOSTILE)
    line = HOSTILE.split("\n")[0]
    return Read(trial.model_copy(update={"brief_title": line, "conditions": (line,), "acronym": line}), text)
