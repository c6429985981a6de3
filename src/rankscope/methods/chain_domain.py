"""The domain of lists of methods, such as the treatments of a chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rankscope._domains import Domain
from rankscope._registry import Method, build, method_schema

if TYPE_CHECKING:
    from rankscope._registry import Fault

CHAIN: Final = "chain"


class WrongMethodsError(ValueError):
    """Some methods in a list can not be read; ``faults`` say which and why."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class MethodsOf(Domain):
    """One or more methods of a stage, as a file names them or made already; no chains.

    ``tried`` are names of methods that go together, for contract tests.
    """

    stage: str
    tried: tuple[str, ...]

    def read(self, value: object) -> tuple[Method, ...]:
        """Return the methods.

        Raises
        ------
        WrongMethodsError
            When a member of the list names no method, or gives it wrong parameters.
        ValueError
            When the value is no list, is empty, or holds a chain.
        """
        if not isinstance(value, list | tuple) or not value:
            raise ValueError(value)
        methods: list[Method] = []
        faults: list[Fault] = []
        for given in value:
            method, wrong = (given, []) if isinstance(given, Method) else build(self.stage, given)
            faults.extend(wrong)
            methods.extend([method] if method is not None else [])
        if faults:
            raise WrongMethodsError(faults)
        if any(one.stage != self.stage or one.name == CHAIN for one in methods):
            raise ValueError(value)
        return tuple(methods)

    def words(self) -> str:
        """Return the domain in words."""
        return f"a list of methods that may stand at {self.stage}, no chains among them"

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "array", "minItems": 1, "items": method_schema(self.stage, chains=False)}

    def examples(self) -> tuple[tuple[Method, ...], ...]:
        """Return the list that is tried."""
        return (self.read(self.tried),)
