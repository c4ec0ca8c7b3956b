"""The languages read here, as Lark grammars: numbers and limits, comparators, windows, the ladder of connectives."""
