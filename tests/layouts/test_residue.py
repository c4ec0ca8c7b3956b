"""What text extractors leave of a page: each kind of residue, on invented pages."""

from __future__ import annotations

import pytest

import trialparse
from tests.coverage import overlapping
from trialparse.models.eligibility import Criterion
from trialparse.models.trial import Trial

PAGE = "Mockumab in adults with mockitis\n\nNCT ID: NCT09900077\n\n{}"
Texts = list[object]


def parsed(body: str) -> Trial:
    trial = trialparse.parse(PAGE.format(body))
    assert trial.trial_id == "NCT09900077"
    assert overlapping(trial.eligibility) == []
    return trial


def tree(nodes: tuple[Criterion, ...]) -> Texts:
    return [[node.text, *tree(node.children)] if node.children else node.text for node in nodes]


def said(trial: Trial) -> list[str]:
    """Section, measure, lower and upper value and unit of each limit."""
    found = []
    for item in trial.thresholds():
        limit = item.threshold
        sides = [side and f"{side.value}{side.relative_to or (side.unit.ucum if side.unit else '')}"
                 for side in (limit.lower, limit.upper)]  # fmt: skip
        found.append(f"{item.section[:3]} {limit.measure.name} {sides[0] or ''}..{sides[1] or ''}")
    return found


SECTIONS = "Inclusion Criteria\n\n* {}\n\nExclusion Criteria\n\n* Pregnancy"
LIMITS = [
    ("Platelets ≥ 90 x 10<sup>9</sup>/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10 <sup>9</sup>/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10^9^/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10^{9}/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x $10^9$/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10\\ :sup:`9`/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10 ⁹/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10 9 /L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ 90 x 10\n9\n/L", "inc platelets 9010*9/L.."),
    ("Platelets ≥ [4]90 x 10^9/L", "inc platelets 9010*9/L.."),
    ("**Platelets** ≥ **90 x 10^9/L**", "inc platelets 9010*9/L.."),
    ("<b>Platelets</b> ≥ <span class='x'>90</span> x 10^9/L", "inc platelets 9010*9/L.."),
    ("AST ≤ 3 times the [upper limit of normal](/words/uln)", "inc ast ..3ULN"),
    ("AST ≤ 3 times the [upper limit of normal][7]", "inc ast ..3ULN"),
    ("AST ≤ 3 times the [2]upper limit of normal", "inc ast ..3ULN"),
    ("AST ≤ 3 times the `upper limit of normal </uln>`__", "inc ast ..3ULN"),
    ("AST ≤ 3 times the upper_limit_of_normal", "inc ast ..3ULN"),
    ("AST ≤ 3 × _ULN_", "inc ast ..3ULN"),
    ("AST ≤ 3 × ULN<sup>b</sup>", "inc ast ..3ULN"),
    ("ECOG ~~0 to 2~~ 0 or 1", "inc ecog 0..1"),
    ("ECOG <del>0 to 2</del> 0 or 1", "inc ecog 0..1"),
]


@pytest.mark.parametrize(("criterion", "limit"), LIMITS)
def test_marks_inside_a_limit(criterion: str, limit: str) -> None:
    trial = parsed(SECTIONS.format(criterion))
    assert said(trial) == [limit]
    assert len(trial.eligibility.inclusion) == 1
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]


@pytest.mark.parametrize(
    "raised", ["CD4<sup>+</sup> cells", "T<sup>reg</sup> cells", "Ca <sup>2+</sup>", "a<sup>xylofant</sup>"]
)
def test_what_is_raised_and_no_mark_of_a_footnote_stays(raised: str) -> None:
    trial = parsed(SECTIONS.format(f"Known {raised}"))
    assert tree(trial.eligibility.inclusion) == [f"Known {raised.replace('<sup>', '').replace('</sup>', '')}"]


@pytest.mark.parametrize("struck", ["~~xylofant or~~", "<del>xylofant or</del>", "<s>xylofant or</s>"])
def test_what_is_struck_out_is_kept_aside_and_said(struck: str) -> None:
    page = PAGE.format(SECTIONS.format(f"Known {struck} asthma"))
    trial = trialparse.parse(page)
    assert tree(trial.eligibility.inclusion) == ["Known asthma"]
    (note,) = [note for note in trial.diagnostics if note.code == "struck_text"]
    assert note.span is not None
    assert page[note.span.start : note.span.end] == struck
    assert any("xylofant" in section.text for section in trial.sections)


def test_a_label_of_an_isotope_is_no_link() -> None:
    trial = parsed(SECTIONS.format("A scan with [18]F-FDG or [68]Ga"))
    assert tree(trial.eligibility.inclusion) == ["A scan with [18]F-FDG or [68]Ga"]


def test_a_name_with_low_lines_and_stars_of_other_meaning_stay() -> None:
    trial = parsed(SECTIONS.format("Listed as org_study_id, HLA-B*57 and TP53*"))
    assert tree(trial.eligibility.inclusion) == ["Listed as org_study_id, HLA-B*57 and TP53*"]


