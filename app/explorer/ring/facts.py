"""Names of the facts of a ring, personal data masked. Nothing here is markup."""

from app.explorer.frame.language import said
from app.explorer.wording import masked, money, name_of
from app.masking import evidence_key
from app.plain_text import shortened
from app.ring_graph import Graph, transfers_by_key
from graph.language import Saying
from graph.results import Evidence

_PAID = Saying("{start} paid {end} {amount}", "{start} 向 {end} 转账 {amount}")
_ID = 40
"""No id is drawn out longer than this."""


class Facts:
    """Names for a ring's evidence, with what its graph knows of each fact."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._moves = transfers_by_key(graph)

    def name(self, item: Evidence) -> str:
        """What the fact is about: an identifier, or who paid whom how much."""
        move = self._moves.get((item.kind, item.key))
        if move:
            start, end, values = move
            amount = money(int(values.get("amount", 0)))
            return said(_PAID, start=self._who(start), end=self._who(end), amount=amount)
        return f"{name_of(item.kind)} {shortened(evidence_key(item), _ID)}"

    def _who(self, node: str) -> str:
        values = self._graph.nodes[node]
        return shortened(masked(values["kind"], values["key"]), _ID)
