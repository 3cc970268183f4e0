"""Faults of a rule file, each with its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import ConfigurationError

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which line (0: in no single one) and rule ("": in none), and what to do."""

    what: str
    do: str
    line: int = 0
    rule: str = ""

    def __str__(self) -> str:
        place = [f"line {self.line}"] * bool(self.line) + [f"rule {self.rule}"] * bool(self.rule)
        return f"{', '.join(place)}: {self.what}. {self.do}" if place else f"{self.what}. {self.do}"


class BrokenRulesError(ConfigurationError):
    """A rule file is refused; `faults` are all that were found, in order of their lines."""

    def __init__(self, faults: Sequence[Fault], where: str = "") -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        first = str(self.faults[0]).removesuffix(self.faults[0].do).rstrip(". ")
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"The rules are refused: {first}{more}", where=where, do=self.faults[0].do)


def quoted(text: object) -> str:
    """Something of the file, printable and short enough to be told."""
    shown = repr(text) if isinstance(text, str) else str(text)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