def test_spans_cover_the_marks_that_were_taken_out() -> None:
    page = PAGE.format(SECTIONS.format("**Platelets** ≥ 90 x 10^9/L"))
    trial = trialparse.parse(page)
    (item,) = trial.eligibility.inclusion
    assert item.text == "Platelets ≥ 90 x 10^9/L"
    assert page[item.span.start : item.span.end] == "**Platelets** ≥ 90 x 10^9/L"


def test_a_raised_number_on_the_line_above() -> None:
    trial = parsed("Inclusion Criteria\nECOG 0 or 1\n9\nPlatelets ≥ 90 x 10 /L\nExclusion Criteria\nPregnancy")
    assert said(trial) == ["inc ecog 0..1", "inc platelets 9010*9/L.."]
    assert any(note.code == "superscript_repaired" for note in trial.diagnostics)


HEADINGS = [
    ("Inclusion Criteria+", "Exclusion Criteria+"),
    ("Inclusion Criteria ▼", "Exclusion Criteria ▼"),
    ("▸ Inclusion Criteria", "▸ Exclusion Criteria"),
    ("Inclusion Criteriaexpand_more", "Exclusion Criteriaexpand_more"),
    ("Inclusion Criteria keyboard_arrow_down", "Exclusion Criteria keyboard_arrow_down"),
    ("Inclusion Criteria [show]", "Exclusion Criteria [show]"),
    ("**** Inclusion Criteria ****", "**** Exclusion Criteria ****"),
    ("### [Inclusion Criteria](#in)", "### [Exclusion Criteria](#ex)"),
    ("### Inclusion Criteria {#in .head}", "### Exclusion Criteria {#ex .head}"),
    ("Inclusion Criteria\n\nShow more", "Exclusion Criteria\n\n[Read more](#x)"),
    ("Inclusion Criteria\nexpand_more", "Exclusion Criteria\nexpand_more"),
]


@pytest.mark.parametrize(("inclusion", "exclusion"), HEADINGS)
def test_dressed_headings(inclusion: str, exclusion: str) -> None:
    trial = parsed(f"{inclusion}\n\n* Gout of grade 2\n* Written consent\n\n{exclusion}\n\n* Pregnancy\n")
    assert tree(trial.eligibility.inclusion) == ["Gout of grade 2", "Written consent"]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]


INCLUSION, EXCLUSION = ["Gout of grade 2.", "Written consent."], ["Pregnancy.", "Asthma."]
TABLES = {
    "tabs": """
Sex\t\tAll
Key inclusion criteria\t\t1. Gout of grade 2.
2. Written consent.
Key exclusion criteria\t\t1. Pregnancy.
2. Asthma.
Countries of recruitment\t\tPeru
""",
    "bars": """
|  |  |
| --- | --- |
| Sex | All |
| Key inclusion criteria | 1. Gout of grade 2.  2. Written consent. |
| Key exclusion criteria | 1. Pregnancy.  2. Asthma. |
| Ethics body | Board of Exampleton |
""",
    "bars of html2text": """
Sex| All
---|---
inclusion criteria| 1\\. Gout of grade 2.
2\\. Written consent.
exclusion criteria| 1\\. Pregnancy.
2\\. Asthma.
Ethics body| Board of Exampleton
""",
    "grid": """
+--------------------+----------------------+
| Sex                | All                  |
+--------------------+----------------------+
| Inclusion criteria | 1. Gout of           |
|                    | grade 2.             |
|                    | 2. Written consent.  |
+--------------------+----------------------+
| Exclusion criteria | 1. Pregnancy.        |
|                    | 2. Asthma.           |
+--------------------+----------------------+
| Ethics body        | Board of Exampleton  |
+--------------------+----------------------+
""",
    "columns": """
Sex                     All
Key inclusion criteria  1. Gout of grade 2.
                        2. Written consent.
Key exclusion criteria  1. Pregnancy.
                        2. Asthma.
Ethics body             Board of Exampleton
""",
    "columns, labels in the middle": """
Sex                     All
                        1. Gout of grade 2.
Key inclusion criteria
                        2. Written consent.
                        1. Pregnancy.
Key exclusion criteria
                        2. Asthma.
Ethics body Board of Exampleton
""",
    "columns, folded labels": """
Sex        All
Key        1. Gout of grade 2.
inclusion  2. Written consent.
criteria
Key        1. Pregnancy.
exclusion  2. Asthma.
criteria
""",
    "columns of pandoc": """
  -------------------- --------------------
  Sex                  All

  Inclusion criteria   1. Gout of grade 2.
                       2. Written consent.

  Exclusion criteria   1. Pregnancy.
                       2. Asthma.

  Ethics body          Board of Exampleton
  -------------------- --------------------
""",
    "side by side, in tabs": """
Sex: All

Inclusion Criteria\tExclusion Criteria

Gout of grade 2.
Written consent.
\t
Pregnancy.
Asthma.
""",
    "side by side, in bars": """
Sex: All

| Inclusion Criteria | Exclusion Criteria |
| --- | --- |
| Gout of grade 2. | Pregnancy. |
| Written consent. | Asthma. |
""",
    "side by side, in columns": """
Sex: All

  Inclusion Criteria    Exclusion Criteria
 • Gout of grade 2.     • Pregnancy.
 • Written consent.     • Asthma.

""",
    "glued": """
Sex: All
Key inclusion criteria1. Gout of grade 2.
2. Written consent.
Key exclusion criteria1. Pregnancy.
2. Asthma.
""",
}


