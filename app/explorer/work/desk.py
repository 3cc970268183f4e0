"""What the parts of the panel work on: a case as whoever looks at it sees it now."""

from collections.abc import Callable
from dataclasses import dataclass

from app.explorer.frame import state
from app.explorer.work.acting import act
from cases.casebook import Casebook
from cases.model import Case
from cases.people import Role
from graph.language import Saying
from graph.results import Ring, Run
from graph.store.contract import Store


@dataclass(frozen=True, slots=True)
class Work:
    """A case that is looked at. `ring` is None where it was split off by hand: no run has it."""

    store: Store
    run: Run
    ring: Ring | None
    case: Case
    members: tuple[str, ...]
    history: tuple[str, ...]
    """Its id, and those of the rings whose members came into it."""

    @property
    def book(self) -> Casebook:
        """The casebook."""
        return state.casebook()

    def key(self, name: str) -> str:
        """The key of a widget of this case."""
        return f"{name} {self.case.ring_id}"

    def act(self, done: Saying, change: Callable[[str], object], role: Role = Role.ANALYST, *, place: str = "") -> bool:
        """Make a change in the name of whoever looks."""
        return act(role, self.case.ring_id, done, change, place=place)


def open_case(store: Store, run: Run, ring: Ring | None, ring_id: str) -> Work:
    """The case of a ring; `NotFoundError` where there is none."""
    book = state.casebook()
    case, lineage = book.cases.case(ring_id), book.cases.lineage(ring_id)
    history = tuple(dict.fromkeys((ring_id, *(step.source for step in lineage))))
    return Work(store, run, ring, case, book.cases.members(ring_id), history)
