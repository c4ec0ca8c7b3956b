"""A trial or its criteria as HTML, for notebooks: nested lists, the formula beside the text. Everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from trialparse.models.notation import findings

if TYPE_CHECKING:
    from trialparse.models.eligibility import Criterion, Eligibility
    from trialparse.models.trial import Trial

_JOINS = {"any": "any of", "at_least": "at least {minimum} of"}


def trial_html(trial: Trial) -> str:
    """Title, number and criteria."""
    title = escape(trial.brief_title or trial.official_title or "(no title)")
    number = escape(" · ".join(part for part in (trial.trial_id, trial.registry) if part))
    return f"<div><strong>{title}</strong><br>{number}{eligibility_html(trial.eligibility)}</div>"


def eligibility_html(eligibility: Eligibility) -> str:
    """The sections that hold criteria."""
    sections = {name: getattr(eligibility, name) for name in ("inclusion", "exclusion", "other")}
    return "".join(f"<h4>{name.capitalize()}</h4>{_list(roots)}" for name, roots in sections.items() if roots)


def criterion_html(criterion: Criterion) -> str:
    """One criterion with what stands under it."""
    return _list([criterion])


def _list(roots: Iterable[Criterion]) -> str:
    out: list[str] = ["<ul>"]
    stack: list[Criterion | str] = ["</ul>", *reversed(list(roots))]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        out.append(f"<li>{_line(item)}")
        stack.append("</li>")
        if item.children:
            out.append("<ul>")
            stack += ["</ul>", *reversed(item.children)]
    return "".join(out)


def _line(criterion: Criterion) -> str:
    text = escape(criterion.text)
    join = _JOINS.get(criterion.combine or "", "").format(minimum=criterion.minimum)
    limits = findings(criterion.requirement) if criterion.requirement is not None else ()
    parts = [f"<small>{escape(criterion.id)}</small>", f"<b>{text}</b>" if criterion.heading else text]
    parts += [f"<em>[{join}]</em>"] if join else []
    parts += [f"<code>{escape(limit)}</code>" for limit in limits]
    return " ".join(parts)