@pytest.mark.parametrize("table", TABLES)
def test_tables_of_criteria(table: str) -> None:
    trial = parsed(TABLES[table])
    assert tree(trial.eligibility.inclusion) == INCLUSION
    assert tree(trial.eligibility.exclusion) == EXCLUSION
    assert trial.eligibility.sex == "ALL"
    if "Exampleton" in TABLES[table]:
        assert any("Exampleton" in section.text for section in trial.sections)


@pytest.mark.parametrize("above", ["", "Click to view inclusion/exclusion criteria<br>"])
def test_the_rows_of_a_table_below_the_cell_of_all_criteria_are_fields(above: str) -> None:
    cells = [
        ("Eligibility Criteria", f"{above}Inclusion Criteria:<br>- Gout<br>Exclusion Criteria:<br>- Asthma"),
        ("Gender", "Both"),
        ("Minimum Age", "12 Year"),
        ("House colour", "Blue"),
    ]
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in cells)
    eligibility = parsed(f"<table><tr><td>Phase</td><td>2</td></tr>{rows}</table><p></p>").eligibility
    assert tree(eligibility.inclusion) == ["Gout"]
    assert tree(eligibility.exclusion) == ["Asthma"]
    assert eligibility.sex == "ALL"
    assert eligibility.minimum_age is not None
    assert eligibility.minimum_age.value == 12


def test_a_table_of_limits_inside_a_criterion() -> None:
    trial = parsed(
        "Inclusion Criteria\n\n* Adequate counts:\n\n  | Test | Limit |\n  | --- | --- |\n"
        "  | Platelets | ≥ 90,000/mm3 |\n  | Hemoglobin | ≥ 10 g/dL |\n* ECOG 0 or 1\n"
    )
    rows = ["Platelets | ≥ 90,000/mm3", "Hemoglobin | ≥ 10 g/dL"]
    assert tree(trial.eligibility.inclusion) == [["Adequate counts:", *rows], "ECOG 0 or 1"]
    assert "Test | Limit" in [section.text for section in trial.sections]


PRINTED = """3/14/26, 8:05 AM

Mockumab in adults with mockitis

Mockumab in adults with mockitis
NCT ID: NCT09900077

Inclusion Criteria
* Gout that was seen by two doctors who work in different hospitals and have known the
patient for at least a year before the first

https://trials.example/77

1/2

3/14/26, 8:05 AM

Mockumab in adults with mockitis

dose of the drug
* Written consent

Exclusion Criteria
* Pregnancy

https://trials.example/77

2/2
"""


def test_a_page_break_of_a_print() -> None:
    trial = trialparse.parse(PRINTED)
    assert trial.brief_title == "Mockumab in adults with mockitis"
    assert [item.text[-16:] for item in trial.eligibility.inclusion] == ["dose of the drug", "Written consent"]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]
    assert "1/2" in [section.text for section in trial.sections]


def test_words_of_the_site_between_the_criteria_are_kept_as_sections() -> None:
    trial = parsed(
        "Inclusion Criteria\n* Gout\n\nRead more\n\nExclusion Criteria\n* Pregnancy\n\nRead more\n\n"
        "This register is for information only."
    )
    assert tree(trial.eligibility.inclusion) == ["Gout"]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]
    kept = [section.text for section in trial.sections]
    assert kept.count("Read more") == 2
    assert "This register is for information only." in kept


WRAPPED = """
  Exclusion Criteria:

    1. Loss of more than ten kilograms, or a weight at the first visit of <
       60 kg.

    2. Travel to the coast within the year before the first visit, which
       was not told.

  Lodging All guests are lodged near the harbour and are asked to show
  the keeper a paper that says they were seen by somebody on the day.
  Guests who lost it may ask for another one.
"""


def test_a_wrapped_limit_does_not_change_the_width_of_the_page() -> None:
    found = trialparse.parse_criteria(WRAPPED)
    nodes = [*found.exclusion, *found.other]
    assert [node.text.split()[0] for node in nodes] == ["Loss", "Travel", "Lodging"]
    assert nodes[0].text.endswith("of < 60 kg.")
    assert nodes[2].text.endswith("another one.")


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        ("ECOG\n0 or 1", ["ECOG 0 or 1"]),
        ("ECOG\n0-1\nPregnancy", ["ECOG 0-1", "Pregnancy"]),
        ("Zebras\n0 or 1", ["Zebras", "0 or 1"]),
        ("ECOG\n1 visit", ["ECOG", "1 visit"]),
    ],
)
def test_a_range_cut_from_the_name_of_its_measure(lines: str, texts: Texts) -> None:
    trial = parsed(f"Inclusion Criteria\n{lines}\nExclusion Criteria\nPregnancy")
    assert tree(trial.eligibility.inclusion) == texts
