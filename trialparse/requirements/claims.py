"""What words around a limit claim: whom it is for, that it is said again, that a bracket explains it.

Each predicate looks at tokens alone and is one row of what `cut` asks before it cuts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from trialparse.lexicon.leadins import leadins
from trialparse.lexicon.wording import words
from trialparse.requirements.alternatives import elsewhere
from trialparse.requirements.clauses import Clause, Link
from trialparse.requirements.naming import LIMITS
from trialparse.requirements.neighbours import SUBJECTS, Finding, restates, tells_whom
from trialparse.requirements.tokens import Token

ENDS = frozenset({"", "COMMA", "SEMI", "STOP", "OR", "AND", "LPAR", "RPAR"})
"""Token types behind which something has ended; "" is the end of the text."""
_NARROWS = frozenset({"WITH", "WITHIN", "OF", "NOT"})
AGE = frozenset({"age"})
_APART = frozenset({"WITH", "NOT"})
_HEADS = frozenset({"for", "in"})
_REMARK_ENDS = frozenset({"SEMI", "STOP", "RPAR", "IF"})
_WHOM = SUBJECTS | {"IF", "FOR"}
_JOINS = frozenset({"AND", "OR", "COMMA"})
_GLOSS_WORDS = 4
_PERMIT_WORDS = 10
_CLAUSE = 60
_NORMS = 10
"""Tokens of a list of what the normal values of a measure depend on."""
_ASKED = 20
_SUBJECT_WORDS = 4
_QUALIFIERS = 2
_SEVERAL = 2
_SHORT_SEX = len("in men")
_HEAD = 14
_NAMED = 10
_OF_PEOPLE = frozenset("WORD SUBJECT POP OF WITH FILL LPAR RPAR LIMIT DISORDER IMPRECISE TO NOT OR SCALE".split())
"""What the words before the comma of `For healthy subjects (Part 1), ...` may be."""


class Scene(NamedTuple):
    """The tokens of a criterion and its limits by their first token, each with the token behind it."""

    text: str
    tokens: Sequence[Token]
    limits: Mapping[int, tuple[Finding, int]]
    times: Mapping[frozenset[str], int]
    """How often the same measures are limited."""
    again: bool
    """Whether some measure is limited several times."""
    each_sex: bool
    """`men ≥ 65 or women ≥ 55 years`: as many limits on one measure as sexes named."""
    paralleled: frozenset[int]
    """The tokens behind limits, where behind each limit on the measure stands what it is for."""

    def kind(self, i: int) -> str:
        """Type of a token; "" beyond the edges."""
        return self.tokens[i].type if 0 <= i < len(self.tokens) else ""

    def printed(self, i: int) -> str:
        """Text of a token, in lower case; "" beyond the edges."""
        return self.text[self.tokens[i].start : self.tokens[i].end].lower() if 0 <= i < len(self.tokens) else ""


def opposed(scene: Scene, i: int) -> bool:
    """`< 6.5 % and > 10 %`: no value meets both, so either is meant."""
    behind = scene.limits.get(i + 1)
    before = next((f for f, after in _ending_at(scene, i)), None)
    if before is None or behind is None or not behind[0].shared or before.names != behind[0].names:
        return False
    low, high = before.quantity.bounds, behind[0].quantity.bounds
    if len(low) != 1 or len(high) != 1:
        return False
    apart = before.quantity.lower is None and behind[0].quantity.upper is None
    return apart and low[0].value < high[0].value and low[0].relative_to == high[0].relative_to


def other_people(scene: Scene, i: int) -> bool:
    """`smokers aged 18-60 and diabetic patients aged 18-50`: nobody is asked to be both."""
    before = next((f for f, _ in _ending_at(scene, i)), None)
    first = next((j for j in range(i + 1, min(i + _NAMED, len(scene.tokens))) if j in scene.limits), 0)
    if before is None or not first or scene.limits[first][0].shared:
        return False
    if before.names != scene.limits[first][0].names or before.names != {"age"}:
        return False
    named = [token for token in scene.tokens[max(0, i - _NAMED) : i] if token.end <= before.start]
    behind = scene.tokens[i + 1 : first]
    return all(any(token.type in SUBJECTS for token in each) for each in (named, behind))


def _ending_at(scene: Scene, i: int) -> list[tuple[Finding, int]]:
    """The limit whose last token stands before `i`."""
    for first in range(i - 1, max(-1, i - _CLAUSE), -1):
        if first in scene.limits:
            found = scene.limits[first]
            return [found] if found[1] == i else []
    return []


def is_sex_condition(scene: Scene, i: int, last: Clause | None) -> bool:
    """Women, men: a condition where they stand alone in brackets, before a colon or beside a shared limit."""
    if joins_people(scene, i - 1) or joins_people(scene, i + 1):
        return False
    before, after = scene.kind(i - 1), scene.kind(i + 1)
    if (before == "LPAR" and after == "RPAR") or after == "COLON":
        return True
    follows = scene.limits.get(i + 1) or (scene.limits.get(i + 2) if after in ("COLON", "FILL") else None)
    token = scene.tokens[i]
    if scene.each_sex and last is not None and last.limit is not None and token.end - token.start >= _SHORT_SEX:
        return True
    if follows is not None and (follows[0].shared or (follows[0].start != token.start and before in _JOINS)):
        return follows[0].names != {"age"} or scene.each_sex
    if follows is not None and scene.each_sex:
        return True
    if last is None or last.limit is None or after not in ENDS or last.limit.names == {"age"}:
        return False
    return token.end - token.start >= _SHORT_SEX or scene.each_sex


def joins_people(scene: Scene, i: int) -> bool:
    """The `or` of `male or female`, the comma of `men, women`: no connective, for all people are meant."""
    if scene.kind(i) not in _JOINS or scene.kind(i - 1) != "POP" or scene.kind(i + 1) != "POP":
        return False
    for j in range(i + 2, min(i + _ASKED, len(scene.tokens))):
        if j in scene.limits or scene.kind(j) in ("COMMA", "SEMI", "STOP"):
            break
        if scene.tokens[j].value in words("obliges"):
            return False  # asked of some of them: `men and women of childbearing age must`
    return True


def is_for_people(scene: Scene, i: int, last: Clause | None) -> bool:
    """`> 35 % for children < 3 years`, `(≥ 75 for HCC patients)`, `≥ 60 for > 10 years`: whom the limit is for."""
    if last is None or last.limit is None or scene.printed(i + 1) in words("relatives"):
        return False
    if scene.kind(i) == "FOR" and i + 1 in scene.limits and last.limit.names != AGE == scene.limits[i + 1][0].names:
        return True
    reach = 1 if scene.times[last.limit.names] < 2 else _GLOSS_WORDS
    behind = scene.tokens[i + 1 : i + 1 + reach]
    people = next((k for k, token in enumerate(behind) if token.type == "SUBJECT"), None)
    return people is not None and all(token.type in ("WORD", "FILL") for token in behind[:people])


def says_for_whom(scene: Scene, i: int) -> bool:
    """`(for women of childbearing potential only)`: brackets that hold nothing but the people they are about."""
    if scene.printed(i + 1) in words("relatives"):
        return False  # `nausea (for which the patient needs treatment)`
    if scene.kind(i - 1) != "LPAR" or SUBJECTS.isdisjoint(scene.kind(j) for j in range(i, i + _SUBJECT_WORDS)):
        return False
    close = next((j for j in range(i + 1, min(i + _CLAUSE, len(scene.tokens))) if scene.kind(j) == "RPAR"), i)
    inside = scene.tokens[i:close]
    plain = all(token.type in ("FOR", "POP", "SUBJECT", "WORD", "OF", "FILL", "WITH") for token in inside)
    return bool(inside) and plain and (inside[0].type == "FOR" or inside[-1].value == "only")


def heads_disease(scene: Scene, i: int) -> bool:
    """`and in liver metastases ≤ 5 x ULN`: a disease in which another limit on a measure holds."""
    for j in range(i + 1, min(i + _HEAD, len(scene.tokens))):
        if j in scene.limits:
            finding = scene.limits[j][0]
            return finding.shared and elsewhere(scene.tokens, j, finding.quantity) == i
    return False


def parallels(scene: Scene, i: int, last: Clause | None) -> bool:
    """`≥ 2 cm for lymph nodes and ≥ 0.5 cm for other sites`: behind each limit on a measure stands what it is for."""
    return i in scene.paralleled and last is not None and last.limit is not None


def paralleled(
    tokens: Sequence[Token], limits: Mapping[int, tuple[Finding, int]], times: Mapping[frozenset[str], int]
) -> frozenset[int]:
    """The tokens behind limits, where behind each limit on the measure stands what it is for."""
    behind = [(finding.names, after) for finding, after in limits.values() if times[finding.names] >= _SEVERAL]
    untold = {names for names, after in behind if not tells_whom(tokens, after - 1)}
    return frozenset(after for names, after in behind if names not in untold)


def norms_at(text: str, tokens: Sequence[Token], i: int) -> int:
    """The token behind `for age, sex and height`: of whom a value is normal; `i` where that does not stand."""
    stop = i
    for j in range(i + 1, min(i + _NORMS, len(tokens))):
        if text[tokens[j].start : tokens[j].end].lower() in words("normed_by"):
            stop = j + 1
        elif tokens[j].type not in _JOINS:
            break
    return stop


def heads_people(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`For healthy subjects, ...`, `In women on X, ...`: some people, and behind the comma what is theirs."""
    if text[tokens[i].start : tokens[i].end].lower().split()[0] not in _HEADS:
        return False
    comma = next((j for j in range(i + 1, min(i + _HEAD, len(tokens))) if tokens[j].type not in _OF_PEOPLE), 0)
    if not comma or tokens[comma].type not in ("COMMA", "COLON"):
        return False
    if tokens[comma].type == "COLON" and tokens[comma - 1].value == "only":
        return True  # `For Japan only: ...`
    people = next((j for j in range(i, comma) if tokens[j].type in SUBJECTS), comma)
    some = tokens[i:people] if people < comma else ()
    named = any(token.type == "WORD" and token.value not in words("anybody", "frame") for token in some)
    return people < comma and (named or tokens[people].type == "POP" or people + 1 < comma)


