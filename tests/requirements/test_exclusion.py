"""What exclusion criteria assert, by topic: invented criteria and their readings as formulas."""

from __future__ import annotations

import pytest

from tests.requirements.logic import reading

EXCLUSION = {
    "Brain tumors (unless the patient walks, does not take steroids and has been stable for 3 months)": (
        "Brain tumors and not (the patient walks and does not take steroids "
        "and has been stable for 3 months (at least 3 mo))"
    ),
    "Brain tumors except meningioma and adenoma": "Brain tumors and not (meningioma or adenoma)",
    "Known cirrhosis, Child-Pugh class B or C": "Known cirrhosis and child pugh B or C",
    "COPD, GOLD stage 3 or 4": "COPD and 3 ≤ gold stage ≤ 4",
    "COPD stage 3 or 4": "3 ≤ gold stage ≤ 4",
    "Cirrhosis, MELD > 10": "Cirrhosis or meld > 10",
    "Alcohol intake > 14 drinks per week for men or 7 for women": (
        "(if for men: alcohol intake > 14 {drink}/wk) and (if for women: alcohol intake > 7 {drink}/wk)"
    ),
    "Liver injury (e.g., serum AST > 3 × ULN or serum ALT > 3 × ULN)": (
        "Liver injury and (ast > 3 × ULN or alt > 3 × ULN)"
    ),
    "Virologic failure (HIV RNA > 200 copies/mL at or after 6 months of therapy)": (
        "Virologic failure and hiv rna > 200 {copies}/mL and at or after 6 months of therapy"
    ),
    "HCV RNA > lower limit of detection": "HCV RNA > lower limit of detection",
    "Cancer, except skin cancer or DCIS, treated adequately": "Cancer and not skin cancer or DCIS, treated adequately",
    "Cancer, except skin cancer, DCIS and tumors removed > 5 years before entry": (
        "Cancer and not (skin cancer or DCIS or tumors removed > 5 years before entry (more than 5 a before entry))"
    ),
    "Blood loss within 8 weeks (56 days) before screening": (
        "Blood loss within 8 weeks (56 days) bef… (within 8 wk before screening)"
    ),
    "Opioids for > 2 weeks within 6 months (180 days) prior to Day -3": (
        "Opioids for > 2 weeks within 6 months (… (more than 2 wk) (within 6 mo before Day -3)"
    ),
    "Opioids for 2 weeks and statins for 4 weeks before Day -1": (
        "Opioids for 2 weeks (at least 2 wk before Day -1) "
        "and statins for 4 weeks before Day -1 (at least 4 wk before Day -1)"
    ),
    "Current (within the past 20 days) or planned use of opioids": (
        "Current (within the past 20 days) or pl… (within 20 d before)"
    ),
    "Use of opioids within 14 days or 5- half lives, whichever is longer, before entry": (
        "Use of opioids within 14 days or 5- hal… (within 14 d before entry) (within 5 {half-life} before entry)"
    ),
    "Emergency care (within 3 months) or admission (within 6 months)": (
        "Emergency care (within 3 months) (within 3 mo) or admission (within 6 months) (within 6 mo)"
    ),
    "Recent history (within 6 months) of gout or uveitis": "Recent history (within 6 months) of gou… and within 6 mo",
    "Note: patients on colchicine must be on a stable dose for 4 weeks": (
        "not (if patients on colchicine: must be on a stable dose for 4 weeks (at least 4 wk))"
    ),
    "Cancer that has not been in remission for 2 years, except DCIS": (
        "Cancer and not been in remission for 2 years (at least 2 a) and not DCIS"
    ),
    "A drug that has not been approved within 14 days": "A drug that has not been approved withi… (within 14 d)",
    "Insulin must not be started within 12 hours": "Insulin be started within 12 hours (within 12 h)",
    "Women must not be pregnant": "be pregnant",
    "Women who must have surgery": "Women who must have surgery",
    "Steroids within 4 weeks [patients on inhaled steroids may participate. Oral steroids are not permitted]": (
        "(Steroids within 4 weeks (within 4 wk) and not patients on inhaled steroids may partic…) "
        "or Oral steroids are not permitted"
    ),
    "Pregnancy, HIV, and platelets < 75 × 10^9/L": "Pregnancy or HIV or platelets < 75 10*9/L",
    "ALT ≥ 3 × ULN and bilirubin ≥ 2 × ULN": "alt ≥ 3 × ULN and total bilirubin ≥ 2 × ULN",
    "Current or prior use of warfarin within 28 days before dosing": (
        "Current or prior use of warfarin within… (within 28 d before dosing)"
    ),
    "Anemia or platelets < 75 × 10^9/L": "Anemia or platelets < 75 10*9/L",
    "Anemia, measured within 14 days, or platelets < 75 × 10^9/L": (
        "Anemia, measured within 14 days (within 14 d) or platelets < 75 10*9/L"
    ),
    "Heart failure, NYHA class IV": "Heart failure and nyha = 4",
    "Cancer within 5 years, except skin cancer": "Cancer within 5 years (within 5 a) and not skin cancer",
    "QTc > 450 ms (men) or > 470 ms (women)": "(if men: qtc > 450 ms) and (if women: qtc > 470 ms)",
    "Liver disease. ALT must not exceed 2 × ULN": "Liver disease or not alt ≤ 2 × ULN",
    "Steroids within 2 weeks (patients on inhaled steroids may participate)": (
        "Steroids within 2 weeks (within 2 wk) and not patients on inhaled steroids may partic…"
    ),
    "Subjects are not eligible who have had a transplant within 6 weeks": (
        "who have had a transplant within 6 weeks (within 6 wk)"
    ),
    "If TSH is below 0.4 mU/L, the subject is not eligible": "tsh < 0.4 m[IU]/L",
    "TSH > 10 mU/L. If free T4 is normal, the subject is eligible": "tsh > 10 m[IU]/L",
    "Must not have received gold salts within 4 weeks": "received gold salts within 4 weeks (within 4 wk)",
    "Steroids within 4 weeks (inhaled steroids allowed)": (
        "Steroids within 4 weeks (within 4 wk) and not inhaled steroids allowed"
    ),
    "Gout, or is not well controlled, has tophi within 4 weeks": (
        "Gout or not well controlled (within 4 wk) or has tophi within 4 weeks (within 4 wk)"
    ),
    "Gout drugs (e.g. colchicine (0.5 mg allowed when stable), febuxostat)": (
        "Gout drugs and ((e.g. colchicine and not (0.5 mg allowed and stable)) or febuxostat)"
    ),
    "Cancer except for (1) skin cancer, or (2) cancer in remission for 5 years": (
        "Cancer and not (skin cancer or cancer in remission for 5 years (at least 5 a))"
    ),
    "QTc > 470 ms, obtained from an ECG, using Fridericia": "qtc > 470 ms and obtained from an ECG, using Fridericia",
    "Renal failure, calculated GFR < 30 mL/min, or gout": "Renal failure or egfr < 30 mL/min or gout",
    "Stroke within 1 year, syncope within 2 years or seizures within 3 years": (
        "Stroke within 1 year (within 1 a) or syncope within 2 years (within 2 a) or "
        "seizures within 3 years (within 3 a)"
    ),
    "Pregnant women (women must have a negative test within 14 days)": (
        "Pregnant women or not (if women: must have a negative test within 14 days (within 14 d))"
    ),
    "Diabetes (required insulin within 2 years)": ("Diabetes and required insulin within 2 years (within 2 a)"),
    "LDL > 190 mg/dL. But patients with LDL > 190 can be enrolled if on a statin and there is no xanthoma": (
        "ldl c > 190 mg/dL and not (ldl c > 190 and on a statin and not xanthoma)"
    ),
    "Lasers within 4 weeks. Lasers on skin are permitted if done 2 weeks ago, and no more is planned": (
        "Lasers within 4 weeks (within 4 wk) and not (Lasers on skin are permitted and done 2 weeks ago "
        "(within 2 wk before) and not more is planned)"
    ),
    "Patients must not receive anticoagulants within 7 days, with the exception of aspirin": (
        "receive anticoagulants within 7 days (within 7 d) and not aspirin"
    ),
    "Blood pressure > 160/100 or < 90/60 mmHg": (
        "(systolic bp > 160 or diastolic bp > 100) or (systolic bp < 90 mm[Hg] or diastolic bp < 60 mm[Hg])"
    ),
    "Triptans, including sumatriptan, within 2 days, which, in our opinion, may confound": (
        "Triptans, including sumatriptan, within… (within 2 d)"
    ),
    "Weight loss (BMI < 18 kg/m2) or vomiting within 14 days": (
        "(Weight loss (within 14 d) and bmi < 18 kg/m2) or vomiting within 14 days (within 14 d)"
    ),
    "Gold within 3 months or any other drugs other than gold within 6 weeks": (
        "Gold within 3 months (within 3 mo) or (any other drugs (within 6 wk) and not gold within 6 weeks "
        "(within 6 wk))"
    ),
    "Cancers except skin cancers excised within 1 year": (
        "Cancers and not skin cancers excised within 1 year (within 1 a)"
    ),
    "Chronic use (more than 14 days in total) of opioids or gabapentinoids within 6 months": (
        "Chronic use (more than 14 days in total… (within 6 mo) and more than 14 days in total (more than 14 d)"
    ),
    "Insulin within 2 days (or for a week if on a pump)": ("Insulin within 2 days (within 2 d)"),
    "Gout within 2 years. If on colchicine for other reasons than gout, he or she must\n   be stable for 1 month": (
        "Gout within 2 years (within 2 a) or not (if on colchicine for other reasons than go…: he or she "
        "must be stable for 1 month (at least 1 mo))"
    ),
    "Gout within 3 months. Patients will not be excluded if they take colchicine and a flare is unlikely": (
        "Gout within 3 months (within 3 mo) and not they take colchicine and a flare is unl…"
    ),
    "May not be receiving other drugs within 4 weeks": ("other drugs within 4 weeks (within 4 wk)"),
    "Active or uncontrolled infection (albumin < 3 g/dL) or antibiotics within 2 weeks": (
        "(Active or uncontrolled infection (within 2 wk) and albumin < 3 g/dL) or antibiotics within 2 weeks "
        "(within 2 wk)"
    ),
    "Lupus, except cured nephritis, and serositis with rest alone and 5 years of remission": (
        "Lupus and not (cured nephritis or serositis with rest alone and 5 years o…)"
    ),
    "Use of drugs within 2 weeks: gold, zinc, and tin": (
        "(Use of drugs within 2 weeks (within 2 wk) and gold (within 2 wk)) or zinc (within 2 wk) or tin (within 2 wk)"
    ),
    "Potassium > 6 mmol/L. The sponsor may allow a retest if the sample was old": ("potassium > 6 mmol/L"),
    "Use of St. John's wort within 14 days": ("Use of St. John's wort within 14 days (within 14 d)"),
    "Gout within 2 weeks. (Allowed if it is cured and no drugs are needed)": (
        "Gout within 2 weeks (within 2 wk) and not (Allowed and it is cured and not drugs are needed)"
    ),
    "Gout. NOTE: Patients with tophi are eligible if stable for 30 days": (
        "Gout and not (Patients with tophi are eligible and stable for 30 days (at least 30 d))"
    ),
    "Systemic treatment within 2 years. Replacement therapy is not considered a form of systemic treatment": (
        "Systemic treatment within 2 years (within 2 a)"
    ),
    "Biopsy within 3 weeks. Patients who are not considered fit for surgery": (
        "Biopsy within 3 weeks (within 3 wk) or not considered fit for surgery"
    ),
    "ALT > 2 × ULN. A retest may be done if ALT is < 3 × ULN": (
        "alt > 2 × ULN or (if A retest may be done if ALT is < 3 × ULN: alt < 3 × ULN)"
    ),
    "Study drug within 60 days. This is a decision of the investigator": "Study drug within 60 days (within 60 d)",
    "Methotrexate within 4 weeks. However, this does not apply to patients with psoriasis": (
        "Methotrexate within 4 weeks (within 4 wk) and not patients with psoriasis"
    ),
    "Cancer except for: cysts or gliomas treated at least 2 years ago": (
        "Cancer and not cysts or gliomas treated at least 2 yea… (at least 2 a before)"
    ),
    "Cancer, except (a) skin cancer or (b) any in remission for > 2 years": (
        "Cancer and not (skin cancer or any in remission for > 2 years (more than 2 a))"
    ),
    "Pain, other than of the back, that needed opioids for > 2 weeks": (
        "Pain and not of the back and that needed opioids for > 2 weeks (more than 2 wk)"
    ),
    "Patients are excluded if they had laser treatment within 9 weeks, more than two operations, or uveitis": (
        "they had laser treatment within 9 weeks (within 9 wk) or more than two operations, or uveitis"
    ),
    "BMI above 40 kg m2, or pregnancy": "bmi > 40 kg/m2 or pregnancy",
    "Infection within 7 days. The principal investigator is the final arbiter": "Infection within 7 days (within 7 d)",
    "Infection within 7 days. Investigators should confirm eligibility": "Infection within 7 days (within 7 d)",
    "Methotrexate within 4 weeks. This shall not apply to patients with gout": (
        "Methotrexate within 4 weeks (within 4 wk) and not patients with gout"
    ),
    "Gout within 2 weeks, excluding pseudogout; surgery within 4 weeks": (
        "(Gout within 2 weeks (within 2 wk) and not pseudogout) or surgery within 4 weeks (within 4 wk)"
    ),
    "Conditions excluding surgery within 3 months": "Conditions excluding surgery within 3 m… (within 3 mo)",
    "Toxicity not resolved to grade ≤ 1 by CTCAE (except alopecia)": (
        "Toxicity and not ((if not alopecia: ctcae grade ≤ 1) and by CTCAE)"
    ),
    "Gout (actual or estimated creatinine clearance < 50 mL/min)": "Gout and creatinine clearance < 50 mL/min",
    "Gout (fever or creatinine clearance < 50 mL/min)": "Gout and (fever or creatinine clearance < 50 mL/min)",
    "Subjects who have required oxygen within 14 days": "Subjects who have required oxygen withi… (within 14 d)",
    "Subjects with gout who required oxygen within 14 days": (
        "Subjects with gout and who required oxygen within 14 days (within 14 d)"
    ),
    "Patients with gout (uric acid > 6 mg/dL) need to be excluded": (
        "Patients with gout (uric acid > 6 mg/dL… and uric acid > 6 mg/dL"
    ),
    "Patients with gout and uric acid < 6 mg/dL are eligible": (
        "if Patients with gout and uric acid < 6 mg…: uric acid < 6 mg/dL"
    ),
    "Gout, except treated (1) tophi and (2) uveitis > 5 years ago": (
        "Gout and not (treated (1) tophi or uveitis > 5 years ago (more than 5 a before))"
    ),
}


@pytest.mark.parametrize("text", EXCLUSION)
def test_exclusion(text: str) -> None:
    assert reading(text, excludes=True) == EXCLUSION[text]
