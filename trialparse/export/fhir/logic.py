"""How parts join, in the two values of FHIR.

Here a requirement is true, false, or binds nobody (a condition that is not met); FHIR knows only true and false. So
each part is written in one of two readings: an inclusion criterion must *not be false*, an exclusion criterion excludes
where it is *true*, and a denial turns one reading into the other. For what binds everybody both are the same.

| requirement | not false | true |
|---|---|---|
| if C then R | any-of(not C, R) | all-of(C, R) |
| if C then R, otherwise S | all-of(any-of(not C, R), any-of(C, S)) | any-of(all-of(C, R), all-of(not C, S)) |
| not R | exclude what is true | exclude what is not false |
| all | all-of | all-of; if nothing in it binds everybody, also any-of its items, read as true |
| any, at least | any-of, at-least; if nothing in it binds everybody, or nothing binds | any-of, at-least |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from trialparse.export.fhir.codes import Element
from trialparse.export.fhir.extensions import marked, read_extension, span_extension, span_of
from trialparse.export.fhir.parts import Part, combination
from trialparse.export.losses import Losses
from trialparse.models.eligibility import Criterion

LONGEST_ID = 64
"""Characters of a FHIR id."""


class Writer:
    """Writes parts as characteristics."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    def root(self, part: Part, *, excludes: bool) -> Element:
        """A criterion that stands under no other."""
        return {**self.write(part, true=excludes), "exclude": excludes}

    def write(self, part: Part, *, true: bool) -> Element:
        """A characteristic that a patient has for whom the part is true, or else is not false."""
        if part.criterion is not None:
            return self._criterion(part, part.criterion, true=true)
        match part.kind:
            case "leaf":
                return dict(part.element or {})
            case "not":
                return denied(self.write(part.items[0], true=not true))
            case "if":
                return self._if(part.items, true=true)
            case _:
                return self._joint(part, true=true)

    def _criterion(self, part: Part, criterion: Criterion, *, true: bool) -> Element:
        """A criterion with its id and text: what it says itself, or that joined with its children."""
        said = self.write(part.items[0], true=true) if part.kind == "own" else self._joint(part, true=true)
        if part.kind != "own" or "exclude" in said:
            # a denial stands below: the text says it already, and `exclude` beside it is for exclusion criteria
            said = marked(combination("all-of", [said]) if part.kind == "own" else said, "criterion")
        head = {"extension": [span_extension(criterion.span)], "linkId": self._link(criterion.id)}
        extension = said.pop("extension", [])
        if "description" in said:  # of a part of the criterion, which may be less than its text
            text, span = said.pop("description"), span_of({"extension": extension})
            same = (text, span) == (criterion.text, criterion.span)
            extension = [*([] if same else [read_extension(span, text)]), *extension[1:]]
        head["extension"] += extension
        head |= {"description": criterion.text, "note": [{"text": note} for note in part.notes]}
        return {**head, **said, **part.times}

    def _link(self, name: str) -> str:
        if len(name) <= LONGEST_ID:
            return name
        self._losses.add("long_id", name)
        digest = sha256(name.encode()).hexdigest()[:16]
        return f"{name[: LONGEST_ID - len(digest) - 1]}-{digest}"

    def _if(self, items: Sequence[Part], *, true: bool) -> Element:
        condition, then, *otherwise = items
        met = self.write(condition, true=True)
        if true:
            first = combination("all-of", [met, self.write(then, true=True)])
        else:
            first = combination("any-of", [denied(met), self.write(then, true=False)])
        if not otherwise:
            return marked(first, "if")
        unmet = self.write(condition, true=False)
        other = self.write(otherwise[0], true=true)
        if true:
            second = combination("all-of", [marked(denied(unmet), "restated"), other])
            return marked(combination("any-of", [first, second]), "if-else")
        second = combination("any-of", [marked(unmet, "restated"), other])
        return marked(combination("all-of", [first, second]), "if-else")

    def _joint(self, part: Part, *, true: bool) -> Element:
        """All, any or some of the items, one of which binds."""
        every = part.kind == "all"
        items = self._all(part.items, true=not every)
        joined = combination(_CODES[part.kind], items, part.minimum if part.kind == "at_least" else None)
        if part.always_binds or true is not every:
            return joined
        again = self._all(part.items, true=every)
        if every:
            return combination("all-of", [*items, marked(combination("any-of", again), "restated")])
        if part.kind == "any":
            return combination("any-of", [*items, marked(combination("all-of", again), "restated")])
        rest = marked(combination("all-of", [*again, denied(combination("any-of", items))]), "restated")
        return marked(combination("any-of", [joined, rest]), "wrapped")

    def _all(self, parts: Iterable[Part], *, true: bool) -> list[Element]:
        return [self.write(part, true=true) for part in parts]


_CODES = {"all": "all-of", "any": "any-of", "at_least": "at-least"}


def denied(element: Element) -> Element:
    """Whoever has the characteristic does not count."""
    if "exclude" in element:
        element = marked(combination("all-of", [element]), "wrapped")
    return {"exclude": True, **element}
