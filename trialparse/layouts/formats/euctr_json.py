"""The EU Clinical Trials Register's rows as JSON: their codes and labels as keys, `e3_principal_inclusion_criteria`."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_PHASES = {
    "e71_human_pharmacology_phase_i": "Phase 1",
    "e72_therapeutic_exploratory_phase_ii": "Phase 2",
    "e73_therapeutic_confirmatory_phase_iii": "Phase 3",
    "e74_therapeutic_use_phase_iv": "Phase 4",
}

LAYOUT = Format(
    description="EU Clinical Trials Register: its rows as JSON, {\"e3_principal_inclusion_criteria\": …}",
    signs=("a2_eudract_number", "a3_full_title_of_the_trial | e3_principal_inclusion_criteria"),
    record=("a2_eudract_number",),
    values={
        "trial_id": "a2_eudract_number",
        "overall_status": "p_end_of_trial_status | x5_trial_status",
        "start_date": "trialInformation/recruitmentStartDate",
        "completion_date": "p_date_of_the_global_end_of_the_trial",
        "enrollment": "f422_in_the_whole_clinical_trial | f41_in_the_member_state",
        "healthy_volunteers": "f31_healthy_volunteers",
    },
    flags={
        "sex": {"f21_female": "FEMALE", "f22_male": "MALE"},
        "phases": _PHASES,
        "allocation": {"e811_randomised": "RANDOMIZED"},
        "masking": {"e812_open": "NONE", "e813_single_blind": "SINGLE", "e814_double_blind": "DOUBLE"},
        "intervention_model": {"e815_parallel_group": "PARALLEL", "e816_cross_over": "CROSSOVER"},
    },
    texts={
        "brief_title": "a31_title_of_the_trial_for_lay_people_in_easily_understood_ie_nontechnical_language",
        "official_title": "a3_full_title_of_the_trial",
        "acronym": "a32_name_or_abbreviated_title_of_the_trial_where_available",
        "brief_summary": "e21_main_objective_of_the_trial",
    },
    lists={
        "conditions": ("e11_medical_conditions_being_investigated",),
        "secondary_ids": (
            "a41_sponsors_protocol_code_number", "a51_isrctn_international_standard_randomised_controlled_trial_number",
            "a52_us_nct_clinicaltrialsgov_registry_number", "a53_who_universal_trial_reference_number_utrn",
            "a54_other_identifiers"),
    },
    groups={
        "lead_sponsor": (
            "b1_sponsor",
            {"name": ("b11_name_of_sponsor", None), "agency_class": ("b31_and_b32_status_of_the_sponsor",
                                                                     "agency_class")},
        ),
        "interventions": ("dimp", {"name": ("d31_product_name | d2111_trade_name", None)}),
    },
    criteria={
        "e3_principal_inclusion_criteria | e3_principal_inclusion_criteria_es": "inclusion",
        "e4_principal_exclusion_criteria | e4_principal_exclusion_criteria_es": "exclusion",
    },
    codes={"overall_status": {"Ongoing": "", "Restarted": "Recruiting"}},
    edits=((r"^(\d{4}-\d\d-\d\d)T.*$", r"\1"),),
)  # fmt: skip
