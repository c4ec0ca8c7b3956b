"""One criteria text, as the registry holds it, printed the way each kind of site or file prints it."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

import regex

_ESCAPE = regex.compile(r"\\([!-/:-@\[-`{-~])")
_ITEM = regex.compile(r"( *)(\*|\d+\.) (.*)")
_BULLET = regex.compile(r"^( *)\* ", regex.MULTILINE)
_TITLE = "Examplumab against placebo in adults with exampleitis"


def _plain(criteria: str, bullet: str = "*") -> str:
    return _BULLET.sub(rf"\1{bullet} ", _ESCAPE.sub(r"\1", criteria))


def _json(criteria: str) -> str:
    modules = {
        "identificationModule": {"nctId": "NCT09900001", "briefTitle": _TITLE},
        "eligibilityModule": {"eligibilityCriteria": criteria},
    }
    return json.dumps({"protocolSection": modules})


def _xml(criteria: str) -> str:
    """Items apart by blank lines, five columns deeper with each level; so the old registry wrapped its text."""
    lines = []
    margins = [-1]
    for line in _plain(criteria).split("\n"):
        match = _ITEM.match(line)
        if match is None:
            lines.append(" " * (8 + 5 * (len(margins) - 1 if line.startswith(" ") else 0)) + line.strip())
            continue
        while len(match[1]) < margins[-1]:
            margins.pop()
        if len(match[1]) > margins[-1]:
            margins.append(len(match[1]))
        bullet = "- " if match[2] == "*" else match[2]
        lines += [" " * (5 * len(margins)) + f"{bullet} {match[3]}", ""]
    text = html.escape("\n".join(lines))
    return (
        f"<clinical_study><id_info><nct_id>NCT09900001</nct_id></id_info><brief_title>{_TITLE}</brief_title>"
        f"<eligibility><criteria><textblock>\n{text}\n</textblock></criteria></eligibility></clinical_study>"
    )


def _html(criteria: str) -> str:
    parts: list[str] = []
    open_lists: list[tuple[int, str]] = []

    def close(depth: int) -> None:
        while open_lists and open_lists[-1][0] > depth:
            parts.append(f"</li></{open_lists.pop()[1]}>")

    for line in filter(str.strip, _plain(criteria).split("\n")):
        match = _ITEM.match(line)
        if match is None:
            close(len(line) - len(line.lstrip()) - 1)
            parts.append(f"<p>{html.escape(line.strip())}</p>")
            continue
        depth, tag = len(match[1]), "ul" if match[2] == "*" else "ol"
        close(depth)
        if open_lists and open_lists[-1] == (depth, tag):
            parts.append("</li><li>")
        else:
            close(depth - 1)
            parts.append(f"<{tag}><li>")
            open_lists.append((depth, tag))
        parts.append(html.escape(match[3]))
    close(-1)
    body = "\n".join(parts)
    return (
        f"<html><body><h1>{_TITLE}</h1><p>NCT ID: NCT09900001</p><h2>Summary</h2><p>In short.</p>"
        f"<h2>Eligibility Criteria</h2>{body}<h2>Locations</h2><p>Example Hospital</p></body></html>"
    )


def _classic(criteria: str) -> str:
    return (
        f"{_TITLE}\nClinicalTrials.gov Identifier: NCT09900001\nRecruitment Status : Recruiting\n"
        "Last Update Posted : May 3, 2023\nAges Eligible for Study: 18 Years and older (Adult, Older Adult)\n"
        f"Sexes Eligible for Study: All\nAccepts Healthy Volunteers: No\nCriteria\n\n{_plain(criteria, '-')}\n\n"
        "Contacts and Locations\n\nMore Information\n"
    )


def _modern(criteria: str) -> str:
    return (
        f"{_TITLE}\n\nClinicalTrials.gov ID\n\nNCT09900001\n\nStudy Overview\n\nBrief Summary\n\nIn short.\n\n"
        "Intervention / Treatment\n\nDrug: Examplumab\n\nParticipation Criteria\n\nEligibility Criteria\n\n"
        f"Description\n\n{_plain(criteria, '•')}\n\nAges Eligible for Study\n\n18 Years and older\n\nStudy Plan\n"
    )


def _findatrial(criteria: str) -> str:
    return (
        f"{_TITLE}\n\nPHASE2 · Example Pharma · NCT09900001\n\nQuick facts\n\nPhasePHASE2\nSexAll\n"
        "SponsorExample Pharma (industry)\nTrial IDNCT09900001 on ClinicalTrials.gov\n\nWhat this trial studies\n\n"
        f"In short.\n\nEligibility criteria\n\nShow full inclusion / exclusion criteria\n{criteria}\n\n"
        "Where this trial is running\n\nExampleton\n\nStudy contacts\n\nHow to participate\n"
    )


def _meddatax(criteria: str) -> str:
    return (
        f"{_TITLE}\n\nNCT ID: NCT09900001\n\nLast Updated: 2025-08-03\n\nBasic Information\n\nGet a concise snapshot of"
        " the trial, including recruitment status, study phase, enrollment targets, and key timeline milestones.\n\n"
        "Eligibility Criteria\n\nCheck the participation requirements, including inclusion and exclusion rules, age"
        f" limits, and whether healthy volunteers are accepted.\n\n{criteria}\n\n18 Years\n\nALL\n\nNo\n\nSponsors\n\n"
        "Meet the organizations funding or collaborating on the study and learn about their roles.\n\nExample Pharma\n"
    )


def _text(criteria: str) -> str:
    return f"{_TITLE}\n\nNCT ID: NCT09900001\n\nEligibility\n\n{_plain(criteria)}\n\nLocations\n\nExample Hospital\n"


def _spaced(criteria: str) -> str:
    return regex.sub(r"\n+", "\n\n", _text(criteria))


def _markdown(criteria: str) -> str:
    return (
        f"# {_TITLE}\n\n**NCT ID:** NCT09900001\n\n## Eligibility Criteria\n\n{criteria}\n\n## Locations\n\n"
        "Example Hospital\n"
    )


RENDERINGS: dict[str, Callable[[str], str]] = {
    "ctgov_json": _json,
    "ctgov_xml": _xml,
    "ctgov_classic": _classic,
    "ctgov_modern": _modern,
    "findatrial": _findatrial,
    "meddatax": _meddatax,
    "text": _text,
    "text with blank lines": _spaced,
    "text with other line ends": lambda criteria: _text(criteria).replace("\n", "\r\n"),
    "markdown": _markdown,
    "html": _html,
}