def names_part(text: str, tokens: Sequence[Token], i: int) -> int:
    """`Cohort B:`, `For parts 1 and 2,`: the token with which the name of a part of the trial ends; 0 for no name."""
    found = leadins().named_part.match(text, tokens[i].start, tokens[-1].end)
    if found is None:
        return 0
    return next((j for j in range(i + 1, min(i + _CLAUSE, len(tokens))) if tokens[j].end == found.end()), 0)


def permits_limit(scene: Scene, i: int) -> bool:
    """`Patients with bone metastases may have ...`: the limit behind it is theirs alone."""
    if scene.kind(i + 1) != "WITH":
        return False
    for j in range(i + 2, min(i + 2 + _PERMIT_WORDS, len(scene.tokens))):
        if scene.tokens[j].value == "may":
            lets_in = words("joins", "permits")
            return not any(t.value in lets_in for t in scene.tokens[j + 1 : j + 3])
        if scene.kind(j) == "COLON" and j + 1 in scene.limits and scene.limits[j + 1][0].shared:
            return True
        if j in scene.limits or scene.kind(j) in ("SEMI", "STOP"):
            break
    return False


def tells_apart(scene: Scene, i: int, last: Clause | None) -> bool:
    """Of two limits on one measure, `with ...` or a remark in brackets behind one says for whom it holds."""
    if last is None or last.limit is None:
        return False
    if scene.kind(i) == "WITH" and last.limit.shared:
        return True  # a child bullet: `≤ 5 x ULN with liver metastases`
    if scene.times[last.limit.names] < _SEVERAL or i + 1 >= len(scene.tokens) or _tells_else(scene, i, last):
        return False
    bracketed = scene.kind(i) == "LPAR"
    ends = _REMARK_ENDS if bracketed else _REMARK_ENDS | {"COMMA"}
    for j in range(i + 1, min(i + _CLAUSE, len(scene.tokens))):
        if scene.kind(j) in ends:
            return j > i + 1 + bracketed  # `(LLRR)` explains a word
        if j in scene.limits:
            again, after = bool(last.limit.names & scene.limits[j][0].names), scene.kind(scene.limits[j][1])
            if _heads(scene, j, last.limit.names) or (bracketed and again and after == "RPAR"):
                return True  # `(in dialysis patients ≥ 8 g/dL)`
            each = {scene.kind(i), after}  # what stands behind either limit
            parallel = each <= _APART and scene.kind(j - 1) in _JOINS
            return parallel or (scene.kind(i) in _APART and not again)
    return True


