"""What criteria assert, by topic: invented criteria and their readings as formulas, in both sections."""

from __future__ import annotations

import pytest

import trialparse
from tests.requirements.logic import reading
from trialparse.models.requirement import AnyOf, Statement

INCLUSION = {
    "No hepatitis, HIV or tuberculosis": "not (hepatitis or HIV or tuberculosis)",
    "Absence of hypertension, diabetes and stroke within 1 year": (
        "not (hypertension (within 1 a) or diabetes (within 1 a) or stroke within 1 year (within 1 a))"
    ),
    "Must not have hepatitis, HIV": "not (hepatitis or HIV)",
    "No cancer within 5 years except skin cancer": "not (cancer within 5 years (within 5 a) and not skin cancer)",
    "Women must have hemoglobin ≥ 11 g/dL": "if Women: hemoglobin ≥ 11 g/dL",
    "In patients with diabetes, no HbA1c > 9 %": "if In patients with diabetes: not hba1c > 9%",
    "Age ≥ 18 years (≥ 20 years in Japan)": "if in Japan: age ≥ 20 a, otherwise ≥ 18 a",
    "ALT ≤ 3 × ULN or ≤ 5 × ULN with liver metastases": "if with liver metastases: alt ≤ 5 × ULN, otherwise ≤ 3 × ULN",
    "Bilirubin ≤ 1.5 × ULN; ALT and AST ≤ 3 × ULN (if metastases, bilirubin ≤ 3 × ULN and ALT and AST ≤ 5 × ULN)": (
        "(if metastases: total bilirubin ≤ 3 × ULN, otherwise ≤ 1.5 × ULN) and (if metastases: "
        "alt ≤ 5 × ULN and ast ≤ 5 × ULN, otherwise alt ≤ 3 × ULN and ast ≤ 3 × ULN)"
    ),
    "At least two of: age > 65 years, BMI > 30 kg/m2, smoking": "at least 2 of: age > 65 a; bmi > 30 kg/m2; smoking",
    "Platelets ≥ 75 × 10^9/L (transfusion allowed)": "platelets ≥ 75 10*9/L",
    "Platelets ≥ 75 × 10^9/L without transfusion": "platelets ≥ 75 10*9/L and not transfusion",
    "HbA1c < 8 % unless on insulin": "if not on insulin: hba1c < 8%",
    "Patients with asthma or COPD who have smoked for at least 10 years": (
        "Patients with asthma or COPD and who have smoked for at least 10 years (at least 10 a)"
    ),
    "No patients with asthma or COPD who had pneumonia within 6 months": (
        "not (patients with asthma or COPD and who had pneumonia within 6 months (within 6 mo))"
    ),
    "Any of the following: patients with asthma who smoked within 2 years; patients with COPD": (
        "(patients with asthma and who smoked within 2 years (within 2 a)) or patients with COPD"
    ),
    "Subjects are not eligible who have had a transplant within 6 weeks": (
        "not who have had a transplant within 6 weeks (within 6 wk)"
    ),
    "Patients will not be eligible if they received steroids within 4 weeks": (
        "not they received steroids within 4 weeks (within 4 wk)"
    ),
    "If TSH is below 0.4 mU/L, the subject is not eligible": "not tsh < 0.4 m[IU]/L",
    "Subjects may not be enrolled if they smoke > 10 cigarettes per day": "not cigarettes per day > 10 {cigarette}/d",
    "No prior chemotherapy is permitted": "not prior chemotherapy is permitted",
    "Subjects cannot have active hepatitis or gout": "not active hepatitis or gout",
    "Ineligible for stem cell transplant, and BMI ≤ 30 kg/m2": "Ineligible for stem cell transplant and bmi ≤ 30 kg/m2",
    "Prior colchicine, febuxostat, or allopurinol allowed if stopped at least 4 weeks ago": (
        "if Prior colchicine or febuxostat or allopurinol allowed: stopped at least 4 weeks ago (at least 4 wk before)"
    ),
    "No steroids within 4 weeks (inhaled steroids are allowed if stable for 4 weeks)": (
        "not (steroids within 4 weeks (within 4 wk) and not "
        "(inhaled steroids are allowed and stable for 4 weeks (at least 4 wk)))"
    ),
    "HIV-positive patients are eligible if CD4 count ≥ 350 cells/mm3": (
        "if HIV-positive patients are eligible: cd4 ≥ 350 /mm3"
    ),
    "Either (a) BMI ≥ 30 kg/m2 or (b) BMI ≥ 27 kg/m2 and gout": "bmi ≥ 30 kg/m2 or (bmi ≥ 27 kg/m2 and gout)",
    "1) age ≥ 60 years, 2) LDL ≥ 100 mg/dL, or 3) gout": "age ≥ 60 a or ldl c ≥ 100 mg/dL or gout",
    "At least one of: a) age ≥ 60 years; b) LDL ≥ 100 mg/dL; c) gout": "age ≥ 60 a or ldl c ≥ 100 mg/dL or gout",
    "If diabetic, (i) HbA1c < 8 % and (ii) eGFR ≥ 60 mL/min": "if diabetic: hba1c < 8% and egfr ≥ 60 mL/min",
    "Has (i) ALT ≤ 2 × ULN and (iii) either ECOG 0-1 or KPS ≥ 80": "alt ≤ 2 × ULN and (0 ≤ ecog ≤ 1 or karnofsky ≥ 80)",
    "Myocardial infarction (MI) or stroke more than 6 months ago": (
        "Myocardial infarction (MI) or stroke mo… (more than 6 mo before)"
    ),
    "Study drug(s) stable for 4 weeks": "Study drug(s) stable for 4 weeks (at least 4 wk)",
    "No cancer except skin cancer, DCIS, or tumors with < 10 % risk of death": (
        "not (cancer and not (skin cancer or DCIS or (tumors with < 10% and risk of death)))"
    ),
    "Either age ≥ 65 years or BMI ≥ 30 kg/m2, and ECOG ≤ 1": "(age ≥ 65 a or bmi ≥ 30 kg/m2) and ecog ≤ 1",
    "At least one of the following: gout, psoriasis, lupus, but no biologics": (
        "(gout or psoriasis or lupus) and not biologics"
    ),
    "Adults with two of the following: gout; psoriasis; BMI > 30 kg/m2": (
        "at least 2 of: gout; psoriasis; bmi > 30 kg/m2"
    ),
    "Patients meeting one of the following criteria: a. Gout and tophi for 2 years b. Psoriasis and uveitis": (
        "Patients meeting and ((Gout (at least 2 a) and tophi for 2 years (at least 2 a)) or Psoriasis and uveitis)"
    ),
    "At least 6 months since prior botulinum toxin, except for a single dose": (
        "if not a single dose: at least 6 mo after prior botulinum toxin"
    ),
    "Use of a diary for 2 weeks, unless unable to write": (
        "if not unable to write: Use of a diary for 2 weeks (at least 2 wk)"
    ),
    "Patients off statins, without a change of diet, and have been on ezetimibe for 3 months": (
        "Patients off statins and not a change of diet and have been on ezetimibe for 3 months (at least 3 mo)"
    ),
    "No history of gout and refused allopurinol within 2 years": (
        "not gout and refused allopurinol within 2 years (within 2 a)"
    ),
    "No naltrexone within 14 days before screening or randomization": (
        "not naltrexone within 14 days before screen… (within 14 d before screening or randomization)"
    ),
    "Negative pregnancy test within 7 days before surgery (for women of childbearing potential only)": (
        "if for women of childbearing potential: Negative pregnancy test within 7 days b… (within 7 d before surgery)"
    ),
    "WOCBP must have a negative pregnancy test within 7 days": (
        "if WOCBP: must have a negative pregnancy test wit… (within 7 d)"
    ),
    "Women with lupus may be enrolled if they have been stable for 3 months": (
        "if Women with lupus may be enrolled: they have been stable for 3 months (at least 3 mo)"
    ),
    "Aged 18 - 60 years with epilepsy diagnosed before age of 12 years": (
        "18 ≤ age ≤ 60 a and with epilepsy diagnosed and (if epilepsy diagnosed: age < 12 a)"
    ),
    "No menses for the past 12 months with FSH > 40 IU/L": (
        "not menses for the past 12 months with (less than 12 mo before) and fsh > 40 [IU]/L"
    ),
    "Hysterectomy (or oophorectomy more than 6 weeks ago)": (
        "Hysterectomy or oophorectomy more than 6 weeks ago (more than 6 wk before)"
    ),
    "Ferritin < 30 ug/L (measured at least twice), or ferritin < 15 ug/L": ("ferritin < 30 ug/L or ferritin < 15 ug/L"),
    "Treated with any statin with the exception of rosuvastatin": ("Treated with any statin and not rosuvastatin"),
    "Albumin ≥ 3 g/dL; consent for 2 weeks provided by a parent": (
        "albumin ≥ 3 g/dL and consent for 2 weeks provided by a parent (at least 2 wk)"
    ),
    "Women who are not menopausal or sterile must have a negative test": (
        "if not menopausal or sterile: must have a negative test"
    ),
    "Not a nursing woman or a nursing woman who agrees to pump": (
        "not a nursing woman or a nursing woman who agrees to pump"
    ),
    "People with lupus are eligible if they meet all of: C3 ≥ 80 mg/dL, are on belimumab, and are vaccinated": (
        "if People with lupus are eligible: complement c3 ≥ 80 mg/dL and are on belimumab, and are vaccinated"
    ),
    "For female subjects with lupus, use of two contraceptives for 2 months": (
        "if For female subjects with lupus: use of two contraceptives for 2 months (at least 2 mo)"
    ),
    "For healthy volunteers (Parts 1-2), no drugs within 2 weeks": (
        "if For healthy volunteers (Parts 1-2): not drugs within 2 weeks (within 2 wk)"
    ),
    "Albumin ≥ 3 g/dL and sodium < 135 or > 145 mmol/L": (
        "albumin ≥ 3 g/dL and (sodium < 135 mmol/L or sodium > 145 mmol/L)"
    ),
    "Adults (≥ 18 years) with open fractures will be included": (
        "Adults (≥ 18 years) with open fractures… and age ≥ 18 a"
    ),
    "Smokers aged 18 to 35 years and nonsmoking volunteers aged 18 to 60 years": (
        "18 ≤ age ≤ 35 a or (nonsmoking volunteers and 18 ≤ age ≤ 60 a)"
    ),
    "Have no gout within 2 weeks and meet the limits of the scanner": (
        "not gout within 2 weeks (within 2 wk) and meet the limits of the scanner"
    ),
    "Adults aged 75 years and older in nursing homes or hospices": "age ≥ 75 a and (in nursing homes or hospices)",
    "Adults ≥ 18 years with asthma, gout, or eczema": "age ≥ 18 a and (with asthma or gout, or eczema)",
    "Patients 21 years or older treated for lymphoma or leukemia, or with HIV infection": (
        "age ≥ 21 a and (treated for lymphoma or leukemia, or with HIV infection)"
    ),
    "Patients > 70 years of age or with diabetes": "age > 70 a or with diabetes",
    "No eye bleeding as seen by the investigator and confirmed by the reading center": (
        "not eye bleeding as seen by the investigato…"
    ),
    "Must have had an anti-PD-(L)1 drug and a taxane within 6 months": (
        "Must have had an anti-PD-(L)1 drug and… (within 6 mo)"
    ),
    "Pain score ≥ 4 (0 = no pain, 10 = worst pain)": "pain nrs ≥ 4",
    "ECOG 0-1 (0 = fully active; 1 = restricted)": "0 ≤ ecog ≤ 1",
    "Nausea at screening on a scale from 0 (none) to 10 (worst), and age ≥ 18 years": (
        "Nausea at screening on a scale from 0 (… and age ≥ 18 a"
    ),
    "Women after menopause are exempt from contraception for 2 years. However, women must have a pregnancy test": (
        "Women after menopause are exempt from c… (at least 2 a) and (if women: must have a pregnancy test)"
    ),
    "Systolic blood pressure below the 95th percentile for age, sex, and height at screening": (
        "systolic bp < 95 {percentile}"
    ),
    "BMI > 30 kg/m2 for age, race and sex, and able to walk": "bmi > 30 kg/m2 and able to walk",
    "HIV test in 4 weeks (if not confirmed by culture, repeat it within 2 weeks)": (
        "HIV test in 4 weeks (within 4 wk) and (if not confirmed by culture: repeat it within 2 weeks (within 2 wk))"
    ),
}
INCLUSION |= {
    "Gout for 2 years. Patients with tophi may be eligible if on colchicine": "Gout for 2 years (at least 2 a)",
    "Gout for 2 years. Patients with tophi may participate only if on colchicine": (
        "Gout for 2 years (at least 2 a) and (if Patients with tophi may participate: on colchicine)"
    ),
    "No chemotherapy for at least 4 weeks": "not chemotherapy for at least 4 weeks (less than 4 wk)",
    "Without treatment for ≥ 2 years": "not treatment for ≥ 2 years (less than 2 a)",
    "No life support for at least 3 months": "not life support for at least 3 months (less than 3 mo)",
    "No stable dose for at least 3 months": "not stable dose for at least 3 months (at least 3 mo)",
    "No steroids for more than 2 weeks": "not steroids for more than 2 weeks (more than 2 wk)",
    "Has not smoked for at least 6 months": "not smoked for at least 6 months (less than 6 mo)",
    "Insulin must not be started within 12 hours of surgery": (
        "not Insulin be started within 12 hours of s… (within 12 h before surgery)"
    ),
    "Insulin was not given within 12 hours": "not Insulin was given within 12 hours (within 12 h)",
    "Must agree not to donate blood for 3 months": "Must agree not to donate blood for 3 mo… (at least 3 mo)",
    "Cancer in remission without treatment for 2 years": (
        "Cancer in remission and not treatment for 2 years (less than 2 a)"
    ),
    "LVEF ≥ 55 % measured by echocardiogram or angiography": (
        "lvef ≥ 55% and measured by echocardiogram or angiograp…"
    ),
    "Bilirubin ≤ 2 × ULN (except for subjects with icterus, who must have bilirubin < 3 mg/dL)": (
        "if subjects with icterus: total bilirubin < 3 mg/dL, otherwise ≤ 2 × ULN"
    ),
    "Age ≥ 70 years with ECOG 0-1 or age 18 to 69 years with ECOG 2": (
        "(age ≥ 70 a and 0 ≤ ecog ≤ 1) or (18 ≤ age ≤ 69 a and ecog = 2)"
    ),
    "Creatinine ≤ 1.5 x UXYZ upper limit of normal": ("creatinine ≤ 1.5 × ULN"),
    "HbA1c ≥ 7 % with gliptins or HbA1c ≥ 8 % with insulin": (
        "(if with gliptins: hba1c ≥ 7%) and (if with insulin: hba1c ≥ 8%)"
    ),
    "Cholesterol ≤ 300 mg/dL OR 7.75 mmol/L AND triglycerides ≤ 2.5 × ULN": (
        "total cholesterol ≤ 300 mg/dL and triglycerides ≤ 2.5 × ULN"
    ),
    "Age ≥ 18 years. For Japan only: age ≥ 20 years": ("if For Japan: age ≥ 20 a, otherwise ≥ 18 a"),
    "Must not be nursing and be willing to fast for 2 days": (
        "not be nursing and be willing to fast for 2 days (at least 2 d)"
    ),
}
EXCLUSION = {
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
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]


@pytest.mark.parametrize("text", EXCLUSION)
def test_exclusion(text: str) -> None:
    assert reading(text, excludes=True) == EXCLUSION[text]


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\n  ", "\t"])
def test_a_time_is_read_alike_behind_any_blank(gap: str) -> None:
    page = f"Exclusion Criteria:\n\n* Use of velorobin{gap}within 6 months prior to screening or taking insulin"
    (node,) = trialparse.parse_criteria(page).exclusion
    assert isinstance(node.requirement, AnyOf)
    first = node.requirement.items[0]
    assert isinstance(first, Statement)
    assert " ".join(first.text.split()) == "Use of velorobin within 6 months prior to screening"
