"""What a sentence or a bracket is for: it asserts, denies, excepts, tells a condition, or binds nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from trialparse.requirements.clauses import Clause, Link, Opens, divided
from trialparse.requirements.polarity import Polarity
from trialparse.requirements.reach import consequence

Row = Sequence[Clause]
UNASKED = frozenset("people who verb trails manner way denied stops tells causes resumes then".split())
"""Deeds of which no rule makes anything by themselves."""


class Role(Enum):
    """What a stretch of clauses does to what stands before it."""

    ASSERTION = "asserts"
    DENIED = "asserts the opposite"
    EXCEPTION = "excepts"
    CONDITION = "tells for whom or when"
    OTHER_TIME = "is another time for some"
    NOTE = "binds nobody"


class Place(NamedTuple):
    """Where the stretch stands."""

    excludes: bool
    """In an exclusion criterion."""
    first: bool
    """It is the first sentence, or what a semicolon parts from it."""
    inside: bool
    """In brackets."""
    binding: bool = True
    """What stands there is asked of people, and neither denied nor found in those to be shut out."""
    opens: bool = False
    """Nothing stands before it."""
    excepted: bool = False
    """It stands under a lead-in that denies it or says what the criterion does not cover."""


class Rule(NamedTuple):
    """One row: what must hold of a stretch and its place, its role, and an example."""

    fits: Callable[[Row, Place], bool]
    role: Role
    example: str


def _does(row: Row, deed: str) -> bool:
    return any(deed in clause.deeds for clause in row)


def _denies_first(row: Row, *words: str) -> bool:
    openers = row[0].openers
    return bool(openers) and openers[0].kind is Opens.NO and openers[0].word in words


def _permits(row: Row) -> bool:
    if _denies_first(row, "list"):
        return False  # `no chemotherapy is allowed`
    return (_does(row, "permits") or _does(row, "joins")) and not _does(row, "obliges") and not _does(row, "bars")


def _is_for_some(row: Row) -> bool:
    """Whether a permission holds a limit that is for some people: then it is another limit for them."""
    return _is_limited(row) and any(clause.conditional for clause in row)


def begins(row: Row, kind: Opens) -> bool:
    """Whether a sentence or bracket is nothing but what its first opener opens."""
    openers = row[0].openers
    return (
        bool(openers)
        and openers[0].kind is kind
        and consequence(row, 0, len(row), listed=kind is not Opens.EXCEPT) == len(row)
    )


def is_note(row: Row) -> bool:
    """Whether clauses are a remark, and none that shuts people out or demands something of them."""
    demands = any("people" in clause.deeds for clause in row) and _does(row, "demands")
    return "remarks" in row[0].deeds and not (demands or _does(row, "bars"))


def _is_definition(row: Row, at: Place) -> bool:
    return not at.first and not at.inside and _does(row, "defines") and not _does(row, "obliges")


def _waives(row: Row, at: Place) -> bool:
    return (at.inside or not at.first) and _does(row, "waives") and not _does(row, "obliges")


def _tells_what_is_not(row: Row, at: Place) -> bool:
    """Whether a sentence says of a thing that it is not counted among others."""
    return not at.first and not at.inside and _does(row, "regards") and not _does(row, "people")


def _is_about_staff(row: Row, at: Place) -> bool:
    return not at.first and not at.inside and "staff" in row[0].deeds


def _points_back(row: Row, at: Place) -> bool:
    plain = all(clause.plain for clause in row)
    return not at.first and not at.inside and plain and "points" in row[0].deeds and not _binds(row)


def _binds(row: Row) -> bool:
    return any(_does(row, deed) for deed in ("obliges", "bars", "joins", "permits"))


def _lists_exceptions(row: Row, at: Place) -> bool:
    return not at.first and "exceptions" in row[0].deeds and "allows" not in row[0].deeds


def _permits_a_limit(row: Row, _: Place) -> bool:
    return _permits(row) and _is_for_some(row)


def _lets_people_in(row: Row, at: Place) -> bool:
    if at.opens or not at.excludes:
        return False
    if _does(row, "concedes"):
        return True
    leads_on = bool(row[-1].openers) and not row[-1].says  # `may be eligible if they:`
    return _permits(row) and not leads_on and (_does(row, "people") or _is_conditional(row))


def _is_conditional(row: Row) -> bool:
    return any(clause.content and clause.opens(Opens.IF) for clause in row)


def _lets_some_be(row: Row, at: Place) -> bool:
    """Whether brackets say nothing but what of the things before them may be."""
    whole = all(clause.link not in (Link.STOP, Link.SEMI) for clause in row[1:])
    return at.inside and not at.binding and whole and (_permits(row) or _does(row, "concedes"))


def _says_who(row: Row, at: Place) -> bool:
    """Whether a sentence says with a limit who is eligible: that is what a criterion asks."""
    if not _permits(row) or not at.first or _does(row, "allows"):
        return False
    if _does(row, "joins"):  # `adults (≥ 18 years) with X will be included`
        return not at.excludes and any(_is_limited(part) for clause in row for part in ([clause], *clause.remarks))
    return not at.excludes and _does(row, "admits") and _is_limited(row)


def _is_limited(row: Row) -> bool:
    return any(clause.limit is not None for clause in row)


def _tells_what_may_be(row: Row, at: Place) -> bool:
    if at.opens or at.inside or not _does(row, "allows") or _does(row, "obliges") or _does(row, "bars"):
        return False
    conditions = all(opener.kind is Opens.IF for clause in row for opener in clause.openers)
    return conditions and all(clause.limit is None or clause.openers for clause in row)


def _is_exception(row: Row, at: Place) -> bool:
    return (at.inside or not at.first) and begins(row, Opens.EXCEPT)


def _is_other_time(row: Row, at: Place) -> bool:
    """Whether a bracket holds a time and a condition and nothing else."""
    if not at.inside or any(c.limit is not None or c.remarks for c in row) or not any(c.windows for c in row):
        return False
    openers = row[-1].openers
    if len(openers) != 1 or openers[0].kind is not Opens.IF or not row[-1].content:
        return False
    return len(row) == 1 or (len(row) == 2 and not row[0].content and not row[0].openers and not row[1].windows)


def _is_condition(row: Row, at: Place) -> bool:
    if not at.inside or not begins(row, Opens.IF):
        return False
    return not row[0].openers[0].closed or (row[0].limit is None and not row[0].content)


def _only_says_when(row: Row, at: Place) -> bool:
    """`(or for a week if on insulin)`: of the other way nothing is read but when it is one."""
    return at.inside and row[0].link is Link.OR and begins(row, Opens.IF)


def _gives_example(row: Row, at: Place) -> bool:
    excepts = any(clause.remarks or clause.opens(Opens.EXCEPT) for clause in row) or _does(row, "permits")
    return at.inside and "example" in row[0].deeds and not (_is_limited(row) or excepts)


def _is_aside(row: Row, at: Place) -> bool:
    return at.inside and all(clause.plain for clause in row) and "runs" not in row[0].deeds


def _asks_the_opposite(row: Row, at: Place) -> bool:
    """What an exclusion criterion asks of people excludes those who do not meet it."""
    if at.excludes and at.first and not at.inside:
        concedes = at.opens and _does(row, "concedes")
        if _is_demand(row) or (not at.excepted and (concedes or _asks_all(row))):
            return True
        return _denies_first(row, "bar") or (_denies_first(row, "list") and _does(row, "permits"))
    if not at.excludes or at.first or _does(row, "bars"):  # `patients with tophi should be excluded`
        return False
    return _does(row, "demands" if at.inside else "obliges")


def _is_demand(row: Row) -> bool:
    """`Women must not be pregnant`, `women must have a negative test`: what is asked of some people."""
    openers = row[0].openers
    of_people = bool(openers) and openers[0].kind is Opens.IF and openers[0].word == "people" and openers[0].prefix
    return of_people and any({"demands", "then"} <= clause.deeds and "bars" not in clause.deeds for clause in row[1:])


def _asks_all(row: Row) -> bool:
    """`ALT must not exceed 3 x ULN`, `Must have recovered from surgery`: what is asked of everybody."""
    first = row[0]
    return "insists" in first.deeds and not (first.openers or _does(row, "bars") or _permits(row))


def _shuts_out(row: Row, at: Place) -> bool:
    another = at.inside and row[0].link is Link.OR  # `no available (or are ineligible for) therapy`
    return not (at.excludes or another) and _does(row, "bars") and not _does(row, "obliges")


RULES = (
    Rule(_lets_people_in, Role.EXCEPTION, "Steroids within 2 weeks. Patients on inhaled steroids may participate"),
    Rule(lambda row, _: is_note(row), Role.NOTE, "Platelets ≥ 75. Note: 150 is normal"),
    Rule(_is_definition, Role.NOTE, "Not obese. Obesity is defined as BMI > 30 kg/m2"),
    Rule(_waives, Role.NOTE, "Known hepatitis B (testing is not required) with HBV DNA < 500 IU/mL"),
    Rule(_tells_what_is_not, Role.NOTE, "Tumors. A cyst is not considered a tumor"),
    Rule(_is_about_staff, Role.NOTE, "Fever within 7 days. The investigator is the final arbiter of eligibility"),
    Rule(_points_back, Role.NOTE, "Surgery within 6 weeks. This is a decision of the surgeon"),
    Rule(_lists_exceptions, Role.EXCEPTION, "Steroids within 2 weeks. Exceptions are inhaled steroids"),
    Rule(_permits_a_limit, Role.ASSERTION, "ECOG 0-1 (ECOG 2 is allowed if due to bone pain)"),
    Rule(_says_who, Role.ASSERTION, "Patients who are at least 18 years old are eligible"),
    Rule(_lets_some_be, Role.EXCEPTION, "Steroids within 2 weeks (inhaled steroids are allowed)"),
    Rule(lambda row, _: _permits(row), Role.NOTE, "Hemoglobin ≥ 9 g/dL. Transfusion is allowed"),
    Rule(_tells_what_may_be, Role.NOTE, "No caffeine within 24 hours. Relapses may lead to another visit"),
    Rule(_is_exception, Role.EXCEPTION, "Cancer within 5 years (except DCIS)"),
    Rule(_is_other_time, Role.OTHER_TIME, "Chemotherapy within 3 weeks (6 weeks for nitrosoureas)"),
    Rule(_only_says_when, Role.NOTE, "Insulin within 2 days (or for a week if on a pump)"),
    Rule(_is_condition, Role.CONDITION, "Hemoglobin ≥ 12 g/dL (if pregnant)"),
    Rule(_shuts_out, Role.DENIED, "Patients with QTc > 480 ms are excluded"),
    Rule(_gives_example, Role.NOTE, "Asthma (e.g., no attack within 6 months)"),
    Rule(_is_aside, Role.NOTE, "Hemoglobin ≥ 12 g/dL (measured in the morning)"),
    Rule(_asks_the_opposite, Role.DENIED, "Liver disease. ALT must be below 2 x ULN"),
)


def sentences(row: Row, polarity: Polarity) -> Iterator[tuple[Row, Place]]:
    """The row cut at full stops, and at semicolons that no word and no count joins; each sentence with its place."""
    counts = any(clause.opens(Opens.COUNT) for clause in row)
    for i, sentence in enumerate(divided(row, {Link.STOP} if counts else {Link.STOP, Link.SEMI})):
        first = not i or sentence[0].link is Link.SEMI
        place = Place(polarity.excludes, first, inside=False, opens=not i, excepted=polarity.excepted)
        yield _unwrapped(sentence), place


def brackets(clause: Clause, polarity: Polarity) -> Place:
    """The place of brackets behind a clause."""
    binding = polarity.asked or clause.limit is not None
    return Place(polarity.excludes, first=False, inside=True, binding=binding)


def _unwrapped(sentence: Row) -> Row:
    """What a sentence says that stands in brackets as a whole."""
    first = sentence[0]
    said = first.content or first.limit or first.windows or first.link is not Link.STOP
    if said or len(sentence) > 1 or len(first.remarks) != 1:
        return sentence
    return [replace(first.remarks[0][0], link=first.link), *first.remarks[0][1:]]


def unlabelled(row: Row) -> Row:
    """A sentence or bracket without the word that says what it is: `Note: ...`."""
    return row[1:] if "remarks" in row[0].deeds and row[0].content == 1 and len(row) > 1 else row


def role_of(row: Row, place: Place) -> Role:
    """The role of a sentence or of a bracket: that of the first rule that fits."""
    if not (place.inside or any(clause.deeds - UNASKED for clause in row) or row[0].openers):
        return Role.ASSERTION  # every rule of sentences asks what their words do
    rule = rule_for(row, place)
    return Role.ASSERTION if rule is None else rule.role


def told(row: Row, place: Place) -> tuple[Row, Role]:
    """A sentence and its role; without its label if it is a remark that binds: `Note: patients must ...`."""
    role = role_of(row, place)
    bare = row if role is Role.NOTE else unlabelled(row)
    return (row, role) if bare is row else (bare, role_of(bare, place))


def rule_for(row: Row, place: Place) -> Rule | None:
    """The first rule that fits a stretch of clauses."""
    return next((rule for rule in RULES if rule.fits(row, place)), None)
