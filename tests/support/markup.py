"""A page as a test sees it: its elements, links and words."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input", "link", "img", "hr", "col"}
DRAWN = {"rect", "path", "circle", "line", "use"}


@dataclass
class Element:
    """An element with its attributes, its own words, and those above it."""

    tag: str
    attributes: dict[str, str]
    above: tuple[str, ...]
    words: list[str] = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words and those of all inside it."""
        return "".join(self.words[self.start : self.end])

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass
class Page(HTMLParser):
    """All elements of a page in order; ``faults`` names tags that do not pair."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        above = tuple(one.tag for one in self._open)
        here = len(self._words)
        self.elements.append(Element(tag, given, above, self._words, here, here))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
            return
        self._open.pop().end = len(self._words)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a tag whose attributes hold these words."""
        return [
            one
            for one in self.elements
            if one.tag == tag
            and all(value in one[name.strip("_")].split() for name, value in attributes.items())
        ]

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [one["id"] for one in self.elements if one["id"]]

    @property
    def text(self) -> str:
        """All words that a reader may see."""
        return " ".join(one.text for one in self.elements if one.tag in {"main", "title"})


def read_page(html: str) -> Page:
    """Read a page."""
    page = Page()
    page.feed(html)
    page.close()
    page.faults += [f"<{one.tag}> never closed" for one in page._open]
    return page
