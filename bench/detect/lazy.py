"""Functions that are imported when they are needed, so that each process holds the libraries of one method alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Lazy:
    """The function `name` of a module of this package, with what it is given first (lazy things are loaded, too)."""

    module: str
    name: str
    given: tuple[object, ...] = ()

    def load(self) -> Callable[..., Any]:
        """Import the module and give the function."""
        given = [one.load() if isinstance(one, Lazy) else one for one in self.given]
        return partial(getattr(import_module(f"bench.detect.{self.module}"), self.name), *given)
