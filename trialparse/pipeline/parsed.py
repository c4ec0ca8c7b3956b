"""Records that are trials already, since `trialparse parse` wrote them, among those that are still to be parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from trialparse.models.trial import Trial
from trialparse.pipeline.division import PARSED
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.many import parse_many
from trialparse.pipeline.progress import progress
from trialparse.pipeline.record import Failure, Record
from trialparse.pipeline.tally import errors_of

Say = Callable[[str, str], object]
"""Takes the place of a record, and what is wrong with it."""


def trials(
    records: Iterable[Record], *, layout: str | None = None, workers: int = 1
) -> Iterator[tuple[Record, Trial | Failure]]:
    """Each trial of the records with what it was read from, in their order; what cannot be read is a failure.

    Args:
        records: pages and registry records, as `trialparse.pipeline.inputs.Inputs` yields them, or lines that
            `trialparse parse` wrote, which are not parsed again: the record of such a trial has no text.
        layout: as for `parse`.
        workers: number of processes that parse.
    """
    for result in parse_many(_sources(records), layout=layout, workers=workers, as_tuples=True):
        found = result.context or result.trial or result.failure
        if found is not None:
            yield (result.record._replace(text=None) if result.context else result.record), found


class Watched:
    """The trials of some inputs, while people see how far it is, and are told what is wrong with which.

    Args:
        inputs: what is read.
        say: called for each failure, each error of a trial, and what is to be said of the inputs as a whole.
        layout, workers: as for `trials`.
    """

    def __init__(self, inputs: Inputs, say: Say, *, layout: str | None = None, workers: int = 1) -> None:
        self.wrong = 0
        """Records without a trial, or whose trial has an error."""
        self._inputs = inputs
        self._say = say
        self._found = trials(inputs, layout=layout, workers=workers)

    def __iter__(self) -> Iterator[tuple[Record, Trial | Failure]]:
        with progress(self._inputs, None) as show:
            for number, (record, item) in enumerate(self._found, 1):
                errors = [item.message] if isinstance(item, Failure) else errors_of(item)
                for error in errors:
                    self._say(record.where or "stdin", error)
                self.wrong += bool(errors)
                show(number, self.wrong)
                yield record, item
        for remark in self._inputs.remarks:
            self._say("inputs", remark)


def _sources(records: Iterable[Record]) -> Iterator[tuple[Record, Trial | None]]:
    """What is to be parsed of each, which is nothing of a trial that is one already."""
    for record in records:
        known = _parsed(record.text)
        yield record if known is None else record._replace(text=""), known


def _parsed(text: str | bytes | None) -> Trial | None:
    """The trial that a line holds which `trialparse parse` wrote."""
    if not isinstance(text, str) or not text.startswith(PARSED):
        return None
    try:
        return Trial.model_validate_json(text)
    except ValidationError:
        return None
