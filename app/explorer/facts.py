"""The evidence of a ring in words, personal data masked. Nothing here is markup."""

from app.explorer.wording import day, masked, money, name_of
from app.masking import evidence_key
from app.plain_text import shortened
from app.ring_graph import Graph, transfers_by_key
from graph.results import Evidence

_LISTED = 4
"""How many applicants a sentence names before it counts the rest."""
_ID = 40
"""No id is drawn out longer than this in a sentence."""


class Facts:
    """Words for a ring's evidence, with what its graph knows of each fact."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._moves = transfers_by_key(graph)

    def name(self, item: Evidence) -> str:
        """What the fact is about: an identifier, or who paid whom how much."""
        move = self._moves.get((item.kind, item.key))
        if move:
            start, end, values = move
            return f"{self._who(start)} paid {self._who(end)} {money(int(values.get('amount', 0)))}"
        return f"{name_of(item.kind)} {shortened(evidence_key(item), _ID)}"

    def sentence(self, item: Evidence) -> str:
        """The fact with the applicants that it joins, and when."""
        people = "" if (item.kind, item.key) in self._moves else f": {_people(item.applicants)}"
        return f"{self.name(item)}{people}{_period(item)}{_detail(item)}."

    def _who(self, node: str) -> str:
        values = self._graph.nodes[node]
        return shortened(masked(values["kind"], values["key"]), _ID)


def _people(applicants: tuple[str, ...]) -> str:
    others = len(applicants) - _LISTED
    named = ", ".join(shortened(applicant, _ID) for applicant in applicants[:_LISTED])
    return named + (f" and {others} more" if others > 0 else "")


def _period(item: Evidence) -> str:
    first, last = day(item.first_seen), day(item.last_seen)
    if not first and not last:
        return ""
    return f", {first or last}" if first == last or not (first and last) else f", {first} to {last}"


def _detail(item: Evidence) -> str:
    return f" ({item.detail.rstrip('.')})" if item.detail else ""