def _kinds_inside(scene: Scene, i: int) -> Iterator[str]:
    """The kinds of the first tokens of the brackets that open at `i`."""
    return takewhile(lambda kind: kind != "RPAR", map(scene.kind, range(i + 1, i + 1 + _SUBJECT_WORDS)))


def _restates(scene: Scene, i: int) -> bool:
    """`(Snellen equivalent 20/40)`, `(approximately 20/40)`: brackets that say a limit again in other words."""
    inside = takewhile(lambda j: scene.kind(j) != "RPAR", range(i + 1, i + 1 + _GLOSS_WORDS))
    return any(scene.printed(j) in words("restating") for j in inside)


def _heads(scene: Scene, at: int, names: frozenset[str]) -> bool:
    """`(children under 12 years: ≥ 45 %)`: whether a limit is whom another one on those measures is for."""
    after = scene.limits[at][1]
    follows = scene.limits.get(after + 1) if scene.kind(after) == "COLON" else None
    return follows is not None and not names.isdisjoint(follows[0].names)


def _tells_else(scene: Scene, i: int, last: Clause) -> bool:
    """Whether brackets hold another limit or when or how the one before is known, or `with` leads to another limit."""
    if scene.kind(i) == "WITH":
        return _holds_limit(scene, i + 1)  # `age ≥ 70 with ECOG 0-1 or age < 70 with ECOG 2`
    if scene.kind(i) == "LPAR" and last.conditional and _WHOM.isdisjoint(_kinds_inside(scene, i)):
        return True  # `≥ 80 cm for women (central obesity)`
    opened = ("IF", "UNLESS", "POP", "OR", "AND", "SCALE", *LIMITS)
    dated = scene.printed(i + 1) in words("visits")
    told = dated or scene.kind(i + 1) in opened or scene.tokens[i + 1].value in words("participles")
    return scene.kind(i) == "LPAR" and (told or _restates(scene, i))


