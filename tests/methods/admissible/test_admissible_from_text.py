"""Sets as they are typed and as they are printed."""

from __future__ import annotations

import pytest

from rankscope._registry import methods_of
from rankscope.errors import MethodError
from rankscope.methods.admissible import (
    Admissible,
    Bounded,
    Bounds,
    Dirichlet,
    Linear,
    Ordered,
    Perturbed,
    Simplex,
    admissible_from_text,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("bounded(25%)", Bounded(0.25)),
        ("perturbed(0.1)", Perturbed(0.1)),
        (" bounded ( 1/3 ) ", Bounded(1 / 3)),
        ("bounded", Bounded()),
        ("simplex", Simplex()),
        ("ordered", Ordered()),
        ("dirichlet(40)", Dirichlet(40)),
    ],
)
def test_what_is_typed_is_read(text: str, meant: Admissible) -> None:
    assert admissible_from_text(text) == meant


@pytest.mark.parametrize(
    "admissible",
    [Bounded(0.07), Perturbed(1 / 8), Perturbed(0), Bounded(1e-5), Simplex(), Ordered(),
     Dirichlet(2.5)],
)  # fmt: skip
def test_what_is_printed_can_be_typed(admissible: Admissible) -> None:
    assert admissible_from_text(admissible.label()) == admissible


@pytest.mark.parametrize(
    ("admissible", "label"),
    [
        (Bounded(), "bounded(25%)"),
        (Perturbed(0.07), "perturbed(7%)"),
        (Bounded(1 / 3), "bounded(33.3333%)"),
        (Simplex(), "simplex"),
        (Bounds({"gov": (0.1, 0.25)}), "bounds(gov 10% to 25%)"),
        (Bounds(dict.fromkeys("abcde", (0, 0.5))),
         "bounds(a 0% to 50%, b 0% to 50%, c 0% to 50%, 2 more)"),
        (Linear([[1, 2, 3]]), "linear(1 rule)"),
        (Linear([[1, 2, 3], [1, 0, 1]]), "linear(2 rules)"),
    ],
)  # fmt: skip
def test_labels(admissible: Admissible, label: str) -> None:
    assert admissible.label() == label


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("boundd(25%)", "There are no admissible weights called 'boundd'. Did you mean bounded"),
        ("bounded(25)", "bounded.by must be a number from 0 to 1, got '25'."),
        ("bounded()", "bounded.by must be a number from 0 to 1, got ''."),
        ("bounded(x)", "bounded.by must be a number from 0 to 1, got 'x'."),
        ("simplex(3)", "simplex takes no value. Write simplex alone."),
        ("bounds", "Say it in the definition, under assumptions.weights."),
        ("bounds(a)", "Say it in the definition, under assumptions.weights."),
        ("bounded 25%", "'bounded 25%' names no admissible weights. Write a name, or"),
        ("", "names no admissible weights"),
        ("bounded(1))", "bounded.by must be"),
        ("x\x1b[31m", "names no admissible weights"),
    ],
)
def test_what_can_not_be_read_is_told(text: str, message: str) -> None:
    with pytest.raises(MethodError) as caught:
        admissible_from_text(text)

    assert message in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_all_sets_are_known_and_told_in_words() -> None:
    known = methods_of("admissible")

    assert {"bounded", "bounds", "dirichlet", "linear", "ordered", "perturbed", "simplex"} <= set(
        known
    )
    assert Bounded(0.1).in_words().startswith("Each share stays between 0.9 and 1.1 times its own")
    assert "off by 4.97519%" in Dirichlet(100).in_words()
