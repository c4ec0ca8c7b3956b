"""How headings are printed: what dresses them, what stands before and behind, what a mere mention looks like."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialparse.lexicon.headings import Marks

DRESS = " \t*_=#~<>[](){}|\"'`•·:;,.…–—-+?!^&/\\▲▼▴▾▸▹►▶▷▽△∨∧⌄⌃›»«❯◆■●◦○【】「」『』〔〕《》〈〉"
"""What stands around a heading for the eye alone."""
EMPHASIS = "*_#"
BRACKETS = DRESS.translate(str.maketrans("", "", ".;,"))
_CLOSING = rf"[{regex.escape(DRESS)}]"

MISSPELT_HINT = regex.compile(r"\b\w{0,4}(?:ncl|xcl|lus|usi|cul|cus|[tr]i[tr]e|crit|suion|uison)")

# words before "inclusion criteria" that make it a statement: "does not meet the inclusion criteria"
STATING = regex.compile(
    r"\b(?:not?|none|nor|without|meet\w*|met|fulfil\w*|satisf\w*|violat\w*|see|per|do(?:es)?|did|any|who|whom|which|that"
    r"|these|those|refer|unless|if|must|is|are|was|were|has|have|a|an|other\sprotocol\S*|may|will)\b|[.;!?](?:\s|$)",
    regex.IGNORECASE,
)
STATING_BEFORE = regex.compile(
    r"\b(?:no|not|none|nor|without|meet\w*|met|fulfil\w*|satisf\w*|violat\w*|see|per|any|the|this|these|those|of|to|in|with|by|as"
    r"|for|following|other|also|and|or|other\sprotocol\S*|[/(])\s*$",
    regex.IGNORECASE,
)
"""Words that bind a mention of criteria to the sentence before it."""
_LIMIT = regex.compile(r"[<>≤≥=%]|\d\s?[-–]\s?\d|\b\d+\s(?:years?|months?|weeks?|days?)\b|[,;]$")
"""What no name of a cohort holds, but a short criterion does."""
LOWER = regex.compile(r"\b(?!(?:and|or|of|for|in|with|the|to|on|at|by)\b)\p{Ll}")
SHORT_NAME = regex.compile(r"(?:[a-z]?\d{1,2}[a-z]?|[a-z]|[ivx]{1,5}|\d(?:/\d|\.\d)?)")
# what follows it in a heading
_ASIDE = r"\s*+(?:\([^()\n]{0,80}+\)\s*+)?"
END = regex.compile(rf"{_ASIDE}(?:\{{[#.][^{{}}\n]{{1,80}}+\}})?(?P<stop>{_CLOSING}*+)$")
COLON = regex.compile(rf"{_ASIDE}[)\]>*_\"]*+(?:[-–]\s?)?:(?:\*\*|__|[-–:](?=\s))*+(?:\s*+:)*+(?=\s*+\S)")
NUMBER = regex.compile(r"[*_]*+\s*+(?=\(?[0-9]{1,2}[.)](?!\d)|[•●]|[*]\s)")
COMMA = regex.compile(r"\s*+[,;]\s*+(?=\S)")
DASH = regex.compile(r"\s*+[-–—]{1,2}\s*+(?=\p{Lu})")
BULLET = regex.compile(r"\s++[-–—*•]\s++(?=\S)")
PARTED = regex.compile(r"\s*+[-–—,]++\s*+(?=\S)")
CAPITALS = regex.compile(r"\s++(?=\p{Lu}\p{Ll}++)")
"""What follows a heading in capitals that runs into its first criterion."""
LABEL = regex.compile(
    r"""
    \s*+ (?: [-–—,/]++ \s*+ \S                                   # Inclusion Criteria - Patients:
           | (?:for|of|in|on|at|to|during|related|applicable|prior|before|after|determined|specific|by|as|only
               |common|apply\w*) \b                              # Inclusion Criteria for Cohort A:
           | (?:are|include|includes|including) \s* :            # Inclusion Criteria are:
           | [A-Z0-9] )                                          # Inclusion Criteria Stage 1
    [^:\n]{0,120}+ (?:: | $)
    """,
    regex.VERBOSE,
)
SAYS = regex.compile(
    r"""
    \s++ (?:will\s)? (?: includ(?:es?|ed)\b | consist(?:s|ed)?\sof\b | compris(?:es?|ed)\b | encompass(?:es|ed)?\b
                       | (?:are|were|is)
                         (?! \s(?:listed|same|similar|identical|described|detailed|available|defined|met|based|not
                                 |checked|assessed|reviewed|appli|given|provided|shown|found|outlined|specified|present|fulfilled
                                 |in|at|on|to|no|the\ssame|as\s(?!follows))) )
    (?: \s(?:as\sfollows|the\sfollowing|(?:any|all)\sof\sthe\sfollowing) )?+ \s*+ [:\-–]?+ (?=\s*+\S)
    """,
    regex.VERBOSE,
)
"""Exclusion criteria include pregnancy and fever."""
STATES_ON = regex.compile(r"\b(?:may|must|will|should|could|appl(?:y|ies|ied)|is|was|were|met|not)\b", regex.IGNORECASE)
BROKEN = regex.compile(
    r"\b(?:(?:non-?)?(?:in|ex)clusion|eligibility)[ \t]*+\n[ \t]*+criteri\w++(?=[ \t]*+:|[ \t]++[-–—][ \t])"
    # both words alone on their lines, but for what dresses them
    r"|(?:(?<=\n)|\A)[ \t*_#]*+(?:key|main|major|general)?+[ \t]*+(?:(?:non-?)?(?:in|ex)clusion|eligibility)[ \t]*+\n"
    r"[ \t]*+criteri\w++[ \t:*_#]*+(?=\n|\Z)"
    r"|(?:(?<=\n)|\A)[ \t*_#]*+criteria[ ]for[ \t]*+\n[ \t]*+(?:in|ex)clusion(?=[ \t]*+:)"
)
SENTENCE_STOP = regex.compile(r"(?:[.;:)\]!?•*-]|\s\s|^)\s*+$")
COMMA_BEFORE = regex.compile(r",\s*+$")
QUALIFIER = regex.compile(r"\b(?:Key|Main|Major|Other|Additional|General|The) $")
TITLE_CASE = regex.compile(r"\bC\w++")
# "Inclusion: adults", "Excluded - children"
PLAIN_STOP = regex.compile(
    r"(?:\s?\([^()\n]{0,80}+\))?(?:\s?[:;=]\**+|\s[-–—]{1,2}(?=\s)|[-–—]{1,2}(?=\s?\p{Lu}))(?=\s*+\S)"
)
PLAIN_WORD = regex.compile(
    r"\b(?:(?:(?:to|will)\sbe\s|not\s)?(?:non-?\s?)?(?:in|ex)clu(?:sions?|ded?)|(?:not\s|in)?eligible)\b"
)
FOR_GROUP = regex.compile(r"\s?(?:(?:[-–—:,/]|for|of|in)\s|\()(?:[^\s:]++\s?){1,6}+:?")
# sentences that say of whole people what a heading says of criteria
_PEOPLE = (
    r"(?:(?:all|any|the|those|other)\s)?(?:patients|subjects|participants|people|volunteers|individuals|women|men|children"
    r"|adults|candidates|persons|donors|those|they|you)"
)
SENTENCE = regex.compile(
    rf"""
      we\s(?:have\s|will\s)?(?:also\s|then\s|further\s)?(?P<exclusion>excluded?)\b
    | we\s(?:have\s|will\s)?(?:also\s|then\s)?(?P<inclusion>included?|enroll?(?:ed)?|recruit(?:ed)?)\b
    | {_PEOPLE}\s(?:will\sbe|are|were|must\sbe|should\sbe)\s(?P<exclusion>excluded|ineligible|not\seligible)
      (?:\sfrom\s(?:the\s|this\s)?\w++)?\s(?:if|when)\b
    | {_PEOPLE}\s(?:will\sbe|are|were)\s(?P<inclusion>included|eligible|enrolled)
      (?:\sin\s(?:the\s|this\s)?\w++)?\s(?:if|when)\b
    | (?P<exclusion>excluded)\s(?:are|were|is)\b(?!\s(?:from|because))
    | (?P<inclusion>included)\s(?:are|were|is)\b(?!\s(?:in|as|because))
    """,
    regex.VERBOSE,
)
LEADS_IN = regex.compile(r"\bfollowing\b|\bcriteria\b|:\W*$|^\W*$")
"""What makes such a sentence the heading of a list, if it is one."""
SENTENCE_END = regex.compile(r"^.*[.;!?](?:\s|$)", regex.DOTALL)
AFTER_SENTENCE = regex.compile(r"(?<=[.;]\s{1,3})(?=\p{Lu})")


def says_more(prefix: str) -> bool:
    """Whether what stands before a heading is more than the name of a cohort."""
    return STATING.search(prefix) is not None or _LIMIT.search(prefix) is not None


TWO_WORDS = regex.compile(r"\b(\p{L}{7,12})[ _]{1,3}+(\p{L}{6,11})\b")


def marks(low: str, marks: Marks) -> tuple[list[int], list[int]]:
    """Where a phrase of the vocabulary may stand, and where another heading may stand inside a line."""
    plain = places(low, ("clu",))
    stems = places(low, marks.stems if low.isascii() else marks.stems + marks.foreign)
    stems += [
        at
        for at in plain
        if low.startswith("clusion", at) and (low.startswith(marks.nouns, at + 8) or low.startswith("for ", at - 6))
    ]
    stems += [at for at in places(low, (" standard",)) if low.endswith(marks.standards, 0, at)]
    hints = [at for at in plain if low.startswith(marks.plain, at)]
    return sorted(stems), sorted([*hints, *places(low, marks.inside)])


def places(text: str, parts: Sequence[str]) -> list[int]:
    """Where the parts stand, in ascending order."""
    found: list[int] = []
    for part in parts:
        at = text.find(part)
        while at >= 0:
            found.append(at)
            at = text.find(part, at + 1)
    return sorted(found)
