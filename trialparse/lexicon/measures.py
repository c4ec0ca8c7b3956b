"""What criteria set limits on (laboratory values, vital signs, scales, stages): the rows of `data/measures.json`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from trialparse import plugins
from trialparse.lexicon.tables import load
from trialparse.lexicon.units import units

Kind = Literal["quantity", "score", "class", "ratio", "duration"]


@dataclass(frozen=True, slots=True, eq=False)
class MeasureRow:
    """A measure and the words for it."""

    name: str
    kind: Kind
    synonyms: tuple[str, ...]
    """As printed. Hyphens count as spaces and a plural s is optional, so such variants are not listed."""
    examples: tuple[str, ...]
    loinc: str | None = None
    """Names what each synonym means, or is more general, in the canonical unit or one that converts; see `uncoded`.

    Codes and names: loinc.org, as the value sets of HL7 projects print them; `tests/lexicon/loinc.json` has the names.
    """
    uncoded: tuple[str, ...] = ()
    """Synonyms that mean something with a code of its own: corrected calcium, capillary glucose."""
    unit: str | None = None
    """UCUM code of the canonical unit; None for class scales."""
    range: tuple[Decimal, Decimal] | None = None
    """What may be meant, generously, in `unit`; limits of a quantity outside it leave `implausible_value`."""
    also: tuple[str, ...] = ()
    """Other units that limits without one may be meant in: platelets > 100,000."""
    own_units: Mapping[str, str] = field(default_factory=dict)
    """Spellings that are a unit only behind this measure: temperature > 100.4 F."""
    taken_for: tuple[str, ...] = ()
    """Units printed for the canonical one, number for number: mL/min for mL/min/1.73 m2."""
    classes: tuple[str, ...] | None = None
    """The classes of a class scale, in order."""
    molar_mass: Decimal | None = None
    """In g/mol, where mass and molar concentrations measure the same thing."""
    disorders: tuple[str, ...] = ()
    """Words for an abnormal value (thrombocytopenia), which name the measure only right before a limit."""
    better: Mapping[str, str] = field(default_factory=dict)
    """UCUM code, or "*" for any -> which end is the better one, "high" or "low"; empty where that is not known."""
    valence: int | None = None
    """Charge of the ion, where milliequivalents are in use."""
    covers: tuple[str, ...] = ()
    """The measures that this one is a name for all of: the transaminases."""
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Synonym, as printed, -> words of which one must occur in the criterion for the synonym to count."""

    def is_coded(self, printed: str) -> bool:
        """Whether the LOINC code of the measure, if it has one, names what is printed."""
        return _spaced(printed) not in map(_spaced, self.uncoded)


def _spaced(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


@lru_cache(maxsize=1)
def measures() -> Mapping[str, MeasureRow]:
    """Canonical name -> row."""
    own = {row["name"]: _row(**row) for row in load("measures")}
    return MappingProxyType(own | dict(_added(own)))


def _added(own: Mapping[str, MeasureRow]) -> Iterator[tuple[str, MeasureRow]]:
    """Those of plug-ins: a row each, or several rows."""
    if not (added := plugins.added("measures")):
        return
    taken = {_spaced(synonym): row.name for row in own.values() for synonym in row.synonyms}
    for plugin in added:
        found = plugins.loaded("measures", plugin)
        for row in [found] if isinstance(found, Mapping) else found:
            name = row.get("name", plugin)
            if wrong := _wrong(row, taken, own):
                raise ValueError(f"measure {name!r} of a plug-in: {wrong}")
            yield name, _row(**row)


def _wrong(row: Mapping[str, Any], taken: Mapping[str, str], own: Collection[str]) -> str | None:
    """What is wrong with a row that somebody else has written."""
    known = {each.name for each in fields(MeasureRow)}
    needed = [each.name for each in fields(MeasureRow) if each.default is MISSING and each.default_factory is MISSING]
    unit, kind = row.get("unit"), row.get("kind")
    if missing := [key for key in needed if key not in row]:
        return f"{', '.join(missing)} must be given"
    if unknown := row.keys() - known:
        return f"no key is called {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}"
    if row["name"] in own:
        return "trialparse has a measure of this name itself; give it another"
    if kind not in get_args(Kind):
        return f"no kind is called {kind!r}; there are {', '.join(get_args(Kind))}"
    if unit is not None and unit not in units():
        return f"its unit {unit!r} is no code that is known (`trialparse units`)"
    theirs = [each for each in row["synonyms"] if _spaced(each) in taken and each not in row.get("context", {})]
    if theirs:
        measure = taken[_spaced(theirs[0])]
        return f"{theirs[0]!r} is a synonym of {measure}; leave it out, or say by `context` when it is meant"
    return None


def _row(
    *,
    synonyms: list[str],
    examples: list[str],
    range: list[int | Decimal] | None = None,
    classes: list[str] | None = None,
    molar_mass: str | None = None,
    context: dict[str, list[str]] | None = None,
    disorders: list[str] | None = None,
    covers: list[str] | None = None,
    better: str | dict[str, str] | None = None,
    also: Sequence[str] = (),
    taken_for: Sequence[str] = (),
    uncoded: Sequence[str] = (),
    **plain: Any,
) -> MeasureRow:
    return MeasureRow(
        synonyms=tuple(synonyms),
        examples=tuple(examples),
        range=(Decimal(range[0]), Decimal(range[1])) if range else None,
        classes=tuple(classes) if classes else None,
        molar_mass=Decimal(molar_mass) if molar_mass else None,
        disorders=tuple(disorders or ()),
        covers=tuple(covers or ()),
        better={"*": better} if isinstance(better, str) else better or {},
        also=tuple(also),
        taken_for=tuple(taken_for),
        uncoded=tuple(uncoded),
        context={synonym: tuple(words) for synonym, words in (context or {}).items()},
        **plain,
    )


@lru_cache(maxsize=1)
def by_synonym() -> Mapping[str, str]:
    """Synonym in lower case -> canonical name, where only one measure has it."""
    found: dict[str, str] = {}
    twice = set()
    for row in measures().values():
        for synonym in {each.casefold() for each in row.synonyms}:
            if synonym in found:
                twice.add(synonym)
            found[synonym] = row.name
    return MappingProxyType({synonym: name for synonym, name in found.items() if synonym not in twice})


def measure_key(name: str) -> str:
    """The lexicon's name for a measure; what it does not know stays as printed, in lower case."""
    if name in measures():
        return name
    folded = " ".join(name.casefold().split())
    return by_synonym().get(folded, folded)
