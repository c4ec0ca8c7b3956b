"""Powers of ten as people print them, whole and damaged."""

from __future__ import annotations

import re

import regex

# x 10^9  ×10(9)  *10E9  10**9  .10^9  10^{9}  10^9^; 3.0e3; 10 (power of 9); the repaired forms x 109/L and x 10 9/L,
# which need the multiplier or a volume behind them, and x 104, which needs a concentration; x 10-6 mm2/s;
# all of it in brackets, x (10^3/mm3)
RAISED = r"\^|\*\*|[ˆ˄⌃∧↑]|\bexp(?:onent)?(?![a-z])\.?|(?<=\d)exp\.?(?=\s?\d)"
"""What raises ten to a power: 10^9, 10**9, 10 exp 9, 10exp9."""
LOST_POWER = (
    r"10(?:(?P<n>9|12)(?=\s?/\s?[lL]\b)|(?P<n>3)(?=\s?/\s?(?:[uµ][lL]|mm|mcl|cu))|(?P<n>6)(?=\s?/\s?[uµm]?[lL]\b))"
)
"""The 109/L of `100 109/L`: a power that lost its superscript and its multiplier, told by the volume behind it."""
POWER = regex.compile(
    rf"""\s*+(?:[x×X*·•⋅∙.]|times)?\s*+10\s?(?:{RAISED}|[eE](?=\+?\d)|\*)\s?[({{]?(?P<n>[+-]?\d{{1,2}})\b[)}}]?\^?
      | \s*+(?:[x×X*·•⋅∙]|times)?\s*+10\s?[(\[]\s?(?:{RAISED})\s?(?P<n>\d{{1,2}})\s?[)\]]
      | \s*+(?:[x×X*·•⋅∙]|times)?\s*+10(?:[(\[](?P<n>\d{{1,2}})[)\]]|\s[(\[](?P<n>\d{{1,2}})[)\]](?=\s*+(?:/|\p{{L}})))
      | \s*+(?:[x×X*·•⋅∙]|times)?\s*+10\s?\(?(?:raised\s)?(?:to\s)?(?:the\s)?(?:power\s(?:of\s)?)(?P<n>\d{{1,2}})\s?\)?
      | \s*+(?:[x×X*·•⋅∙]|times)?\s*+10\s(?:raised\s)?to\sthe\s(?P<n>\d{{1,2}})(?:th|rd)?(?:\spower)?
      | \s*+(?:[x×X*·•⋅∙]|times)\s*+(?P<lost>10\s?(?:-(?=\d++\s*+/))?(?P<n>9|12|6|3))(?=\s*+(?:/|\p{{L}}))
      | \s(?P<lost>{LOST_POWER})
      | \s*+[x×X*]\s*+(?P<open>[(\[])\s?(?:10\s?\^\s?(?P<n>\d{{1,2}})|(?P<lost>{LOST_POWER}))(?=\s?/)
      | \s*+(?:[x×X*·•⋅∙]|times)\s*+(?P<wide>10\s?(?P<n>4|5|7|8|10|11))(?=\s*+(?:/|\p{{L}}))
      | \s*+(?:[x×X*·•⋅∙]|times)\s*+10\s?(?P<n>-\d{{1,2}})(?=\s*+\p{{L}})
      | (?<=\d)[eE]\+?(?P<n>-?\d{{1,2}})(?!\w)
    """,
    regex.VERBOSE,
)
# ten raised by what is none of these: the number is not the one before it
UNREAD_POWER = regex.compile(
    r"\s*+(?:[x×X*·•⋅∙]|times)\s*+10(?=\s?(?:[^\w\s.,;:()\[\]/%°-]|[(\[]?(?:exp|e|to\sthe|power|raised)(?![a-z])))\S*+",
    regex.IGNORECASE,
)
# the mark of a footnote between number and power: 100^1 x 10^9
MARK = regex.compile(r"\^\d(?![\d./])(?=\s*+[x×*]\s?10)")
OPENS_POWER = re.compile(r"\s*+[x×X*·•⋅∙.1eEtT^]")
"""What stands behind a number if any of these does."""
