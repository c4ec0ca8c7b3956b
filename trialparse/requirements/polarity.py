"""What joins mean where clauses stand: in an exclusion criterion, under a denial, in brackets."""

from __future__ import annotations

from typing import NamedTuple

from trialparse.requirements.clauses import Link, Opener, Opens


class Polarity(NamedTuple):
    """What joins mean where the clauses stand."""

    excludes: bool = False
    """An exclusion criterion: what a list names excludes one by one; what is asked of people excludes the others."""
    any_of: bool = False
    """Commas mean any of what they part, even before an `and`."""
    tight: bool = False
    """So does a tight `and`: under a denial, and among people."""
    found: bool = False
    """In brackets behind what is found in those to be shut out."""
    excepted: bool = False
    """Under a lead-in that denies it, or that it is an exception from."""

    @property
    def binding(self) -> bool:
        """Whether what the clauses say is asked of people, and not found in those to be shut out."""
        return not (self.excludes or self.tight)

    @property
    def asked(self) -> bool:
        """The same, brackets behind such things counted in: what an exception releases people from."""
        return self.binding and not self.found

    def terminal(self, link: Link) -> str:
        """The terminal of the grammar for a link."""
        word = "OR" if self.any_of else "AND"
        match link:
            case Link.STOP:
                return f"STOP_{'OR' if self.excludes else 'AND'}"
            case Link.SEMI | Link.SEMI_AND:
                return f"SEMI_{word}"
            case Link.LIST | Link.LIST_AND:
                return f"LIST_{word}"
            case Link.AND:
                return "OR" if self.tight else "AND"
            case Link.WIDE_AND if self.tight:
                return "WIDE_OR"
            case Link.WHO:
                return "WIDE_AND"
            case Link.COLON:
                return "BESIDE"
        return link.value


PLAIN = Polarity()
"""As the words say."""
DENIED = Polarity(any_of=True, tight=True)
"""Any of a list, whatever joins it."""


def within_of(opener: Opener) -> Polarity:
    """What joins mean in what a condition or an exception opens.

    `except A and B` and `men and women who ...` name either, `unless A and B` asks for both.
    """
    names = opener.word == "people" and opener.prefix
    return DENIED if names or (opener.kind is Opens.EXCEPT and opener.word != "unless") else PLAIN
