"""How two members of a ring are tied together: the shortest way from one to the other over the evidence.

The less certain a step, the longer it is: from 1 for very strong evidence to 2 for the weakest. So a way of fewer steps
mostly wins, and among like ways the one with the stronger evidence does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
from pydantic import BaseModel, ConfigDict, Field

from app.masking import masked_evidence
from app.telling import fact_words
from graph.errors import NotFoundError
from graph.language import Language
from graph.results import Evidence, Ring


@dataclass(frozen=True, slots=True)
class Step:
    """Two who are joined by a fact: ids of applicants, or of the outside account at one end of a transfer."""

    start: str
    end: str
    evidence: Evidence


class ToldStep(BaseModel):
    """A step as it may be shown."""

    model_config = ConfigDict(serialize_by_alias=True)

    start: str = Field(alias="from", description="A member, or an outside account, masked")
    end: str = Field(alias="to", description="Whom the fact joins with the first")
    text: str = Field(description="The fact in one sentence")
    evidence: Evidence


def evidence_path(ring: Ring, start: str, end: str) -> tuple[Step, ...]:
    """The shortest way between two members, the same whatever the order of the evidence, and back as it goes there.

    Empty if the evidence does not join them (or if they are one); `NotFoundError` if one is no member.
    """
    if not {start, end} <= {member.applicant_id for member in ring.members}:
        raise NotFoundError("The ring has no such member", do="Choose two of the members that it lists.")
    low, high = sorted((start, end))
    graph, facts = _joined(ring)
    if low == high or not (low in graph and high in graph and nx.has_path(graph, low, high)):
        return ()
    nodes = nx.dijkstra_path(graph, low, high)
    steps = [Step(str(nodes[at - 1]), str(nodes[at + 1]), facts[int(nodes[at])]) for at in range(1, len(nodes), 2)]
    return tuple(steps) if start == low else tuple(Step(step.end, step.start, step.evidence) for step in steps[::-1])


def told(steps: Iterable[Step], language: Language) -> tuple[ToldStep, ...]:
    """The steps in words, identifiers and outside accounts masked."""
    return tuple(_told(step, language) for step in steps)


def _told(step: Step, language: Language) -> ToldStep:
    item = masked_evidence(step.evidence)
    shown = {step.evidence.payer: item.payer, step.evidence.payee: item.payee}
    start, end = (shown.get(who, who) for who in (step.start, step.end))
    text = fact_words(step.evidence, language, (start, end))
    return ToldStep.model_construct(start=start, end=end, text=text, evidence=item)


def _joined(ring: Ring) -> tuple["nx.Graph[str | int]", list[Evidence]]:
    """Whom each fact joins, as a graph of people (ids) and facts (places in the list), the strongest first."""
    graph: nx.Graph[str | int] = nx.Graph()
    facts = sorted(ring.evidence, key=lambda one: (-one.weight, one.code, one.kind, one.key))
    for number, fact in enumerate(facts):
        for who in sorted(fact.joins):
            graph.add_edge(number, who, weight=(1 + 1 / (1 + fact.weight)) / 2)
    return graph, facts
