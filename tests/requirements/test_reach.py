"""The tables of reaches and of remarks: each row fires on its example, and without it the example reads otherwise."""

from __future__ import annotations

from contextlib import suppress

import pytest

import trialparse
from tests.requirements.logic import reading, stages
from trialparse.requirements import reach, remarks
from trialparse.requirements.clauses import Clause, Opener

pytestmark = pytest.mark.skipif(trialparse.compiled, reason="compiled modules keep their tables to themselves")
EXCLUSION = frozenset({
    "Steroids within 2 weeks. Exceptions are inhaled steroids",
    "Steroids within 2 weeks. Patients on inhaled steroids may participate",
    "Steroids within 2 weeks (inhaled steroids are allowed)",
    "Liver disease. ALT must be below 2 x ULN",
})  # fmt: skip


def openers(rows: list[Clause]) -> list[tuple[list[Clause], int, Opener]]:
    """Every opener with the row it stands in, brackets included."""
    found = [(rows, i, opener) for i, clause in enumerate(rows) for opener in clause.openers]
    for clause in rows:
        for remark in clause.remarks:
            found += openers(remark)
    return found


@pytest.mark.parametrize("rule", reach.TABLE, ids=lambda rule: rule.example)
def test_each_reach_fires_and_matters(rule: reach.Reach, monkeypatch: pytest.MonkeyPatch) -> None:
    found = openers(list(stages(rule.example).clauses))
    fired = [
        reach.rule_of(opener, beside=at > 0 and row[at].link == "BESIDE" and not opener.prefix)
        for row, at, opener in found
    ]
    assert rule in fired
    with_it = reading(rule.example)
    without = tuple(other for other in reach.TABLE if other is not rule)
    monkeypatch.setattr(reach, "TABLE", without)
    with suppress(StopIteration):  # where no other row is about this opener
        assert reading(rule.example) != with_it


@pytest.mark.parametrize("rule", remarks.RULES, ids=lambda rule: rule.example)
def test_each_rule_of_remarks_matters(rule: remarks.Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    excludes = rule.example in EXCLUSION
    with_it = reading(rule.example, excludes=excludes)
    monkeypatch.setattr(remarks, "RULES", tuple(other for other in remarks.RULES if other is not rule))
    assert reading(rule.example, excludes=excludes) != with_it
