"""A line that is nothing but a heading: "Exclusion", "Donor Inclusion:", "Who may not join"."""

from __future__ import annotations

from trialparse.criteria import heading_forms as forms
from trialparse.criteria.heading_words import HeadingWords, Split
from trialparse.criteria.lines import Line
from trialparse.criteria.markers import read_marker
from trialparse.lexicon.headings import HeadingKind
from trialparse.models.eligibility import SectionName

LONGEST_BARE = 60
LONGEST_LAY = 100
_MOST_GROUP_WORDS = 5


class HeadingLines(HeadingWords):
    """Reads lines as headings as a whole."""

    def whole(self, line: Line, section: SectionName | None) -> Split | None:
        """The heading that a line of the given section is as a whole."""
        marker = read_marker(self.text, line.start, line.end)
        core = self.low[marker.end if marker else line.start : line.end].strip(forms.DRESS)
        if core.endswith(self.vocabulary.icon_names):
            core = self.vocabulary.icons.sub("", core).strip(forms.DRESS)
        if not core or len(core) > LONGEST_LAY:
            return None
        short = len(core) <= LONGEST_BARE
        colon = self.text[line.start : line.end].rstrip("*_ )]>").endswith(":")
        if marker and not short:
            return None
        plain = self._known(core, colon) if short else None
        if kind := plain or self._of_group(core, colon):
            # a bullet such as "Participants must:" below the heading of its own section is a lead-in
            return None if kind == section and marker else Split(kind, line.start, line.end, labelled=not plain)
        if not marker and (kind := self._lay(core)):
            return None if kind == section else Split(kind, line.start, line.end, doubtful=True)
        if short and (kind := self._misspelt(core, colon)):
            return Split(kind, line.start, line.end, doubtful=True)
        return None

    def is_remarkable(self, line: Line) -> bool:
        """A quick look at a line without any of the hints."""
        if line.end - line.start > LONGEST_BARE:
            return False
        own = self.low[line.start : line.end]
        if self._known(own.strip(forms.DRESS), own.endswith(":")) is not None:
            return True
        return (own[-1] == ":" or own.count(" ") < 3) and forms.MISSPELT_HINT.search(own) is not None

    def _known(self, core: str, colon: bool) -> HeadingKind | None:
        """`Ineligibility`, and before a colon `Key ineligibility:`."""
        lines = self.vocabulary.lines
        first, _, rest = core.partition(" ")
        return lines.get(core) or (lines.get(rest) if colon and first in self.vocabulary.plain_qualifiers else None)

    def _lay(self, core: str) -> HeadingKind | None:
        """Who may take part, and who may not."""
        if not self.vocabulary.lay.fullmatch(core):
            return None
        return "exclusion" if self.vocabulary.denials.search(core) else "inclusion"

    def _of_group(self, core: str, colon: bool) -> HeadingKind | None:
        """A bare "Exclusion" and whom it is about: "Donor Exclusion", "Inclusion for cases:"."""
        match = forms.PLAIN_WORD.search(core)
        if match is None or not match.group().rstrip("s").endswith("clusion"):
            return None
        before = core[: match.start()].split()
        if before and before[-1] == "of":
            return None
        if len(before) > _MOST_GROUP_WORDS or not all(map(self.names_group, before)):
            return None
        after = core[match.end() :]
        if after:
            words = (word.strip(forms.DRESS) for word in after.split())
            named = forms.FOR_GROUP.fullmatch(after) and any(
                word in self.vocabulary.named_groups or forms.SHORT_NAME.fullmatch(word) for word in words
            )
            alone = not before and after.startswith(" for ") and all(map(self.names_group, after.split()[1:]))
            if not named or not (colon or "(" in after or alone):
                return None
        elif not before:
            return None
        return "exclusion" if match.group().startswith(("ex", "non")) else "inclusion"

    def _misspelt(self, core: str, colon: bool) -> HeadingKind | None:
        """`Exlusion Criteria`, `Inclusion critera:`, `Exclusoin:`."""
        if not forms.MISSPELT_HINT.search(core) or self.vocabulary.find(core, 0, len(core)):
            return None
        words = [word for each in core.split() if (word := each.strip(forms.DRESS))]
        while words and len(words) > 1 and words[0] in self.vocabulary.plain_qualifiers:
            del words[0]
        if len(words) > 2 or (len(words) == 1 and not colon):
            return None
        if len(words) == 2 and not self.vocabulary.misspelt.is_noun(words[1]):
            return None
        return self.vocabulary.misspelt.section(words[0])
