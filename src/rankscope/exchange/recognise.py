"""Which tool files come from, by what is in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from rankscope._words import join_words, visible
from rankscope.exchange.coin_tool import examine_coin_tool
from rankscope.exchange.coinr_read import examine_coinr
from rankscope.exchange.files import bytes_of, is_book
from rankscope.exchange.opening import titles_of
from rankscope.findings import error, errors_among

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from rankscope.exchange.assemble import Examined
    from rankscope.findings import Finding

Tool = Literal["coinr", "coin-tool"]
TOOLS: tuple[Tool, ...] = get_args(Tool)

_SHEETS: dict[Tool, set[str]] = {
    "coinr": {"idata", "imeta"},
    "coin-tool": {"database", "framework"},
}


def examine_files(
    files: Sequence[str | os.PathLike[str]],
    tool: Tool | None = None,
    *,
    encoding: str = "utf-8",
) -> tuple[Tool | None, Examined]:
    """Read an index from files of another tool: the tool, the index, and all findings.

    Without a ``tool`` it is the one that the content names: two tables are COINr's, and a
    workbook is that of the tool whose sheets it has.
    """
    paths = [Path(one) for one in files]
    chosen, findings = (tool, ()) if tool else recognise(paths)
    if chosen is None:
        return None, (None, findings)
    if len(paths) > (2 if chosen == "coinr" else 1):
        said = f"{len(paths)} files are too many for {chosen}."
        mend = "COINr has two tables, the COIN Tool one workbook."
        return chosen, (None, (error("import-file", visible(str(paths[-1])), said, mend),))
    if chosen == "coinr":
        return chosen, examine_coinr(*paths, encoding=encoding)
    return chosen, examine_coin_tool(paths[0])


def recognise(paths: Sequence[Path]) -> tuple[Tool | None, tuple[Finding, ...]]:
    """Return the tool that files come from, or why there is no telling."""
    if len(paths) > 1 or not is_book(paths[0]):
        return "coinr", ()
    data, findings = bytes_of(paths[0])
    if data is None:
        return None, findings
    titles, findings = titles_of(data, paths[0].name)
    if errors_among(findings):
        return None, findings
    folded = {title.casefold() for title in titles}
    close = [tool for tool, wanted in _SHEETS.items() if wanted & folded]
    whole = [tool for tool in close if _SHEETS[tool] <= folded] or close
    if len(whole) == 1:
        return whole[0], ()
    there = join_words(map(visible, titles[:9]), "and")
    said = f"There is no telling which tool this comes from: its sheets are {there}."
    mend = f"Say --as {join_words(TOOLS)}."
    return None, (error("import-tool", visible(str(paths[0]), 200), said, mend),)
