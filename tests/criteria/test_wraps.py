"""Lines of lower case without marker: items of their own, or the rest of the line above."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.criteria.outlines import printed, read

ITEMS = {
    "terms that are written small": "Platelets ≥ 100 x 10^9/L\neGFR ≥ 60 mL/min/1.73 m2\nhCG negative\npH 7.35-7.45",
    "one term that is written small": "Ferritin > 300 ng/mL\nsCD25 > 2400 U/mL\nTriglycerides > 3 mmol/L",
    "a document in lower case": "adults of either sex\nknee pain for 3 months\nno surgery of the knee\nwritten consent",
    "lines of many lengths": (
        "asthma\nforced expiratory volume in one second between 40 and 80 % of what is predicted\nnever smoked\nasthma "
        "attack that asked for tablets in the last twelve months although a spray was used every day"
    ),
    "after a semicolon": (
        "Wound of the lower leg that has not closed for at least six weeks;\nankle pressure index of 0.8 or more;"
    ),
    "after a full stop": "Able to swim 50 metres without a rest.\npregnancy\nfear of water",
    "lines that go on with a subject above them": "be 18 or older\nlive in the town\nhave a telephone\nread its tongue",
    "a comma at the end": "Grown-ups,\nmarried,\nparents of a child below ten years",
    "lines longer than paper is wide": (
        "rash that came within two days after a drug was taken for the first time and went within two weeks after it "
        "was stopped again\nliver enzymes that rose to more than three times what they were before the drug was taken"
    ),
}


@pytest.mark.parametrize("case", ITEMS)
def test_items(case: str) -> None:
    lines = ITEMS[case].split("\n")
    result = read(f"Exclusion Criteria:\n\n{ITEMS[case]}\n")
    assert printed(result).split("\n")[1:] == [f"  {line}" for line in lines]


WRAPS = {
    "the line above cannot end so": "Chemotherapy or radiation within\nfour weeks\nPregnancy",
    "the line above ends in an article": "Able to understand the\nforms\nAdults",
    "the line above ends in a sign": "Weight ≥\nfifty kilograms\nAdults",
    "the line below cannot begin so": "Fever of any cause\nor cough\nAdults",
    "the line below compares": "Leucocytes not lower\nthan 3 per nL\nAdults",
    "a bracket is open": "Strong inhibitors of the enzyme (azoles,\nmacrolides)\nAdults",
    "an abbreviation ends the line": "Blood thinners (e.g.\nwarfarin)\nAdults",
    "below a bullet": "* Heart failure of any\nkind\n* Adults",
    "below a bullet, by its indent": "* Heart failure.\n  and worse\n* Adults",
    "a page of one width": dedent(
        """\
        Men and women between eighteen and seventy years who have been
        treated for high blood pressure with at least two drugs of which
        one was taken for longer than half a year before this study

        People who are going to move house within the next twelve months
        and have not told the study staff where they are going to live
        """
    ),
    "a lone paragraph as wide as paper among capitals": dedent(
        """\
        - Short
        - Broad
        - Deep
        All of them are to be matched by age and sex and, where this can be done, by how much
        they walk on an ordinary day
        Adults
        Children
        """
    ),
}


@pytest.mark.parametrize("sign", ["<", ">", "≤", "≥"])
@pytest.mark.parametrize("bullet", ["", "- "])
def test_a_number_goes_on_behind_the_comparator_above(sign: str, bullet: str) -> None:
    result = read(f"Inclusion Criteria:\n\n{bullet}Weight {sign}\n60.\n{bullet}Height {sign}\n1.5 m\n")
    assert [node.readable.show(node.start, node.end) for node in result.inclusion] == [
        f"Weight {sign} 60.",
        f"Height {sign} 1.5 m",
    ]


@pytest.mark.parametrize("case", WRAPS)
def test_wraps(case: str) -> None:
    result = read(f"Inclusion Criteria:\n\n{WRAPS[case]}\n")
    assert not [line for line in printed(result).split("\n") if line.strip()[:1].islower()]


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion:\nadult\nExclusion:\nhiv",
        "inclusion criteria:\nadult\nexclusion criteria:\nhiv",
        "inclusion criteria\nadult\n\nexclusion criteria\nhiv",
        "inclusion\nadult\nexclusion\nhiv\n",
        "key inclusion criteria :\nadult\nmain exclusion criteria :\nhiv",
        "included:\nadult\nexcluded:\nhiv",
    ],
)
def test_headings_in_lower_case(text: str) -> None:
    assert printed(read(text)) == "INCLUSION\n  adult\nEXCLUSION\n  hiv"
