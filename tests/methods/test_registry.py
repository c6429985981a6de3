"""The registry: what files may say, how it is read, and how faults are worded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope._domains import Between, Ends, Whole
from rankscope._registry import build, describe, method_schema, stages
from rankscope.errors import MethodError
from rankscope.methods.normalisation import MinMax
from rankscope.methods.steps import Linear, Round
from rankscope.methods.treatment import SkewKurtosis, Winsorise


def faults(stage: str, given: object) -> list[tuple[str, str]]:
    method, found = build(stage, given)

    assert method is None
    return [(fault.key, fault.sentence) for fault in found]


def test_a_name_alone_makes_the_method_with_its_defaults() -> None:
    assert build("normalisation", "min_max") == (MinMax(), [])


def test_parameters_are_read_as_their_domains_want_them() -> None:
    read = build("treatment", {"method": "winsorise", "lower": "1/20", "upper": "0.9"})[0]

    assert read == Winsorise(0.05, 0.9)
    assert MinMax([1, 5]) == MinMax((1.0, 5.0))
    assert Round("2").decimals == 2
    assert len({MinMax([1, 5]), MinMax((1, 5))}) == 1


def test_all_wrong_parameters_are_told_at_once() -> None:
    given = {"method": "skew_kurtosis", "skewness": -1, "max_points": 2.5, "kurtoses": 3}

    assert faults("treatment", given) == [
        ("skewness", "skew_kurtosis.skewness must be a number of at least 0, got -1."),
        ("max_points", "skew_kurtosis.max_points must be a whole number from 0 to 10000, got 2.5."),
        ("kurtoses", "skew_kurtosis has no parameter 'kurtoses'. Did you mean kurtosis?"),
    ]


def test_an_unknown_method_gets_the_nearest_names() -> None:
    [(key, sentence)] = faults("treatment", "winsorize")

    assert key == "method"
    assert sentence.endswith("Did you mean winsorise or winsorise_points?")


@pytest.mark.parametrize("given", [3, ["min_max"], {}, {"to": [0, 1]}, None])
def test_what_names_no_method_is_a_fault(given: object) -> None:
    assert faults("normalisation", given)


def test_parameters_that_forbid_each_other_are_a_fault() -> None:
    [(_, sentence)] = faults("treatment", {"method": "winsorise", "lower": 0.9, "upper": 0.1})

    assert sentence == "winsorise.lower must be less than winsorise.upper, got 0.9 and 0.1."


def test_a_parameter_that_must_be_given_is_a_fault_when_it_is_not() -> None:
    [(_, sentence)] = faults("step", "linear")

    assert sentence == "linear.factor must be a number, got None."
    with pytest.raises(MethodError, match=r"linear\.factor"):
        Linear()


@pytest.mark.parametrize("text", ["1/0", "1/2/3", "/", "1/", "nan", "inf", "1e999", "", "x", True])
def test_what_is_no_number_is_refused(text: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the registry words it
        Between().read(text)


@given(st.fractions(-100, 100, max_denominator=1000))
def test_fractions_are_numbers(fraction: object) -> None:
    assert Between().read(str(fraction)) == pytest.approx(float(fraction))


@pytest.mark.parametrize("given", [(1, 1), (2, 1), (1,), (1, 2, 3), "12", None, (0, float("nan"))])
def test_ends_are_two_numbers_in_order(given: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        Ends().read(given)


def test_examples_lie_inside_their_domain() -> None:
    for domain in (Between(), Between(low=3), Between(high=-3), Between(0, 1), Whole(2, 2)):
        for example in domain.examples():
            assert domain.read(example) == example


def test_what_is_left_at_its_default_is_not_written() -> None:
    assert describe(SkewKurtosis(max_points=3)) == {"method": "skew_kurtosis", "max_points": 3}
    assert describe(MinMax()) == {"method": "min_max"}


def test_every_stage_has_a_schema_that_names_each_parameter() -> None:
    forms = [form for stage in stages() for form in method_schema(stage)["anyOf"]]
    described = [own for form in forms for own in form.get("properties", {}).values()]

    assert len(forms) > 20
    assert all("const" in own or own["description"] for own in described)
