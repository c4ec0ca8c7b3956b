"""Pages of HTML as they come from servers, editors and damage, compared with what a reference parser shows of them.

`python -m tests.robustness.markup 200000 [first number]` prints one failing page of each kind and how many ran. The
words of the pages are numbered, so that each that must be read can be looked for.
"""

from __future__ import annotations

import sys
import time
import traceback
from random import Random

import regex
import turbohtml

import trialparse
from trialparse.layouts.markup import html_page
from trialparse.layouts.tags import CLOSE, OPEN, REFERENCE, TEXT, referred, tokens
from trialparse.text.layer import Layer
from trialparse.text.readable import make_readable

WORD = regex.compile(r"q\d+z")
LONGEST = 2.0
"""Seconds for each million characters."""
_NO_TEXT = {"script", "style", "iframe", "noembed", "noframes", "template"}

_NOSCRIPT = regex.compile("noscript", regex.IGNORECASE)
_LINE_END = regex.compile(r"\r\n?")
_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f\ufffd]")
_LOOSE = regex.compile("<(?:template|select)", regex.IGNORECASE)
"""From some templates, of columns and of cells, the standard drops text that is kept here until the template ends; and
what a select may hold has changed."""

_INLINE = ("b", "i", "a", "span", "em", "strong", "font", "small", "u", "code", "label", "button", "sup", "sub", "o:p")
_CONTAINERS = (
    "div", "p", "section", "article", "ul", "ol", "dl", "table", "h1", "h2", "h3", "form", "blockquote", "pre", "nav",
    "header", "footer", "main", "aside", "details", "fieldset", "center", "address", "figure", "noscript", "select",
)  # fmt: skip
_PARTS = ("li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "caption", "option", "summary", "legend", "colgroup")
_VOID = ("br", "hr", "img", "input", "meta", "link", "wbr", "col", "image", "embed")
_SPACES = (" ", "", "\n", "\t", "  \n", "\r\n", "\f")
_ATTRIBUTES = (
    ' class="q{n}z"', " title='a > q{n}z'", ' data-x="<b>q{n}z</b>"', " id=q{n}z", " hidden", ' hidden=""', " a=b/",
    ' style="display:none"', " = x", ' x="1"y=\'2\'', ' onclick="f(\'</div>\')"', " /", "\n", ' alt="&lt;q{n}z"', ' "',
    ' href=/q{n}z/', ' aria-hidden="true"', ' popover', ' a=">"',
)  # fmt: skip
_SCRIPTS = (
    "document.write('<script src=\"q{n}z\"><\\/script>')",
    'var a = "<svg>q{n}z"',
    'var s = "<style>q{n}z"',
    "<!-- if (a < b) q{n}z //-->",
    "<!-- <script>q{n}z</script> -->",
    "if (a<b && c>d) { q{n}z }",
    '{{"@context": "https://x", "logo": "<svg>q{n}z", "d": "</div>"}}',
    "<![CDATA[ q{n}z ]]>",
    "'</scr' + 'ipt> q{n}z'",
    "x = '<!--'",
    "",
)
_COMMENTS = ("<!-- q{n}z -->", "<!-->", "<!--->", "<!-- q{n}z --!>", "<!q{n}z>", "<?q{n}z?>", "</ q{n}z>", "<!---->",
             "<!-- a -- <b>q{n}z</b> -->", "<![CDATA[q{n}z]]>", "<!DOCTYPE q{n}z>", "</>", "<!-- <!-- q{n}z -->",
             "<!--[if IE]><p>q{n}z</p><![endif]-->", "<!----!>", "<!doctype html PUBLIC \"q{n}z>\">")  # fmt: skip
_TEXTS = ("q{n}z", "q{n}z q{m}z", " q{n}z\n q{m}z ", "q{n}z &lt; 5", "&ge;q{n}z", "a < q{n}z", "q{n}z&nbsp;q{m}z",
          "q{n}z & q{m}z", "&#x3C;q{n}z", "&ltq{n}z", "<3 q{n}z", "&bogus;q{n}z", "\x00q{n}z", "&#0;q{n}z", "<",
          "q{n}z\r\nq{m}z", "&", "</", "&#99999999999999;q{n}z", "µq{n}z\U0001f600", "q{n}z]]>")  # fmt: skip

_RAW = (
    "<textarea>\nq{n}z <style> q{m}z</textarea>", "<title>q{n}z</title>", "<iframe>q{n}z <p></iframe>",
    "<xmp>q{n}z <b>q{m}z</b> &lt;</xmp>", "<noembed>q{n}z</noembed>", "<textarea>q{n}z</TEXTAREA x>",
    "<noframes><p>q{n}z</noframes>", "<textarea>q{n}z &lt; </texta></textarea>",
)  # fmt: skip
_PICTURES = (
    '<svg class="icon"/>', "<svg><path d='M1 1'/></svg>", "<svg><title>q{n}z</title><text>q{m}z</text></svg>",
    "<svg><style>q{n}z</style></svg>", "<svg><title/>q{n}z</svg>", "<svg><script>q{n}z</script></svg>",
    "<svg><foreignObject><p>q{n}z</p></foreignObject></svg>", "<svg><![CDATA[q{n}z <p>]]></svg>", "<svg><p>q{n}z</p>",
    "<svg><style/><path>", "<math><mi>q{n}z</mi><mo>&lt;</mo></math>", "<math><mtext><b>q{n}z</b></mtext></math>",
    "<svg><desc><p>q{n}z</svg>", "<svg><g><textarea>q{n}z</textarea></svg>", "<svg><a href='x'/><g/></svg>",
    "<math><annotation-xml><svg><p>q{n}z</p></svg></annotation-xml></math>",
)  # fmt: skip


class Soup:
    """Builds pages from random choices."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.words = 0

    def page(self) -> str:
        """A page, perhaps with its head, and perhaps damaged."""
        pick = self.random
        start = pick.choice(
            ("<!doctype html>", "<!DOCTYPE html>\n<html lang=en>", "<html>", "<!doctype html>" + self.head())
        )
        body = "".join(self.piece(0) for _ in range(pick.randrange(1, 9)))
        text = start + pick.choice(("", "<body>", "<body class=x>")) + body + pick.choice(("", "</body></html>\n"))
        return self.damaged(text) if pick.random() < 0.3 else text

    def head(self) -> str:
        """A head, whose end tag may be missing."""
        parts = [self.fill("<title>q{n}z &amp; <b></title>"), '<meta charset="utf-8">', self.script(), self.style(), "",
                 self.fill("<noscript><style>q{n}z</style></noscript>"), "<link rel=stylesheet href=a>"]  # fmt: skip
        self.random.shuffle(parts)
        inside = "".join(parts[: self.random.randrange(len(parts))])
        return self.random.choice(("<head>", "")) + inside + self.random.choice(("</head>", "", ""))

    def fill(self, pattern: str) -> str:
        """A pattern with fresh words."""
        self.words += 2
        return (
            pattern.replace("{n}", str(self.words))
            .replace("{m}", str(self.words + 1))
            .replace("{{", "{")
            .replace("}}", "}")
        )

    def tag(self, name: str) -> str:
        """A start tag."""
        pick = self.random
        some = pick.choices(_ATTRIBUTES[:-3] if pick.random() < 0.9 else _ATTRIBUTES, k=pick.randrange(3))
        written = "".join(map(self.fill, some)) if pick.random() < 0.3 else ""
        name = name.upper() if pick.random() < 0.1 else name
        return f"<{name}{written}{pick.choice(('', '', '', ' ', '/'))}>"

    def piece(self, depth: int) -> str:
        """Something that may stand in a page."""
        flat = (self.script, self.style, self.comment, self.void, self.raw, self.picture, self.end)
        nested = (self.inline, self.container, self.container, self.container, self.part, self.template)
        if depth < 5 and self.random.random() < 0.4:
            return self.random.choice(nested)(depth)
        return self.random.choice(flat)() if depth < 5 and self.random.random() < 0.7 else self.text()

    def text(self) -> str:
        return self.fill(self.random.choice(_TEXTS[:3] if self.random.random() < 0.6 else _TEXTS))

    def inside(self, depth: int, most: int = 5) -> str:
        return self.random.choice(_SPACES).join(self.piece(depth + 1) for _ in range(self.random.randrange(most)))

    def closing(self, name: str) -> str:
        chance = self.random.random()
        if chance < 0.8:
            return f"</{name}>"
        return "" if chance < 0.9 else f"</{self.random.choice((*_INLINE, *_CONTAINERS, *_PARTS))}>"

    def element(self, name: str, depth: int) -> str:
        return self.tag(name) + self.inside(depth) + self.closing(name)

    def inline(self, depth: int) -> str:
        return self.element(self.random.choice(_INLINE), depth)

    def part(self, depth: int) -> str:
        return self.element(self.random.choice(_PARTS), depth)

    def template(self, depth: int) -> str:
        return self.element(self.random.choice(("template", "div", "dialog", "object", "math", "svg")), depth)

    def container(self, depth: int) -> str:
        name = self.random.choice(_CONTAINERS)
        if name in ("ul", "ol"):
            inner = "".join(self.element("li", depth + 1) for _ in range(self.random.randrange(4)))
        elif name == "table":
            rows = (
                "".join(self.element(self.random.choice(("td", "th")), depth + 2) for _ in range(3)) for _ in range(2)
            )
            inner = "".join(f"{self.tag('tr')}{row}{self.closing('tr')}" for row in rows)
        else:
            inner = self.inside(depth)
        return self.tag(name) + inner + self.closing(name)

    def script(self) -> str:
        kind = self.random.choice(("", ' type="application/ld+json"', " async", " type=text/template"))
        end = self.random.choice(("</script>", "</script>", "</SCRIPT >", "</script\n>", "</script x='>'>"))
        return f"<script{kind}>{self.fill(self.random.choice(_SCRIPTS))}{end}"

    def style(self) -> str:
        return self.fill(self.random.choice(("<style>p > a {{ q{n}z }}</style>", "<style><!-- q{n}z --></style>",
                                             '<style>a:before {{content: "<svg>"}}</style>')))  # fmt: skip

    def comment(self) -> str:
        return self.fill(self.random.choice(_COMMENTS))

    def void(self) -> str:
        return self.tag(self.random.choice(_VOID))

    def end(self) -> str:
        return f"</{self.random.choice((*_INLINE, *_CONTAINERS, *_PARTS, 'br', 'body', 'html', 'head', 'template'))}>"

    def raw(self) -> str:
        """Elements whose text is not markup."""
        return self.fill(self.random.choice(_RAW))

    def picture(self) -> str:
        """SVG and MathML, where other rules hold."""
        return self.fill(self.random.choice(_PICTURES))

    def damaged(self, text: str) -> str:
        """The text with stretches cut out or doubled."""
        for _ in range(self.random.randrange(1, 3)):
            start = self.random.randrange(len(text) + 1)
            end = min(len(text), start + self.random.randrange(30))
            text = text[:start] + self.random.choice(("", text[start:end] * 2, "<", '"', "-->")) + text[end:]
        return text


def expected(source: str) -> tuple[set[str], set[str]]:
    """The words that a reference parser shows of a page, and all that it takes for text of any kind."""
    shown: set[str] = set()
    texts: list[str] = []
    for node in turbohtml.parse(source).descendants:
        if isinstance(node, turbohtml.Text):
            around = {getattr(parent, "tag", None) for parent in node.ancestors}
            if not around & _NO_TEXT:
                shown.update(WORD.findall(node.data))
            if not around & {"script", "iframe", "noembed", "noframes"} or "svg" in around or "math" in around:
                texts.append(node.data)
    return shown, set(WORD.findall("".join(texts))) | {word for text in texts for word in WORD.findall(text)}


def check_tokens(source: str) -> None:
    """Tags and texts are those of the reference, each where it says it is."""
    source = _NOSCRIPT.sub("section", source)  # raw text only where scripts run

    class Html:
        foreign = False
        admits_cdata = False

    found: list[tuple[str, str]] = []
    at = 0
    for kind, start, end, name, attributes in tokens(source, Html()):
        assert at <= start <= end <= len(source)
        at, written = end, source[start:end]
        if kind == OPEN:
            assert written[: len(name) + 1].lower() == f"<{name}"
            assert written.endswith(f"{attributes}>")
        elif kind == CLOSE:
            assert written[: len(name) + 2].lower() == f"</{name}"
        if kind in (OPEN, CLOSE):
            found.append(("<" if kind == OPEN else "/", name))
        elif kind in (TEXT, REFERENCE):
            found.append(("text", referred(written) if kind == REFERENCE else written))
    kinds = {turbohtml.TokenType.START_TAG: "<", turbohtml.TokenType.END_TAG: "/", turbohtml.TokenType.TEXT: "text"}
    wanted = [
        (kinds[token.type], (token.data if kinds[token.type] == "text" else token.tag) or "")
        for token in turbohtml.tokenize(source)
        if token.type in kinds
    ]
    raw = {index for index, (kind, name) in enumerate(wanted, 1) if kind == "<" and name in _NO_TEXT - {"template"}}
    wanted = [item for index, item in enumerate(wanted) if not (item[0] == "text" and index in raw)]
    assert _joined(found) == _joined(wanted), source


def _joined(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tokens with their texts as the standard's preprocessing leaves them, and not cut where no tag stands between."""
    joined: list[tuple[str, str]] = []
    for kind, text in found:
        if kind == "text" and joined and joined[-1][0] == "text":
            text = joined.pop()[1] + text
        joined.append((kind, text))
    plain = [(kind, _CONTROL.sub("", _LINE_END.sub("\n", text))) for kind, text in joined]
    return [(kind, text) for kind, text in plain if text and not (kind == "text" and _seen(text) == "")]


def _seen(text: str) -> str:
    return "".join(text.split())


def read(source: str) -> str:
    """All that is kept of a page's text, in its order."""
    page = html_page(Layer(source))
    return "\n".join(each.text for each in (make_readable(page.layer), *page.aside))


def check_words(source: str) -> None:
    """No word is lost and none is made of what is no text."""
    shown, texts = expected(source)
    words = set(WORD.findall(read(source)))
    assert not shown - words, f"lost {sorted(shown - words)} of {source!r}"
    if not _LOOSE.search(source):
        assert not words - texts, f"no text: {sorted(words - texts)} of {source!r}"


def check_trial(source: str) -> None:
    """What a page shows stands in its trial: a criterion, a field or a section."""
    trial = trialparse.parse(source)
    dumped = trial.model_dump_json()
    shown, _ = expected(source)
    lost = sorted(shown - set(WORD.findall(dumped)))
    assert not lost, f"lost {lost} of {source!r}"


def numbered(number: int) -> str:
    """The page with that number."""
    return Soup(Random(number)).page()


def main() -> None:
    """Run them."""
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kinds: dict[tuple[str, ...], int] = {}
    slow, begun = 0, time.process_time()
    for number in range(first, first + count):
        source = numbered(number)
        started = time.process_time()
        try:
            check_words(source)
            check_tokens(source)
            if number % 10 == 0:
                check_trial(source)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)[-2:]
            kind = (type(error).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in frames))
            if kind not in kinds:
                print(f"number {number}: {error}"[:3000], flush=True)
            kinds[kind] = kinds.get(kind, 0) + 1
        slow += time.process_time() - started > 1 + LONGEST * len(source) / 1e6
    took = time.process_time() - begun
    print(f"{count} pages, {sum(kinds.values())} failures of {len(kinds)} kinds, {slow} slow, {took:.0f} s")


if __name__ == "__main__":
    main()
