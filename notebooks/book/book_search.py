"""What the search of the book finds: its pages, and the library's reference, in either spelling."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import sphinx.search
from docutils import nodes
from docutils.utils import new_document
from sphinx.search.en import SearchEnglish

# The end of a word in Britain, and in America.
ENDINGS = [
    *((f"is{end}", f"iz{end}") for end in ("e", "es", "ed", "er", "ers", "ing", "ation", "ations")),
    *((f"our{end}", f"or{end}") for end in ("", "s", "ed", "ing", "al", "hood")),
    *((f"ll{end}", f"l{end}") for end in ("ed", "ing", "er")),
    *((f"tre{end}", f"ter{end}") for end in ("", "s", "d")),
    *((f"yse{end}", f"yze{end}") for end in ("", "s", "d", "r")),
    ("licence", "license"),
    ("grey", "gray"),
]


@cache
def spellings(word):
    """A word in all its spellings; some of them nobody will look for."""
    lower = word.lower()
    return [word] + [
        lower[: len(lower) - len(one)] + other
        for pair in ENDINGS
        for one, other in (pair, pair[::-1])
        if lower.endswith(one) and len(lower) > len(one) + 2 or lower == one
    ]


class BothSpellings(SearchEnglish):
    """English, whichever side of the Atlantic it comes from."""

    def split(self, input):
        return [spelling for word in super().split(input) for spelling in spellings(word)]

    # Sphinx remembers the stems of one page only.
    @cache
    def stem(self, word):
        return super().stem(word)


class MainText(HTMLParser):
    """The text of a page of the reference, without what leads to others."""

    def __init__(self):
        super().__init__()
        self.words, self.title, self.inside = [], "", []

    def handle_starttag(self, tag, attrs):
        if tag in ("main", "title", "svg", "script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            return
        if self.inside[-1] == "title":
            self.title += data
        elif self.inside[-1] == "main":
            self.words.append(data)


def add_reference(app):
    """Feeds the pages that `deno doc` has made, which Sphinx only copies."""
    indexer, fed = app.builder.indexer, []
    if indexer is None:
        return []
    for folder in app.config.html_extra_path:
        for page in sorted(Path(app.confdir, folder, "api", "~").glob("*.html")):
            # The list of a class's members says nothing that is not on their pages.
            if page.name.endswith(".prototype.html"):
                continue
            parser = MainText()
            parser.feed(page.read_text(encoding="utf-8"))
            name = parser.title.split(" - ")[0].replace(".prototype.", ".")
            document = new_document(str(page))
            title = f"{name}, in the reference"
            section = nodes.section(ids=[""])
            section += nodes.title(text=title)
            section += nodes.paragraph(text=" ".join(parser.words))
            document += section
            fed.append(f"api/~/{page.stem}")
            indexer.feed(fed[-1], page.name, title, document)
    # Sphinx drops what it has not written itself.
    prune = indexer.prune
    indexer.prune = lambda docnames: prune([*docnames, *fed])
    return []


def setup(app):
    """Called by Sphinx."""
    sphinx.search.languages["en"] = BothSpellings
    app.connect("html-collect-pages", add_reference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
