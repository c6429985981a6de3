"""What pydantic found wrong with a definition, in the words of its author."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic_core import ErrorDetails

from rankscope._domains import LARGEST
from rankscope._registry import key_of
from rankscope._words import did_you_mean, join_words, visible
from rankscope.definition.described import described_model
from rankscope.definition.fields import CODE_PATTERN, LINK_PATTERN
from rankscope.definition.located import Loc, Located
from rankscope.definition.model import IndexDefinition, Model
from rankscope.definition.synonyms import KEYS, as_list
from rankscope.findings import Finding, error


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that pydantic refused: where, why and what it was."""

    tree: Located
    loc: Loc
    given: Any
    context: Mapping[str, Any]
    message: str

    @property
    def place(self) -> str:
        """The place of the value in the file."""
        return self.tree.locate(self.loc)

    @property
    def name(self) -> str:
        """The value's name: the code of what it belongs to, and the keys from there."""
        return called(self.tree, self.loc)

    def finding(self, id: str, said: str, remedy: str = "") -> Finding:
        """Return a finding that begins with the value's name."""
        return error(id, self.place, f"{self.name} {said}", remedy)

    def must_be(self, domain: str, remedy: str = "") -> Finding:
        """Return a finding of the one sentence: the name, the domain, what was given."""
        if self.given is None:
            said = f"is empty; it must be {domain}."
            return self.finding("value-empty", said, "Write a value or remove the line.")
        domain = _DOMAINS.get(self.loc[-1], domain)
        return self.finding("value-wrong", f"must be {domain}, got {shown(self.given)}.", remedy)


def word_errors(errors: Iterable[ErrorDetails], tree: Located) -> list[Finding]:
    """Return what pydantic's errors mean, each at its place in the file."""
    findings: list[Finding] = []
    for one in errors:
        loc = with_names(one["loc"], tree)
        wrong = Wrong(tree, loc, one["input"], one.get("ctx", {}), one["msg"])
        if one["type"] == "method":
            findings.extend(_method(wrong))
        else:
            findings.append(_WORDS.get(one["type"], _other)(wrong))
    return findings


def with_names(loc: Loc, tree: Located) -> Loc:
    """Return a location in which entries of a mapping that is read as pairs go by their names."""
    named: list[str | int] = []
    here: Located | None = tree
    steps = iter(loc)
    for step in steps:
        pairs = here.value if here is not None else None
        key = step
        if isinstance(step, int) and isinstance(pairs, Mapping):
            key = list(pairs)[step]
            next(steps, None)  # which half of the pair
        named.append(key)
        here = here.get(key) if here else None
    return tuple(named)


def called(tree: Located, loc: Loc) -> str:
    """Return the name of what is at a location, such as ``gdp.weight`` or ``data.file``."""
    parts: list[str] = []
    here: Located | None = tree
    key = "name" if loc[:1] == ("scenarios",) else "code"
    for step in loc:
        if isinstance(step, int):
            parts[-1:] = [f"{parts[-1] if parts else ''}[{step + 1}]"]
        else:
            parts.append(step)
        here = here.get(step) if here else None
        code = here.get(key) if here else None
        if code is not None and isinstance(code.value, str):
            parts = [visible(code.value, 40)]
    return ".".join(parts) or "The definition"


def shown(given: object) -> str:
    """Return what was given, fit for a sentence."""
    if given is None:
        return "nothing"
    if isinstance(given, Mapping):
        return "a mapping" if given else "an empty mapping"
    if isinstance(given, list | tuple):
        short = len(given) < 6 and all(isinstance(item, str | float) for item in given)
        return visible(f"[{', '.join(map(str, given))}]") if short else "a list"
    return f"'{visible(given)}'" if isinstance(given, str) else visible(repr(given))


def model_at(loc: Loc) -> type[Model] | None:
    """Return the part of the model that holds the keys at a location."""
    here: type[Model] | None = IndexDefinition
    for step in loc:
        if here is not None and isinstance(step, str):
            fields = {field.alias or name: field for name, field in here.model_fields.items()}
            here = _model_in(fields[step].annotation) if step in fields else None
    return here


