"""HTML cut into its tokens by the standard's own rules, each with its place in the source.

The states of https://html.spec.whatwg.org/multipage/parsing.html#tokenization as one pattern: what a comment, a tag and
its attributes are and where they end; what is text alone inside a script, a style, a title; what stands in SVG, where
none of this holds. Parsers that tell no places of text do not serve here, where every span is an offset into the
source; the tests compare this with one of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator
from functools import cache
from typing import Protocol

TEXT, REFERENCE, OPEN, CLOSE, LOST = range(5)


Token = tuple[int, int, int, str, str]
"""A piece of markup: kind, start and end (half-open, in the source), name, attributes as written.

The kinds: TEXT; REFERENCE (`&lt;`); OPEN and CLOSE (tags, with their name in lower case); LOST: the rest of the source,
swallowed by what is unclosed, which is the name.
"""


class State(Protocol):
    """What the tokenizer asks whoever builds the tree."""

    foreign: bool
    """Whether the element around is one of SVG or MathML, where tags mean nothing to HTML."""

    @property
    def admits_cdata(self) -> bool:
        """Whether `<![CDATA[` begins text there."""


# Atomic groups stand where a possessive one would do: the standard engine of CPython before 3.11.5 reads those wrongly.
_SPACE = r"\t\n\f\r "
_ATTRIBUTE = rf"""
    [^{_SPACE}/>][^{_SPACE}/>=]*+                                                        # a name; it may begin with =
    (?>(?:[{_SPACE}]*+=[{_SPACE}]*+(?>(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|(?!["'])[^{_SPACE}>]++)?))?)
"""
_SOME = rf"(?>(?:[{_SPACE}/]++|{_ATTRIBUTE}){{0,100}})"
"""Attributes, but not all of very many: the engine holds memory for each."""
_REFERENCE = r"&(?:\#[0-9]++;?|\#[xX][0-9a-fA-F]++;?|[A-Za-z][A-Za-z0-9]{0,31}+;?)"
_TOKEN = re.compile(  # the name of the last group that took part tells the kind
    rf"""
      (?P<text>[^<&]++)
    | <(?P<open>[A-Za-z][^{_SPACE}/>]*+)(?P<attributes>{_SOME})(?:(?P<opens>>)|(?P<cut>\Z)|(?P<goes_on>))  # <td a="b">
    | </(?P<close>[A-Za-z][^{_SPACE}/>]*+){_SOME}(?:(?P<closes>>)|(?P<cut_off>\Z)|(?P<and_on>))           # </td>
    | (?P<reference>{_REFERENCE})                                                      # &lt;
    | <!--(?:-?>|[^-]*+-->|(?P<comment>))                                              # the group if it holds hyphens
    | (?P<cdata><!\[CDATA\[)                                                           # means something in SVG alone
    | <(?:[!?]|/(?=[^A-Za-z]))[^>]*+(?:>|(?P<bogus>\Z))                                # <!DOCTYPE html>
    | (?P<sign>[<&])                                                                   # begins nothing
    """,
    re.VERBOSE,
)
_ATTRIBUTES = re.compile(_SOME, re.VERBOSE)
_NAME = re.compile(rf"<(/?)([A-Za-z][^{_SPACE}/>]*+)")
_COMMENT_END = re.compile("--!?>")
_IN_TEXT = re.compile(rf"(?P<text>[^&]++)|(?P<reference>{_REFERENCE})|(?P<sign>&)", re.VERBOSE)
_NAMES = re.compile(rf"(?=([^{_SPACE}/>][^{_SPACE}/>=]*+)){_ATTRIBUTE}", re.VERBOSE)
_SCRIPT = re.compile(rf"(<!(?=--))|(-->)|<(/?)script(?=[{_SPACE}/>])", re.IGNORECASE)

_UNSEEN = frozenset({"script", "style", "iframe", "noembed", "noframes"})
"""Elements that hold raw text which no page shows."""
_WITH_REFERENCES = frozenset({"title", "textarea"})
RAW = _UNSEEN | _WITH_REFERENCES | {"xmp", "plaintext"}
"""Elements whose text is not markup."""
_LONGEST_NUMBER = 12


def tokens(source: str, state: State) -> Iterator[Token]:
    """The tokens of `source` in order, without comments; `state` is asked before each tag is handed out."""
    at = 0
    while at < len(source):
        at = yield from _markup(source, at, state)


def _markup(source: str, at: int, state: State) -> Generator[Token, None, int]:
    """Tokens from `at` on; returns where those of raw text end, or the source."""
    for found in _TOKEN.finditer(source, at):
        start, end = found.span()
        match found.lastgroup:
            case "text" | "sign":
                yield TEXT, start, end, "", ""
            case "opens":
                name, foreign = found["open"].lower(), state.foreign
                yield OPEN, start, end, name, found["attributes"]
                if name in RAW and not foreign:
                    return (yield from _raw(source, end, name))
            case "closes":
                yield CLOSE, start, end, found["close"].lower(), ""
            case "reference":
                yield REFERENCE, start, end, "", ""
            case "cdata":
                return (yield from _cdata(source, start, end, state.admits_cdata))
            case "goes_on" | "and_on":
                return (yield from _long_tag(source, start, end, state))
            case "comment":
                return (yield from _comment(source, start, end))
            case None:  # a comment or a declaration
                pass
            case unclosed:
                yield LOST, start, end, "comment" if unclosed == "bogus" else "tag", ""
    return len(source)


def _long_tag(source: str, start: int, at: int, state: State) -> Generator[Token, None, int]:
    """A tag whose attributes go on at `at`; returns where it ends, or the text alone behind it."""
    while (further := _ATTRIBUTES.match(source, at).end()) > at:  # type: ignore[union-attr]  # it matches nothing as well
        at = further
    end = at + 1
    closing, name = _NAME.match(source, start).groups()  # type: ignore[union-attr]  # it did before
    foreign = state.foreign
    if at == len(source):
        yield LOST, start, at, "tag", ""
    elif closing:
        yield CLOSE, start, end, name.lower(), ""
    else:
        yield OPEN, start, end, name.lower(), source[start + 1 + len(name) : at]
        if name.lower() in RAW and not foreign:
            return (yield from _raw(source, end, name.lower()))
    return end


def _comment(source: str, start: int, at: int) -> Generator[Token, None, int]:
    """A comment that holds hyphens, or has no end; returns where it ends."""
    found = _COMMENT_END.search(source, at)
    if found is None:
        yield LOST, start, len(source), "comment", ""
        return len(source)
    return found.end()


def _cdata(source: str, start: int, end: int, admitted: bool) -> Generator[Token, None, int]:
    """Text where it is admitted; elsewhere a comment to the next `>`."""
    close = "]]>" if admitted else ">"
    stop = source.find(close, end)
    last = stop if stop >= 0 else len(source)
    if admitted:
        yield TEXT, end, last, "", ""
    elif stop < 0:
        yield LOST, start, last, "comment", ""
    return min(len(source), last + len(close))


def _raw(source: str, at: int, name: str) -> Generator[Token, None, int]:
    """The text of an element without markup inside; returns where its end tag begins."""
    found = _script_end(source, at) if name == "script" else _raw_end(source, at, name)
    end = len(source) if found is None else found
    if name in _WITH_REFERENCES:
        for match in _IN_TEXT.finditer(source, at, end):
            yield REFERENCE if match["reference"] else TEXT, *match.span(), "", ""
    elif name not in _UNSEEN:
        yield TEXT, at, end, "", ""
    elif found is None:
        yield LOST, at, end, name, ""
    return end


def _raw_end(source: str, at: int, name: str) -> int | None:
    match = None if name == "plaintext" else _end_tag(name).search(source, at)
    return match and match.start()


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE)


def _script_end(source: str, at: int) -> int | None:
    """Where the end tag of a script begins: not inside `<!-- <script> … </script> -->`."""
    depth = 0  # 1 in what looks like a comment, 2 in a script in there
    for match in _SCRIPT.finditer(source, at):
        opens, closes, slash = match.groups()
        if opens:
            depth = depth or 1
        elif closes:
            depth = 0
        elif depth == 2:
            depth = 1 if slash else 2
        elif slash:
            return match.start()
        elif depth == 1:
            depth = 2
    return None


def attribute_names(written: str) -> list[str]:
    """The names of the attributes of a tag, in lower case."""
    return [match[1].lower() for match in _NAMES.finditer(written)]


def attribute_values(written: str) -> dict[str, str]:
    """The attributes of a tag by their names in lower case, references in them resolved; of two the first counts."""
    values: dict[str, str] = {}
    for match in _NAMES.finditer(written):
        value = match.group()[len(match[1]) :].lstrip("\t\n\f\r =").rstrip()
        if value[:1] in ("'", '"'):
            value = value[1:].removesuffix(value[0])
        values.setdefault(match[1].lower(), html.unescape(value))
    return values


def closes_itself(written: str) -> bool:
    """Whether the attributes of a tag end in the `/` of `<path/>`, which is not that of `<a href=x/>`."""
    return written.endswith("/") and max((match.end() for match in _NAMES.finditer(written)), default=0) < len(written)


def referred(written: str) -> str:
    """The text that a character reference stands for; what refers to nothing stays as it is."""
    return "\ufffd" if len(written) > _LONGEST_NUMBER and written[1] == "#" else html.unescape(written)
