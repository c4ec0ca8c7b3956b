"""A trial or its criteria as HTML, for notebooks: the text with what was read from it marked, and the logic under it.

Everything is escaped. `trialparse report` writes the whole page, with the record's own text beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from trialparse.models.marks import in_own_text, pieces, requirement_marks
from trialparse.models.notation import JOINS, bounds, elapsed, findings, formula, shortened

if TYPE_CHECKING:
    from trialparse.models.eligibility import Criterion, Eligibility
    from trialparse.models.requirement import If, Requirement, Statement, Threshold, Window
    from trialparse.models.trial import Trial


def trial_html(trial: Trial) -> str:
    """Title, number and criteria."""
    title = escape(trial.brief_title or trial.official_title or "(no title)")
    number = escape(" · ".join(part for part in (trial.trial_id, trial.registry) if part))
    return _framed(f"<strong>{title}</strong><br>{number}{_sections(trial.eligibility)}")


def eligibility_html(eligibility: Eligibility) -> str:
    """The sections that hold criteria."""
    return _framed(_sections(eligibility))


def criterion_html(criterion: Criterion) -> str:
    """One criterion with what stands under it."""
    return _framed(_list([criterion]))


def _framed(content: str) -> str:
    style = (files("trialparse.models") / "notebook.css").read_text(encoding="utf-8")
    return f'<style>{style}</style><div class="trialparse">{content}</div>'


def _sections(eligibility: Eligibility) -> str:
    sections = {name: getattr(eligibility, name) for name in ("inclusion", "exclusion", "other")}
    return "".join(f"<h4>{name.capitalize()}</h4>{_list(roots)}" for name, roots in sections.items() if roots)


def _list(roots: Iterable[Criterion]) -> str:
    out: list[str] = ['<ul class="tp-criteria">']
    stack: list[Criterion | str] = ["</ul>", *reversed(list(roots))]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        out.append(f"<li>{_card(item)}")
        stack.append("</li>")
        if item.children:
            out.append('<ul class="tp-criteria">')
            stack += ["</ul>", *reversed(item.children)]
    return "".join(out)


def _card(criterion: Criterion) -> str:
    text = _marked(criterion)
    parts = [f"<small>{escape(criterion.id)}</small>", f"<b>{text}</b>" if criterion.heading else text]
    if criterion.combine not in (None, "all"):
        parts.append(f"<em>[{JOINS[criterion.combine].format(minimum=criterion.minimum)}]</em>")
    requirement = criterion.requirement
    if requirement is not None and findings(requirement):
        parts.append(_logic(requirement))
    return " ".join(parts)


def _marked(criterion: Criterion) -> str:
    """The criterion's text, each piece with the kinds of what was read from it."""
    marks = requirement_marks(criterion, in_own_text(criterion))
    out = []
    for piece in pieces(criterion.text, marks):
        kinds = dict.fromkeys(f"tp-{marks[number].kind}" for number in piece.marks)
        text = escape(piece.text)
        out.append(f'<span class="{" ".join(kinds)}">{text}</span>' if kinds else text)
    return "".join(out)


def _logic(item: Requirement) -> str:
    """The requirement as frames within frames; logic is never nested deep."""
    if item.kind == "threshold" or item.kind == "window" or item.kind == "statement":
        return f"<div>{_leaf(item)}</div>"
    if item.kind == "if":
        return f'<div class="tp-if">{_branches(item)}</div>'
    if item.kind == "not":
        return f'<div class="tp-not"><em>not</em>{_logic(item.item)}</div>'
    word = JOINS[item.kind].format(minimum=getattr(item, "minimum", None))
    return f'<div class="tp-{item.kind}"><em>{word}</em>{"".join(map(_logic, item.items))}</div>'


def _branches(item: If) -> str:
    parts = (("if", item.condition), ("then", item.then), ("otherwise", item.otherwise))
    return "".join(f"<em>{word}</em>{_logic(part)}" for word, part in parts if part is not None)


def _leaf(item: Threshold | Window | Statement) -> str:
    if item.kind == "window":
        return f'<code class="tp-window">{escape(formula(item))}</code>'
    times = [f'<code class="tp-window">{escape(elapsed(window))}</code>' for window in item.windows]
    text = bounds(item) if item.kind == "threshold" else shortened(item.text)
    return " ".join([f'<code class="tp-{item.kind}">{escape(text)}</code>', *times])
