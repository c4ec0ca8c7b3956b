"""HL7 FHIR R5: a trial as a `ResearchStudy` whose eligibility is an `EvidenceVariable`, and back.

`to_fhir` and `from_fhir` are the two ways; `trialparse.export.exact` writes and reads the JSON, so that decimals keep
their digits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from trialparse.export.exact import clean, compact, dumps, loads
from trialparse.export.fhir.codes import OWN, code, wrong_codes
from trialparse.export.fhir.reading import read_variable
from trialparse.export.fhir.study import study
from trialparse.export.fhir.variable import variable
from trialparse.export.losses import Loss, Losses
from trialparse.models.eligibility import Eligibility
from trialparse.models.trial import Trial

__all__ = ["bundle", "from_fhir", "to_fhir", "wrong_codes"]


def to_fhir(trial: Trial) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """A trial as a FHIR R5 ResearchStudy with its eligibility criteria in a contained EvidenceVariable.

    Args:
        trial: as `trialparse.parse` gives it.

    Returns:
        The document as plain data, its decimals as `Decimal` (write it by `trialparse.export.exact.dumps`), and what it
        does not hold, or only by a convention, each with its path, the reason and the offsets into the trial's source.
    """
    losses = Losses()
    criteria = variable(trial.eligibility, trial.source.sha256, losses)
    document = clean(compact(study(trial, criteria, losses)), lambda text: losses.add("characters", "document", text))
    return document, tuple(losses.found)


def from_fhir(document: Mapping[str, Any] | str | bytes) -> Eligibility:
    """The eligibility criteria of a document that `to_fhir` made, or of one like it.

    Args:
        document: a ResearchStudy with a contained EvidenceVariable, or an EvidenceVariable: as JSON, or as plain data
            whose decimals are `Decimal`.

    Returns:
        Criteria, limits and times as the document says them; no canonical values. Offsets are those of the trial that
        was exported, where the document has them.

    Raises:
        ValueError: it is no such document, a code is none of its value set, or a number is none.
    """
    found = loads(document) if isinstance(document, str | bytes) else document
    try:
        if wrong := wrong_codes(found):
            raise ValueError("; ".join(wrong))
        return read_variable(_variable(found))
    except RecursionError:
        raise ValueError("the document is nested too deeply") from None
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise ValueError(f"an element is not of the form that FHIR gives it: {error}") from error


def bundle(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several documents as one Bundle, a collection; the names of its entries follow from their content and place."""
    entries = [
        {"fullUrl": uuid5(NAMESPACE_URL, f"{OWN}{number}/{dumps(each)}").urn, "resource": each}
        for number, each in enumerate(documents)
    ]
    return {"resourceType": "Bundle", "type": code("bundle-type", "collection"), "entry": entries}


def _variable(found: object) -> Mapping[str, Any]:
    if isinstance(found, Mapping):
        for each in (found, *(found.get("contained") or ())):
            if isinstance(each, Mapping) and each.get("resourceType") == "EvidenceVariable":
                return each
        if found.get("resourceType") == "ResearchStudy":
            return {}
    raise ValueError("neither an EvidenceVariable nor a ResearchStudy")
