"""Registry identifiers: every row reads its examples and no other row does; look-alikes are refused."""

from __future__ import annotations

import pytest

from trialparse.layouts.identifiers import find_ids
from trialparse.lexicon.fields import registries

EXAMPLES = [(row.key, example) for row in registries() for example in row.examples]

CANONICAL = [
    ("NCT#99000044", "NCT99000044"),
    ("Nct99000045", "NCT99000045"),
    ("2020-001934-37-ES", "2020-001934-37"),
    ("EUCTR2014-005181-30-NL", "2014-005181-30"),
    ("2012‑005400‑18".replace("‑", "-"), "2012-005400-18"),
    ("2023-503698-40", "2023-503698-40"),
    ("JPRN-UMIN000049383", "UMIN000049383"),
    ("JPRN-jRCTs041220087", "jRCTs041220087"),
    ("RBR-6QVDFTM", "RBR-6qvdftm"),
    ("ChiCTR-IPR-15006504", "ChiCTR-IPR-15006504"),
    ("CTRI/2023/04/052053 [Registered on: 21/04/2023]", "CTRI/2023/04/052053"),
    ("PACTR201205000384379", "PACTR201205000384379"),
    ("IRCT2016080318745N10", "IRCT2016080318745N10"),
]

REFUSED = [
    "200400600800",
    "201201801201",
    "IRCT20181201041815N",
    "ISCRTN06180958",
    "(nl)277",
    "NL 277 et al",
    "C000072379",
    "PER00075",
]

UNREGISTERED = ["NL26560.042.09", "2016-A00749-42", "U1111-1234-5678"]


@pytest.mark.parametrize(("key", "example"), EXAMPLES)
def test_each_example_belongs_to_its_row_alone(key: str, example: str) -> None:
    assert [row.key for row in registries() if row.pattern.search(example)] == [key]


@pytest.mark.parametrize(("text", "value"), CANONICAL)
def test_canonical_forms(text: str, value: str) -> None:
    assert [item.value for item in find_ids(text)] == [value]


@pytest.mark.parametrize("text", REFUSED)
def test_look_alikes_are_no_ids(text: str) -> None:
    assert find_ids(text) == []


@pytest.mark.parametrize("text", UNREGISTERED)
def test_dossier_numbers_register_no_trial(text: str) -> None:
    assert [item.registry for item in find_ids(text)] == [None]


def test_places_are_slices_of_the_text() -> None:
    text = "see NCT99000046, ISRCTN10175490 and 2004-002714-11."
    assert [text[item.start : item.end] for item in find_ids(text)] == [
        "NCT99000046",
        "ISRCTN10175490",
        "2004-002714-11",
    ]
