"""Every registered method keeps the contract of its stage, and the contract can be broken."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pytest

from rankscope import _registry
from rankscope._domains import Between
from rankscope._registry import Method, methods_of, parameter, register, stages
from rankscope.methods.aggregation import Arithmetic
from rankscope.methods.imputation import NoImputation
from rankscope.methods.normalisation import MinMax
from rankscope.methods.treatment import Log, NoTreatment
from rankscope.testing import check_method, examples_of

ALL = [cls for stage in stages() for cls in methods_of(stage).values()]


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: f"{cls.stage}-{cls.name}")
def test_every_method_keeps_the_contract(cls: type[Method]) -> None:
    check_method(cls)


def test_a_method_is_tried_with_each_example_of_each_parameter() -> None:
    assert {method.offset for method in examples_of(Log)} >= {"none", "smallest", "range"}  # type: ignore[attr-defined]


def test_the_contract_needs_neither_hypothesis_nor_pytest() -> None:
    code = "import sys, rankscope.testing; assert not {'hypothesis', 'pytest'} & set(sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what a test registers be forgotten."""
    copied = {stage: methods_of(stage) for stage in stages()}
    monkeypatch.setattr(_registry, "_METHODS", copied)


def broken(base: type[Method], **changed: Any) -> type[Method]:
    """Register a method that differs from a sound one in these attributes."""
    space = {"__doc__": "Broken.", "__module__": __name__, "name": "broken", **changed}
    return register(dataclass(frozen=True)(type("Broken", (base,), space)))


def first_column_only(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    return matrix[:, :1]


def sorted_rows(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    return np.sort(matrix, axis=0)


def zero_for_gaps(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    return np.nan_to_num(matrix)


def no_polarity(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    return matrix


def rounded_input(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    return np.round(matrix)


def spoilt_input(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    matrix[:] = 0
    return matrix


def over_all_draws(self: Any, matrix: Any, state: Any, traits: Any) -> Any:
    return matrix - np.nanmean(matrix)


@pytest.mark.parametrize(
    ("base", "changed", "complaint"),
    [
        (NoTreatment, {"transform": first_column_only}, "gives the shape"),
        (NoTreatment, {"transform": sorted_rows}, "not row by row"),
        (NoTreatment, {"transform": zero_for_gaps}, "makes values of gaps"),
        (NoTreatment, {"transform": spoilt_input}, "changes its input"),
        (NoTreatment, {"explain": lambda *_: " "}, "explains itself"),
        (NoTreatment, {"transform": lambda _, m, *__: -m}, "turns the order round"),
        (MinMax, {"transform": no_polarity}, "turns the order round"),
        (NoImputation, {"transform": rounded_input}, "changes what is present"),
        (Arithmetic, {"combine": lambda _, v, w: v[..., 0] * w.sum(-1)}, "order of the children"),
        (Arithmetic, {"combine": lambda _, v, _w: v.mean(-1)}, "counts an idle child"),
        (Arithmetic, {"combine": lambda _, v, w: -(v * w).sum(-1)}, "monotone"),
        (Arithmetic, {"combine": lambda _, v, w: 2 * (v * w).sum(-1)}, "not linear"),
        (MinMax, {"transform": over_all_draws}, "not row by row"),
        (NoTreatment, {"__doc__": ""}, "no docstring"),
        (NoTreatment, {"name": "Is Broken"}, "no name for a file"),
    ],
)
def test_a_broken_method_is_caught(
    base: type[Method], changed: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(AssertionError, match=complaint):
        check_method(broken(base, **changed))


def test_a_method_that_is_not_registered_is_caught() -> None:
    @dataclass(frozen=True)
    class Unregistered(NoTreatment):
        """Forgotten."""

        name: ClassVar[str] = "unregistered"

    with pytest.raises(AssertionError, match="not registered"):
        check_method(Unregistered)


def test_a_domain_that_takes_everything_is_caught() -> None:
    class Anything(Between):
        def read(self, value: object) -> Any:
            return value

    @register
    @dataclass(frozen=True)
    class Greedy(NoTreatment):
        """Takes all."""

        name: ClassVar[str] = "greedy"
        limit: float = parameter(1.0, Anything(), "a limit")

    with pytest.raises(AssertionError, match=r"greedy\.limit takes any value"):
        check_method(Greedy)
