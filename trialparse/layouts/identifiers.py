"""Registry identifiers by pattern, in canonical form."""

from __future__ import annotations

from typing import Any, NamedTuple

from trialparse.lexicon.fields import registries


class RegistryId(NamedTuple):
    """One identifier found in a text."""

    value: str
    """Canonical: "NCT09900001"."""
    registry: str | None
    """Name of the registry, or None for numbers that register no trial."""
    start: int
    end: int


class _Lower(str):
    """A matched group that can be written in lower case by the format "{:l}"."""

    def __format__(self, spec: str) -> str:
        return self.lower() if spec == "l" else str(self)


def find_ids(text: str) -> list[RegistryId]:
    """Every identifier in `text`, in its order; where two kinds overlap, the earlier and then the longer stays."""
    lowered = text.lower()
    found = [
        RegistryId(row.form.format(*map(_Lower, match.groups())), row.name, match.start(), match.end())
        for row in registries()
        if row.literal in lowered
        for match in row.pattern.finditer(text)
    ]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[RegistryId] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def trial_id(text: str) -> dict[str, Any] | None:
    """`trial_id` and `registry` from the first registration number in `text`, or None."""
    first = next((item for item in find_ids(text) if item.registry is not None), None)
    return first and {"trial_id": first.value, "registry": first.registry}
