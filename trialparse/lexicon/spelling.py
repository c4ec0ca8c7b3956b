"""How far a word is from another: edits of one letter, and exchanges of neighbours."""

from __future__ import annotations


def distance(word: str, other: str, most: int) -> int:
    """The number of edits (one letter more, less or another, or two neighbours exchanged) between two words.

    Args:
        word: in the case that counts.
        other: likewise.
        most: what is further apart is told as `most + 1`.
    """
    if abs(len(word) - len(other)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        last, above, row = above, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
