"""Why a criterion reads as it does: its clauses, and the rows of the tables that fired, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialparse.requirements.clauses import Clause, Link, show
from trialparse.requirements.polarity import Polarity
from trialparse.requirements.reach import end, rule_of
from trialparse.requirements.reader import Stages
from trialparse.requirements.remarks import Place, brackets, rule_for, sentences, told


def lines(stages: Stages, text: str, *, excludes: bool) -> Iterator[str]:
    """The clauses, then a line for each opener (how far it reaches, and by which row), bracket and sentence.

    Args:
        stages: what `read_stages` made of the criterion.
        text: the readable text that its offsets are of.
        excludes: whether it stands in the exclusion section.
    """
    yield from (f"clause  {line}" for line in show(stages.clauses, text))
    polarity = Polarity(excludes, excludes)
    for sentence, place in sentences(stages.clauses, polarity):
        yield from _rows(told(sentence, place)[0], text, place, polarity)


def _rows(row: Sequence[Clause], text: str, place: Place, polarity: Polarity) -> Iterator[str]:
    rule = rule_for(row, place) if row else None
    if rule is not None:
        yield f"remark  {rule.role.value}, as in: {rule.example}"
    for at, clause in enumerate(row):
        for opener in clause.openers:
            if not opener.closed:
                reach = rule_of(opener, beside=at > 0 and clause.link is Link.BESIDE and not opener.prefix)
                size = end(opener, row, at, len(row)) - at
                said = text[opener.start : opener.end] or opener.word
                yield f"reach   {opener.kind} {said!r} over {size} clause(s), as in: {reach.example}"
        for remark in clause.remarks:
            yield from _rows(remark, text, brackets(clause, polarity), polarity)
