"""Chains: each treatment takes what the one before returns, and lists in files stand for them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build, describe, method_schema
from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.treatment import Cap, Chain, Log, Winsorise, WinsorisePoints
from tests.methods.test_treatment import explained, treated

VALUES = [1.0, 2.0, 3.0, 4.0, 100.0]


def test_the_second_treatment_takes_what_the_first_returns() -> None:
    chain = Chain((WinsorisePoints(1, 1), Log("none")))

    assert_allclose(treated(chain, *VALUES), np.log([2, 2, 3, 4, 4]))
    assert explained(chain, *VALUES) == ("capped at 2 and 4; then natural logarithm of the value")


def test_goalposts_move_with_the_curves_of_a_chain() -> None:
    matrix = np.array(VALUES)[:, None]
    chain = Chain((Cap(high=50), Log("none", 10)))

    moved = chain.moved(np.array([[1.0], [1000.0]]), chain.fit(matrix, plain_traits(5, 1)))
    assert_allclose(moved[:, 0], [0, 3])


def test_what_any_of_a_chain_drew_in_is_touched() -> None:
    matrix = np.array(VALUES)[:, None]
    chain = Chain((Cap(high=50), Log("none", 10), Cap(low=0.2)))

    touched = chain.touched(matrix, chain.fit(matrix, plain_traits(5, 1)))
    assert_array_equal(touched[:, 0], [True, False, False, False, True])


def test_a_chain_takes_what_each_of_its_treatments_takes() -> None:
    assert Chain((Cap(low=0.1), Log("none"))).accepts(-5)
    assert not Chain((Log("none"), Cap(low=0.1))).accepts(-5)
    assert not Chain((Log(), Log())).accepts(1)
    assert Chain((Log(), Log("range"))).accepts(1)
    assert Chain((Cap(low=1), Log("none", 10))).image(-5, 100) == (0, 2)


def test_a_list_in_a_file_is_a_chain_and_is_read_back_as_it_was_written() -> None:
    given = [{"method": "winsorise", "upper": 0.9}, "log"]
    chain, faults = build("treatment", given)

    assert (chain, faults) == (Chain((Winsorise(upper=0.9), Log())), [])
    assert chain is not None
    written = describe(chain)
    assert written == {
        "method": "chain",
        "of": [{"method": "winsorise", "upper": 0.9}, {"method": "log"}],
    }
    assert build("treatment", written) == (chain, [])
    assert build("step", given) == (chain, [])


def test_each_wrong_treatment_of_a_list_is_told() -> None:
    _, faults = build("treatment", ["lgo", {"method": "winsorise", "lower": 2}, "log"])

    assert [(fault.key, fault.sentence) for fault in faults] == [
        ("of", "treatment has no method 'lgo'. Did you mean log?"),
        ("of", "winsorise.lower must be a number from 0 to 1, got 2."),
    ]


@pytest.mark.parametrize("of", [[], "log", [["log", "winsorise"]], [Chain((Log(),))], 3])
def test_a_chain_is_a_list_of_treatments_without_chains(of: object) -> None:
    method, [fault] = build("treatment", {"method": "chain", "of": of})

    assert method is None
    assert fault.sentence.startswith("chain.of must be a list of methods that may stand at")


def test_only_the_whole_chain_works_within_groups() -> None:
    assert Chain((Log(),), within="region").within == "region"
    with pytest.raises(MethodError, match="give within: region to the chain itself"):
        Chain((Log(), Winsorise(within="region")))


def test_the_schema_of_a_chain_ends_and_can_be_written() -> None:
    schema = method_schema("treatment")
    names = [form["properties"]["method"]["const"] for form in schema["anyOf"]
             if "properties" in form]  # fmt: skip
    [lists] = [form for form in schema["anyOf"] if form.get("type") == "array"]

    assert "chain" in names
    assert "chain" not in lists["items"]["anyOf"][0]["enum"]
    assert len(json.dumps(schema)) < 100_000


def test_a_chain_in_words() -> None:
    assert (
        Chain((Cap(low=0), Log("none")))
        .in_words()
        .startswith("What is below 0 counts as 0; then: a logarithm is taken of the value:")
    )
