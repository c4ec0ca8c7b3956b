"""What criteria assert, by topic: invented inclusion criteria and their readings as formulas."""

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
    "Lille score ≥ 4, or 3 with D-dimer > 2 × ULN, or 2 with D-dimer > 4 × ULN": (
        "(if d dimer > 2 × ULN: lille ≥ 3, otherwise ≥ 4) or (if d dimer > 4 × ULN: lille ≥ 2)"
    ),
    "Histologically or cytologically proven lymphoma with LDH > 2 × ULN": (
        "Histologically or cytologically proven… and ldh > 2 × ULN"
    ),
    "Adequate function (LVEF ≥ 50 %) documented by echocardiogram or scan": (
        "Adequate function (LVEF ≥ 50 %) documen… and lvef ≥ 50%"
    ),
    "Adequate function (LVEF ≥ 50 %) at rest or a transplant": (
        "(Adequate function (LVEF ≥ 50 %) at rest and lvef ≥ 50%) or a transplant"
    ),
    "eGFR ≥ 50 mL/min (CKD-EPI) and UACR > 300 mg/g": "egfr ≥ 50 mL/min and uacr > 300 mg/g",
    "ECOG 0-1, or 2 if due to gout": "if due to gout: 0 ≤ ecog ≤ 2, otherwise 0 ≤ ecog ≤ 1",
    "LVEF ≥ 54 % on ECHO/MUGA (≥ 48 % for those with gout)": (
        "(if for those with gout: lvef ≥ 48%, otherwise ≥ 54%) and on ECHO/MUGA"
    ),
    "FEV1 of 35-75 % (children under 12 years: 45-85 %)": ("if age < 12 a: 45 ≤ fev1 ≤ 85%, otherwise 35 ≤ fev1 ≤ 75%"),
    "Hemoglobin ≥ 9 g/dL (patients with gout: ≥ 8 g/dL)": (
        "if patients with gout: hemoglobin ≥ 8 g/dL, otherwise ≥ 9 g/dL"
    ),
    "Hemoglobin ≥ 9 g/dL (platelets in men: ≥ 50 10^9/L)": ("hemoglobin ≥ 9 g/dL and platelets ≥ 50 10*9/L"),
    "T-score of -2.5 or lower, or of -1.5 or lower together with gout": (
        "bone density t ≤ -2.5 or (bone density t ≤ -1.5 and together with gout)"
    ),
    "ALT ≤ 2 × ULN, or 4 times if the liver is involved": (
        "if the liver is involved: alt ≤ 4 × ULN, otherwise ≤ 2 × ULN"
    ),
    "ALT ≤ 2 × ULN; 5 x if gout is present": "if gout is present: alt ≤ 5 × ULN, otherwise ≤ 2 × ULN",
    "ALT ≤ 2 × ULN; colchicine if gout is present": "alt ≤ 2 × ULN and (if gout is present: colchicine)",
    "In participants receiving colchicine, urate must be ≤ 6 mg/dL": (
        "if In participants receiving colchicine: uric acid ≤ 6 mg/dL"
    ),
    "In patients over 65 years, urate must be ≤ 6 mg/dL": "if age > 65 a: uric acid ≤ 6 mg/dL",
    "In the opinion of the investigator, urate ≤ 6 mg/dL": "In the opinion of the investigator and uric acid ≤ 6 mg/dL",
    "Colchicine, if used, must be stable for 4 weeks": (
        "if Colchicine, if used: must be stable for 4 weeks (at least 4 wk)"
    ),
    "Hemoglobin ≥ 9 g/dL, colchicine, if taken, at a stable dose": (
        "hemoglobin ≥ 9 g/dL and (if colchicine, if taken: at a stable dose)"
    ),
    "Gout, if severe, must be treated": "Gout and (if severe: must be treated)",
    "Hemoglobin ≥ 9 g/dL; transfusion may be used to reach this value": "hemoglobin ≥ 9 g/dL",
    "Neither gout within 2 months nor platelets < 50 10^9/L": (
        "not (gout within 2 months (within 2 mo) or platelets < 50 10*9/L)"
    ),
    "2 to < 6 years: 0.8 mg/dL": "2 to < 6 years: 0.8 mg/dL (2 a to 6 a)",
    "≥ 3 weeks from chemotherapy and ≥ 7 weeks from surgery": (
        "at least 3 wk after chemotherapy and at least 7 wk after surgery"
    ),
    "≥ 3 weeks since chemotherapy, ≥ 2 weeks since surgery": (
        "at least 3 wk after chemotherapy and at least 2 wk after surgery"
    ),
    "At least 4 weeks and no more than 6 weeks after surgery": "4 wk to 6 wk after surgery",
    "LDL-C < 1.9 mmol/L for patients with prior gout and < 2.7 mmol/L for all others": (
        "(if for patients with prior gout: ldl c < 1.9 mmol/L) and (if for all others: ldl c < 2.7 mmol/L)"
    ),
    "Hemoglobin ≥ 10 g/dL (in dialysis patients ≥ 8 g/dL)": (
        "if in dialysis patients: hemoglobin ≥ 8 g/dL, otherwise ≥ 10 g/dL"
    ),
    "Lipase < 2 × ULN (Arm C: < 3 × ULN)": "if Arm C: lipase < 3 × ULN, otherwise < 2 × ULN",
    "LVEF ≥ 52 % (44 % or more in transplant recipients)": ("if transplant recipients: lvef ≥ 44%, otherwise ≥ 52%"),
    "LVEF ≥ 52 % (≥ 44 % in the last 2 weeks)": "lvef ≥ 52% and lvef ≥ 44% (within 2 wk before)",
    "Hemoglobin ≥ 9 g/dL (platelets: ≥ 50 10^9/L)": "hemoglobin ≥ 9 g/dL and platelets ≥ 50 10*9/L",
    "QTc ≤ 445 ms (men) / 465 ms (women)": "(if men: qtc ≤ 445 ms) and (if women: qtc ≤ 465 ms)",
    "BMI ≥ 35 kg/m2, or 30 with gout": "if with gout: bmi ≥ 30 kg/m2, otherwise ≥ 35 kg/m2",
    "Age ≥ 65 years, or 60 years with gout": "if with gout: age ≥ 60 a, otherwise ≥ 65 a",
    "BMI ≥ 35 kg/m2, or 3 prior diets": "bmi ≥ 35 kg/m2 or 3 prior diets",
    "Karnofsky (≥ 16 years) or Lansky (< 16 years) performance score ≥ 60": (
        "(karnofsky ≥ 60 and age ≥ 16 a) or (lansky ≥ 60 and age < 16 a)"
    ),
    "Karnofsky ≥ 60 % for > 10 years of age or Lansky ≥ 60 % for ≤ 10 years of age": (
        "(if age > 10 a: karnofsky ≥ 60%) or (if age ≤ 10 a: lansky ≥ 60%)"
    ),
    "Bilirubin ≤ 1.5 × ULN or > 1.5 × ULN with Gilbert's disease": (
        "total bilirubin ≤ 1.5 × ULN or (with Gilbert's disease and total bilirubin > 1.5 × ULN)"
    ),
    "Platelets ≥ 75, hemoglobin ≥ 9 g/dL, ALT ≤ 3 × ULN without fibrosis or ≤ 5 × ULN with fibrosis": (
        "platelets ≥ 75 and hemoglobin ≥ 9 g/dL and (if without fibrosis: alt ≤ 3 × ULN) "
        "and (if with fibrosis: alt ≤ 5 × ULN)"
    ),
    "Platelets ≥ 75, hemoglobin ≥ 9 g/dL, ALT ≤ 3 × ULN or ≤ 5 × ULN if fibrosis": (
        "platelets ≥ 75 and hemoglobin ≥ 9 g/dL and (if fibrosis: alt ≤ 5 × ULN, otherwise ≤ 3 × ULN)"
    ),
    "Arthritis on X-ray; or b. spine lesions ≥ 1 mm; or c. Arthritis on ultrasound": (
        "Arthritis on X-ray or spine lesions ≥ 1 mm or Arthritis on ultrasound"
    ),
    "Matched by age in at least 1 of the following": "Matched by age in at least 1 of the fol…",
    "Early or late gout: early is defined as A and B; late is defined as BMI > 40": (
        "Early or late gout: early is defined as… or (late is and bmi > 40)"
    ),
    "The expected duration of the stay must be at least 3 weeks from baseline": "expected duration of the stay ≥ 3 wk",
    "BMI ≥ 30 (Note: smokers are not permitted)": "bmi ≥ 30 and not Note: smokers are not permitted",
    "Gout. Note: patients on colchicine must have ALT < 2 × ULN": (
        "Gout and (if patients on colchicine: alt < 2 × ULN)"
    ),
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
    "In patients with hemoglobin < 9 g/dL or platelets < 50 × 10^9/L, INR ≤ 1.5": (
        "if hemoglobin < 9 g/dL or platelets < 50 10*9/L: inr ≤ 1.5"
    ),
    "If the spleen is enlarged and hemoglobin < 9 g/dL, platelets ≥ 50 × 10^9/L": (
        "if the spleen is enlarged and hemoglobin < 9 g/dL: platelets ≥ 50 10*9/L"
    ),
    "INR ≤ 1.5 if bilirubin > 2 mg/dL or albumin < 3 g/dL": (
        "if total bilirubin > 2 mg/dL or albumin < 3 g/dL: inr ≤ 1.5"
    ),
    "Platelets ≥ 75 × 10^9/L (≥ 50 × 10^9/L if age > 60 years or creatinine > 2 mg/dL)": (
        "if age > 60 a or creatinine > 2 mg/dL: platelets ≥ 50 10*9/L, otherwise ≥ 75 10*9/L"
    ),
    "WBC ≥ 50 × 10^9/L for patients aged 1-9 or WBC ≥ 10 × 10^9/L for patients aged 10-18": (
        "(if 1 ≤ age ≤ 9: wbc ≥ 50 10*9/L) and (if 10 ≤ age ≤ 18: wbc ≥ 10 10*9/L)"
    ),
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
    "Leukemia (excluding APL) with blasts ≥ 20 %": "Leukemia (excluding APL) with and blasts ≥ 20% and not APL",
    "Toxicity resolved to grade ≤ 1 by CTCAE (except alopecia)": (
        "(if not alopecia: Toxicity resolved to and ctcae grade ≤ 1) and by CTCAE"
    ),
    "Negative test within 7 days in all women (except sterile ones)": (
        "if not sterile ones: Negative test within 7 days in all women (within 7 d)"
    ),
    "Tumors (except lymphoma) that are bulky or recurrent, and ECOG ≤ 1": (
        "Tumors (except lymphoma) that are bulky… and not lymphoma and ecog ≤ 1"
    ),
    "Treated with one gout drug (other than colchicine) for 4 weeks": (
        "Treated with one gout drug (at least 4 wk) and not colchicine"
    ),
    "Radiotherapy > 21 days ago (except palliative radiotherapy must have been completed 1 week ago)": (
        "if not palliative radiotherapy must have been… (within 1 wk before): Radiotherapy > 21 days ago "
        "(more than 21 d before)"
    ),
    "ALT ≤ 3 × ULN if fibrosis (obtained within 7 days before entry)": (
        "if fibrosis: alt ≤ 3 × ULN and obtained within 7 days before entry (within 7 d before entry)"
    ),
    "ALT ≤ 3 × ULN if fibrosis (documented within 7 days before entry)": (
        "if fibrosis (documented within 7 days befo… (within 7 d before entry): alt ≤ 3 × ULN"
    ),
    "Acuity ≤ 70 letters (Snellen equivalent 20/40) and ≥ 20 letters (Snellen equivalent 20/400)": (
        "Acuity and bcva ≤ 70 {letters} and equivalent 20/40 and bcva ≥ 20 {letters}"
    ),
    "Age ≥ 18 years (in Japan aged 20 years or older)": "if in Japan: age ≥ 20 a, otherwise ≥ 18 a",
    "For women who are not sterile or menopausal, contraception for 6 months": (
        "if not sterile or menopausal: contraception for 6 months (at least 6 mo)"
    ),
    "For women with gout: contraception for 6 months": (
        "if For women with gout: contraception for 6 months (at least 6 mo)"
    ),
    "For men with gout, records must be provided for review within 14 days": (
        "if For men with gout: records must be provided for review wit… (within 14 d)"
    ),
    "Colchicine is allowed provided the dose was stable for 14 days": (
        "if Colchicine is allowed: the dose was stable for 14 days (at least 14 d)"
    ),
    "Gout for at least 4 weeks (if applicable)": "Gout for at least 4 weeks (if applicabl… (at least 4 wk)",
    "Gout for at least 4 weeks (if treated)": "if treated: Gout for at least 4 weeks (at least 4 wk)",
    "Either no statins for 4 weeks, or a stable dose for 4 weeks": (
        "not statins for 4 weeks (less than 4 wk) or a stable dose for 4 weeks (at least 4 wk)"
    ),
    "No statins for 4 weeks or fibrates for 4 weeks": (
        "not (statins for 4 weeks (less than 4 wk) or fibrates for 4 weeks (less than 4 wk))"
    ),
    "Patients with gout and uric acid < 6 mg/dL are eligible": "Patients with gout and uric acid < 6 mg/dL",
    "Gout for > 4 weeks does not exclude the patient": "Gout for > 4 weeks does not exclude the… (more than 4 wk)",
    "A negative test within 4 weeks does not exclude gout": "A negative test within 4 weeks does not… (within 4 wk)",
}


@pytest.mark.parametrize("text", INCLUSION)
def test_inclusion(text: str) -> None:
    assert reading(text) == INCLUSION[text]


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\n  ", "\t"])
def test_a_time_is_read_alike_behind_any_blank(gap: str) -> None:
    page = f"Exclusion Criteria:\n\n* Use of velorobin{gap}within 6 months prior to screening or taking insulin"
    (node,) = trialparse.parse_criteria(page).exclusion
    assert isinstance(node.requirement, AnyOf)
    first = node.requirement.items[0]
    assert isinstance(first, Statement)
    assert " ".join(first.text.split()) == "Use of velorobin within 6 months prior to screening"
