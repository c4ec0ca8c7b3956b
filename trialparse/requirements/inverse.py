"""Units printed with negative powers instead of slashes: mmol·L-1, mL.kg⁻¹.min⁻¹, kg m^-2."""

from __future__ import annotations

import regex

_POWER = r"\s?\^?[({]?[-−–⁻](?P<to>[123¹²³])(?!\d)"
_POWERED = rf"(?P<of>(?:1[.,]73\s?)?\p{{L}}{{1,4}}+){_POWER}[)}}]?\^?"
_ANY = regex.compile(rf"\p{{L}}{_POWER}")
_BELOW = rf"(?:\s?[·.⋅•∙*×]?\s?{_POWERED}){{1,3}}+"
_UNIT = regex.compile(rf"(?:(?P<head>[\p{{L}}%/]{{1,12}}+)|(?=\p{{L}}{{3}})){_BELOW}")
_PER_UNIT = regex.compile(_BELOW)
_PLAIN = str.maketrans("¹²³,", "123.")


def stands_in(text: str, start: int, end: int) -> bool:
    """Whether there may be such a unit in `text[start:end]`: a quick look, for most texts have none."""
    return _ANY.search(text, start, end) is not None


def slashed(text: str, start: int, power: str = "") -> tuple[str, int] | None:
    """The unit that begins at `start`, told with slashes, and where it ends; None where no negative power stands.

    Behind the power of a number, 10^9, it may begin with what that is divided by. Whether there is such a unit, the
    table of units knows: `mg IL-1` would be mg/IL.
    """
    match = (_PER_UNIT if power else _UNIT).match(text, start)
    if match is None:
        return None
    head = power or match["head"] or ""
    powers = zip(match.captures("of"), match.captures("to"), strict=True)
    return head + "".join(f"/{of}{'' if to in '1¹' else to}" for of, to in powers).translate(_PLAIN), match.end()