def _holds_limit(scene: Scene, i: int) -> bool:
    """Whether a limit begins at `i`, whatever idle word leads to it."""
    return i in scene.limits or (scene.kind(i) == "FILL" and i + 1 in scene.limits)


def restates_limit(scene: Scene, i: int, *, closed: bool = True) -> bool:
    """`(133 µmol/L)`, or without `closed` brackets `or 5.6 mmol/L`, behind a limit says it again."""
    if scene.kind(i + 1) not in LIMITS or (closed and scene.kind(i + 2) != "RPAR"):
        return False
    return i + 1 not in scene.limits and restates(scene.tokens, i + 1)


def gloss_at(tokens: Sequence[Token], i: int) -> str:
    """What the words at `i` open: `examples` or an explanation (`defines`); "" for other words."""
    token = tokens[i]
    if token.type == "FILL":
        return "examples" if token.value == "gloss" else ""
    following = tokens[i + 1].value if i + 1 < len(tokens) else ""
    if token.type == "WORD" and token.value == "such" and following == "as":
        return "examples"
    if token.type == "WORD" and token.value in words("defines") and (following == "as" or token.value != "defined"):
        return "defines"
    return "examples" if token.type == "WORD" and token.value in words("examples") else ""


def is_mere_prose(clause: Clause) -> bool:
    """Prose in brackets that neither denies nor conditions what stands before them."""
    return clause.plain and not clause.deeds & {"permits", "joins", "bars", "obliges"}


def _qualified(before: Sequence[Token]) -> bool:
    """`diabetic patients`, `HIV-positive subjects`, but not `enrolled patients`."""
    common = words("anybody", "frame")
    if before[1:2] and before[1].type == "TO" and before[0].end == before[1].start:
        before = [before[0], *before[2:]]  # the hyphen of a compound
    return 0 < len(before) <= _QUALIFIERS and all(
        token.type == "WORD" and token.value[0].isalpha() and token.value not in common for token in before
    )


def restricted(tokens: Sequence[Token], clauses: Sequence[Clause], stop: int) -> bool:
    """Whether clauses name some people and not all: `women of childbearing potential`, not `all subjects`."""
    sexes: set[str] = set()
    narrowed = False
    for clause, seen in zip(clauses, _tokens_of(clauses, tokens, stop), strict=True):
        if clause.link is Link.WHO:
            narrowed = True
            continue
        people = next((k for k, token in enumerate(seen) if token.type in SUBJECTS), None)
        if people is None or people > _SUBJECT_WORDS:
            return False
        sexes |= {token.value for token in seen if token.type == "POP"}
        narrowed |= seen[people].value == "some"  # WOCBP
        narrowed |= any(t.type in _NARROWS or t.value in words("restricts") for t in seen[people:])
        narrowed |= _qualified(seen[:people])
    return narrowed or len(sexes) == 1


def _tokens_of(clauses: Sequence[Clause], tokens: Sequence[Token], stop: int) -> Iterator[list[Token]]:
    """The tokens in the prose of each of some clauses, none of them at `stop` or behind."""
    i = stop
    while i > 0 and tokens[i - 1].start >= clauses[0].start:
        i -= 1
    for clause in clauses:
        seen: list[Token] = []
        while i < stop and tokens[i].start < clause.end:
            if tokens[i].start >= clause.start:
                seen.append(tokens[i])
            i += 1
        yield seen
