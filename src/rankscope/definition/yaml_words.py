"""What is wrong with a text that is no YAML, in plain words and with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from rankscope._words import visible
from rankscope.errors import DefinitionError
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    import yaml

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

"""Characters that no YAML text may hold, nor any text in it through an escape."""

_SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook or another archive", "Give it the ending .xlsx."),
    (b"\xd0\xcf\x11\xe0", "an old Excel file", "Save it as .xlsx."),
    (b"\xff\xfe", "encoded as UTF-16", "Save it as UTF-8."),
    (b"\xfe\xff", "encoded as UTF-16", "Save it as UTF-8."),
)

# Both parsers' phrases, each with what they mean to a person; the first that fits counts.
_MEANINGS = (
    ("found unexpected end of stream", "The quotes that open here are never closed."),
    ("found unexpected document indicator", "The quotes that open here are never closed."),
    ("mapping values are not allowed", "A colon is not expected here."),
    ("expected ',' or ']'", "A list in brackets goes on here without ',' or ']'."),
    ("expected ',' or '}'", "A mapping in braces goes on here without ',' or '}'."),
    ("could not find expected ':'", "A key is not followed by a colon and a space."),
    ("expected '-' indicator", "An item of the list does not begin with '-' like the others."),
    ("block sequence entries are not allowed", "A list item '-' is not expected here."),
    ("sequence entries are not allowed", "A list item '-' is not expected here."),
    ("expected key", "This line is indented unlike its neighbours, or its quotes do not match."),
    ("block end", "This line is indented unlike its neighbours, or its quotes do not match."),
    ("cannot start any token", "A text can not begin with this character unless it is in quotes."),
    ("escape", "A backslash in double quotes begins an escape that does not exist."),
    ("mapping keys are not allowed", "A key is not expected here."),
    ("directive", "Lines that begin with % are directives, which are not allowed."),
    ("%YAML", "Lines that begin with % are directives, which are not allowed."),
    ("document start", "Something stands before the beginning of the document."),
    ("anchor", "A name is expected after & or *."),
    ("alias", "A name is expected after & or *."),
    ("tag", "A tag (!) is broken, and tags are not allowed."),
    ("indentation indicator", "The sign after | or > is not allowed."),
    ("block scalar", "A text after | or > is not well-formed."),
    ("comment or line break", "The sign after | or > is not allowed."),
    ("alphabetic or numeric", "A name is expected after & or *."),
    ("URI", "A tag (!) is broken, and tags are not allowed."),
    ("node content", "A value is expected here."),
)

_REMEDIES = {
    "A colon is not expected here.": "Put texts with ': ' in quotes, or mend the indentation.",
    "A text can not begin with this character unless it is in quotes.": "Add the quotes.",
}


def stop(id: str, place: str, sentence: str, remedy: str = "") -> NoReturn:
    """Raise the one finding that ends the reading of a file.

    Raises
    ------
    DefinitionError
        Always.
    """
    finding = error(id, place, sentence, remedy)
    raise DefinitionError(str(finding), (finding,))


def bytes_to_text(data: bytes | str, name: str) -> str:
    """Return the text of a file; a byte-order mark of UTF-8 is taken off.

    Raises
    ------
    DefinitionError
        When it is not UTF-8 or holds characters that no text holds.
    """
    text = data if isinstance(data, str) else _decode(data, name)
    text = text.removeprefix("\ufeff")
    bad = UNPRINTABLE.search(text)
    if bad:
        line, column = _line_and_column(text, bad.start())
        shown = f"U+{ord(bad[0]):04X}"
        said = f"The character {shown} can not stand in a text file."
        stop("file-binary", f"{name}:{line}:{column}", said, "Remove it; is this a text file?")
    return text


def explain_broken(broken: yaml.MarkedYAMLError, text: str, name: str) -> Finding:
    """Return the finding for a text that is no YAML."""
    problem, mark = broken.problem or "", broken.problem_mark
    meant = next((words for part, words in _MEANINGS if part in problem), "")
    if "quotes" in meant and "open" in meant:
        mark = broken.context_mark or mark  # not the end of the file, where it is noticed
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    place = f"{name}:{line}:{column}"
    if _tab_before(text, line):
        said = "A tab is used to indent this line; YAML wants spaces."
        return error("yaml-tab", place, said, "Replace tabs by two spaces each.")
    said = meant or f"This is no YAML: {visible(problem)}."
    opened = broken.context_mark
    if opened and "without" in said and opened.line + 1 != line:
        said = said.removesuffix(".") + f"; it was opened in line {opened.line + 1}."
    return error("yaml-broken", place, said, _REMEDIES.get(said, ""))


def _decode(data: bytes, name: str) -> str:
    for signature, what, remedy in _SIGNATURES:
        if data.startswith(signature):
            stop("file-encoding", name, f"The file is {what}, not a YAML text.", remedy)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as bad:
        line, column = _line_and_column(data[: bad.start].decode("utf-8"), bad.start)
        said = f"The byte 0x{data[bad.start]:02X} is not UTF-8."
        remedy = "Save the file as UTF-8; it may be in a Windows or Latin encoding."
        stop("file-encoding", f"{name}:{line}:{column}", said, remedy)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _tab_before(text: str, line: int) -> bool:
    """Whether the line's indentation holds a tab."""
    lines = text.split("\n", line)
    shown = lines[line - 1] if line <= len(lines) else ""
    return "\t" in shown[: len(shown) - len(shown.lstrip())]