def _model_in(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _keys(model: type[Model] | None) -> dict[str, str]:
    """Return the keys that a part of the model knows, and what each means."""
    described_model()
    fields = model.model_fields if model else {}
    return {field.alias or name: field.description or "" for name, field in fields.items()}


def _missing(wrong: Wrong) -> Finding:
    *parent, key = wrong.loc
    if isinstance(key, int):
        return Wrong(wrong.tree, tuple(parent), wrong.given, {}, "").must_be(_PAIR)
    meaning = _keys(model_at(tuple(parent))).get(key, "")
    return wrong.finding("key-missing", "is missing.", f"Add `{key}: …` ({meaning.rstrip('.')}).")


def _unknown_key(wrong: Wrong) -> Finding:
    *parent, key = wrong.loc
    known = list(_keys(model_at(tuple(parent))))
    owner = called(wrong.tree, tuple(parent)) if parent else "the definition"
    said = f"{owner} has no key '{visible(str(key))}'."
    said = said[0].upper() + said[1:] if not parent else said
    meant = KEYS.get(str(key).casefold(), "")
    remedy = f"Did you mean {meant}?" if meant in known else did_you_mean(str(key), known)
    remedy = remedy or "Remove it, or make it a comment with #."
    return error("key-unknown", wrong.place, said, remedy)


def _mapping(wrong: Wrong) -> Finding:
    keys = _keys(model_at(wrong.loc))
    return wrong.must_be(f"a mapping with keys such as {join_words(list(keys)[:3])}")


def _list(wrong: Wrong) -> Finding:
    if wrong.loc[-1] == "children" and wrong.given is None:
        return without_children(wrong.tree, wrong.loc[:-1])
    key = str(wrong.loc[-1])
    meant = as_list(key, wrong.given) if isinstance(wrong.given, Mapping) else ""
    if meant:
        return wrong.must_be("a list", meant)
    example = f"[{visible(wrong.given)}]" if isinstance(wrong.given, str) else "[a]"
    named = "" if isinstance(wrong.loc[-1], int) else f"{key}: "
    return wrong.must_be("a list", f"Write `{named}{example}`.")


def without_children(tree: Located, loc: Loc) -> Finding:
    """Return the finding for an aggregate whose list of children is empty."""
    return error(
        "aggregate-without-children",
        tree.locate(loc),
        f"{called(tree, loc)} has an empty list of children.",
        "Add children, or remove `children:` if this is an indicator.",
    )


def _pair_too_long(wrong: Wrong) -> Finding:
    return wrong.must_be(_PAIR)


def _text(wrong: Wrong) -> Finding:
    return wrong.must_be("a text", "Put a text with special characters in quotes.")


def _too_short(wrong: Wrong) -> Finding:
    return wrong.finding("value-empty", "is empty.", "Write a text.")


def _too_long(wrong: Wrong) -> Finding:
    most, has = wrong.context.get("max_length", 0), len(wrong.given)
    said = f"has {has:,} characters, more than {most:,}: {shown(wrong.given)}."
    return wrong.finding("value-too-long", said, "Shorten it.")


def _pattern(wrong: Wrong) -> Finding:
    pattern = wrong.context.get("pattern")
    if pattern == CODE_PATTERN:
        domain = "a letter and then up to 63 letters, digits, '_', '-' or '.'"
        return wrong.must_be(domain, code_like(wrong.given))
    if pattern == LINK_PATTERN:
        return wrong.must_be("an address that begins with http:// or https://, without spaces")
    return wrong.must_be("one line of text without control characters")


def code_like(given: str) -> str:
    """Return the code that comes nearest to a text."""
    code = re.sub(r"[^A-Za-z0-9_.\-]+", "_", given.strip()).strip("_")
    return f"Write it as '{code[:63]}'." if re.match("[A-Za-z]", code) else ""


def _number(wrong: Wrong) -> Finding:
    return wrong.must_be("a number", _number_like(wrong.given))


def _not_extreme(wrong: Wrong) -> Finding:
    return wrong.must_be(f"between {-LARGEST:g} and {LARGEST:g}")


def _whole(wrong: Wrong) -> Finding:
    return wrong.must_be("a whole number", _number_like(wrong.given))


def _number_like(given: object) -> str:
    """Return how a person's way of writing a number is written here."""
    text = given.strip() if isinstance(given, str) else ""
    if re.fullmatch(r"[-+]?\d+,\d+", text):
        return f"Write a decimal point: {text.replace(',', '.')}."
    percent = re.fullmatch(r"([-+]?\d+(?:\.\d+)?)\s*%", text)
    return f"Write {float(percent[1]) / 100:g}." if percent else ""


def _at_least(wrong: Wrong) -> Finding:
    return wrong.must_be(f"at least {wrong.context['ge']:g}")


def _at_most(wrong: Wrong) -> Finding:
    remedy = ""
    if wrong.loc[-2:] == ("min_available", "at_least") and str(wrong.given).strip().isdigit():
        remedy = f"It is a share; write `number: {str(wrong.given).strip()}` for so many children."
    return wrong.must_be(f"at most {wrong.context['le']:g}", remedy)


def _above(wrong: Wrong) -> Finding:
    return wrong.must_be(f"more than {wrong.context['gt']:g}")


def _boolean(wrong: Wrong) -> Finding:
    return wrong.must_be("true or false")


def _choice(wrong: Wrong) -> Finding:
    choices = re.findall(r"'([^']*)'", wrong.context.get("expected", ""))
    close = did_you_mean(wrong.given, choices) if isinstance(wrong.given, str) else ""
    return wrong.must_be(join_words(choices), close if close.startswith("Did") else "")


def _method(wrong: Wrong) -> list[Finding]:
    if wrong.given is None:
        key = key_of(wrong.context["stage"])
        article = "an" if key[0] in "aeiou" else "a"
        return [
            wrong.must_be(f"{article} {key}'s name or a mapping that begins with `{key}: NAME`")
        ]
    findings = []
    for fault in wrong.context["faults"]:
        keys = (fault.key,) if fault.key else ()
        place = wrong.tree.locate((*wrong.loc, *keys))
        findings.append(error("method-wrong", place, f"{wrong.name}: {fault.sentence}"))
    return findings


def _pairs(wrong: Wrong) -> Finding:
    return wrong.must_be("a mapping of names to numbers, such as `{a: 2, b: 1}`")


def _preset(wrong: Wrong) -> Finding:
    place = wrong.tree.locate((*wrong.loc, "preset"))
    said, mend = wrong.context["text"], wrong.context["mend"]
    return error("value-wrong", place, f"{wrong.name}.preset {said}", mend)


def _other(wrong: Wrong) -> Finding:
    return wrong.finding("value-wrong", f"can not be read: {visible(wrong.message)}.")


_DOMAINS: Mapping[str | int, str] = {
    "polarity": "1 where more is better or -1 where less is",
    "pair_columns": "two columns of the table, such as `[unit, partner]`",
    "where": "a mapping of columns to what they hold, such as `{table: articles}`",
}
"""Domains that pydantic splits into conditions which say less than the whole."""

_PAIR = "two numbers, the lower one first"

_WORDS: Mapping[str, Callable[[Wrong], Finding]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "model_type": _mapping,
    "tuple_type": _list,
    "too_long": _pair_too_long,
    "string_type": _text,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": _number,
    "number_too_large": _not_extreme,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_parsing_size": _whole,
    "int_from_float": _whole,
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
    "greater_than": _above,
    "bool_type": _boolean,
    "bool_parsing": _boolean,
    "literal_error": _choice,
    "preset": _preset,
    "pairs": _pairs,
}


def sorted_by_place(
    findings: Sequence[Finding], order: Callable[[str], Any]
) -> tuple[Finding, ...]:
    """Return findings in the order of their places, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (order(one.place), one.id)))
