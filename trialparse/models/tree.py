"""A trial as a terminal page: its head fields, then the criteria as a tree with their limits beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from trialparse.models.diagnostic import Diagnostic
from trialparse.models.eligibility import Age, Criterion, Eligibility
from trialparse.models.notation import JOINS, findings
from trialparse.models.trial import Sponsor, Trial, TrialDate
from trialparse.text.printable import printable

_SECTIONS = {"inclusion": "bold green", "exclusion": "bold red", "other": "bold"}
_SEVERITIES = {"info": "dim", "warning": "yellow", "error": "red"}
_AGE_UNITS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours", "min": "minutes"}
_LIMITS_WIDTH = 32


def trial_page(trial: Trial) -> RenderableType:
    """The whole trial for a console of 80 columns or more: head fields, criteria, diagnostics."""
    title = trial.brief_title or trial.official_title or "(no title)"
    parts: list[RenderableType] = [_text(title, "bold"), _head(trial)]
    parts.extend(criteria_trees(trial.eligibility))
    if trial.diagnostics:
        parts.append(_remarks(trial.diagnostics))
    return Group(*parts)


def criteria_trees(eligibility: Eligibility) -> Iterator[Tree]:
    """One tree for each section that holds criteria."""
    for section, style in _SECTIONS.items():
        roots: tuple[Criterion, ...] = getattr(eligibility, section)
        if roots:
            tree = Tree(_text(section.capitalize(), style), guide_style="dim")
            _grow(tree, roots)
            yield tree


def criterion_tree(criterion: Criterion) -> Tree:
    """One criterion with what stands under it."""
    tree = Tree(_line(criterion), guide_style="dim")
    _grow(tree, criterion.children)
    return tree


def _grow(tree: Tree, criteria: Iterable[Criterion]) -> None:
    stack = [(tree, criterion) for criterion in reversed(tuple(criteria))]
    while stack:
        parent, criterion = stack.pop()
        branch = parent.add(_line(criterion))
        stack.extend((branch, child) for child in reversed(criterion.children))


def _line(criterion: Criterion) -> RenderableType:
    """Id and text, with the limits in a column of their own at the right."""
    text = _text(criterion.text, "bold" if criterion.heading else "")
    if criterion.combine not in (None, "all"):
        text.append(f"  [{JOINS[criterion.combine].format(minimum=criterion.minimum)}]", "magenta")
    limits = findings(criterion.requirement) if criterion.requirement else ()
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    if not limits:
        grid.add_row(criterion.id, text)
        return grid
    grid.add_column(width=_LIMITS_WIDTH, overflow="fold")
    grid.add_row(criterion.id, text, _text("\n".join(limits), "cyan"))
    return grid


def _head(trial: Trial) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column()
    for label, value in head_fields(trial):
        if value:
            grid.add_row(label, _text(value))
    return grid


def head_fields(trial: Trial) -> Iterator[tuple[str, str]]:
    """What a reader wants to know first, as labels and values; a value may be empty."""
    eligibility, enrollment, healthy = trial.eligibility, trial.enrollment, trial.eligibility.healthy_volunteers
    yield "Trial", _joined(" · ", trial.trial_id, trial.registry)
    yield "Status", _joined(" · ", trial.overall_status, trial.study_type, *trial.phases)
    yield "Sponsor", _joined(", ", *(_sponsor(each) for each in (trial.lead_sponsor, *trial.collaborators)))
    if enrollment is not None:
        yield "Enrollment", _joined(" ", enrollment.count, enrollment.type)
    yield "Dates", _joined(" to ", _date(trial.start_date), _date(trial.completion_date))
    yield "Ages", _joined(" ", _age("from", eligibility.minimum_age), _age("to", eligibility.maximum_age))
    yield "Sex", eligibility.sex or ""
    yield "Volunteers", {None: "", True: "healthy volunteers accepted", False: "no healthy volunteers"}[healthy]
    yield "Conditions", _joined(", ", *trial.conditions)
    yield "Treatments", _joined(", ", *(each.name for each in trial.interventions))
    yield "Sites", str(len(trial.locations) or "")
    yield "Read as", trial.source.layout


def _remarks(diagnostics: Iterable[Diagnostic]) -> Tree:
    tree = Tree(_text("Remarks", "bold"), guide_style="dim")
    for each in diagnostics:
        place = f" at {each.span.start}" if each.span else ""
        tree.add(_text(f"{each.code}{place}: {each.message}", _SEVERITIES[each.severity]))
    return tree


def _age(word: str, age: Age | None) -> str | None:
    return None if age is None else f"{word} {age.value:f} {_AGE_UNITS[age.unit]}"


def _date(date: TrialDate | None) -> str | None:
    return None if date is None else date.date


def _sponsor(sponsor: Sponsor | None) -> str | None:
    return None if sponsor is None else sponsor.name


def _joined(separator: str, *parts: object) -> str:
    return separator.join(str(part) for part in parts if part is not None)


def _text(text: str, style: str = "") -> Text:
    return Text("\n".join(map(printable, text.split("\n"))), style)
