"""What reasons rest on that are told of people: who lives with whom, who first applied when, who is known fraud."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from detectors.anomaly.unusual import Unusual
from detectors.common_ground import ids_of
from detectors.contract import Context
from detectors.figures import TEMPO_WINDOW, first_application
from detectors.taint import KNOWN, LABEL_OF, blacklisted, places_of
from graph.judgements import APPLICANT_KIND, judgements
from graph.ontology.nodes import APPLICANT
from graph.projection import Index, Mask, Projection
from graph.results import Evidence

KNOWN_WEIGHT = 2.0
"""As much as one member who is known fraud weighs in the reason."""


class _Mark(NamedTuple):
    """That somebody (account number) is labelled or listed, or uses what is (node label and key), and since when."""

    person: int
    kind: str
    key: str
    since: int


class Measured:
    """The evidence of reasons that are no sharing and no transfers. `member`: everybody who is in a ring."""

    def __init__(self, context: Context, member: Index, taint: npt.NDArray[np.float64], unusual: Unusual) -> None:
        self._roof, self._id = context.roof, dict(zip(member.tolist(), ids_of(context, member), strict=True))
        self._asked = first_application(context)
        known = np.zeros(len(taint), np.bool_)
        known[member] = taint[member] > KNOWN
        self._marks: dict[int, list[_Mark]] = {}
        for mark in _marks(context.projection, known):
            self._marks.setdefault(mark.person, []).append(mark)
        self._of: Mapping[str, Callable[[Index], Iterator[Evidence]]] = {
            "many_homes": self._homes,
            "burst": self._burst,
            "known_fraud": partial(self._known, "known_fraud"),
            "known_circle": partial(self._known, "known_circle"),
            **{f"unusual_{habit}": partial(self._odd, habit, odd) for habit, odd in unusual.odd.items()},
        }

    def evidence(self, code: str, members: Index) -> Iterator[Evidence]:
        """What the reason of this code rests on in a ring of these members (sorted); nothing for other codes."""
        return self._of[code](members) if code in self._of else iter(())

    def _homes(self, members: Index) -> Iterator[Evidence]:
        roof = self._roof[members]
        for one in np.unique(roof):
            yield _about_applicants("many_homes", self._ids(members[roof == one]))

    def _burst(self, members: Index) -> Iterator[Evidence]:
        members = members[self._asked[members] >= 0]
        asked = self._asked[members]
        ordered = np.sort(asked)
        within = np.searchsorted(ordered, ordered + TEMPO_WINDOW, side="right") - np.arange(len(ordered))
        begin = ordered[np.argmax(within)]
        quick = (asked >= begin) & (asked <= begin + TEMPO_WINDOW)
        for one, at in zip(self._ids(members[quick]), asked[quick].tolist(), strict=True):
            yield _about_applicants("burst", (one,), at)

    def _odd(self, habit: str, odd: Mask, members: Index) -> Iterator[Evidence]:
        for one in self._ids(members[odd[members]]):
            yield _about_applicants(f"unusual_{habit}", (one,))

    def _known(self, code: str, members: Index) -> Iterator[Evidence]:
        marks = [mark for one in members.tolist() for mark in self._marks.get(one, ())]
        for kind, key in dict.fromkeys((mark.kind, mark.key) for mark in marks):
            same = [mark for mark in marks if (mark.kind, mark.key) == (kind, key)]
            since = min(mark.since for mark in same)
            yield Evidence.model_construct(
                code=code,
                kind=kind,
                key=key,
                applicants=self._ids(np.unique([mark.person for mark in same])),
                weight=KNOWN_WEIGHT,
                first_seen=since,
                last_seen=since,
            )

    def _ids(self, people: Index) -> tuple[str, ...]:
        return tuple(self._id[one] for one in people.tolist())


def _about_applicants(code: str, ids: tuple[str, ...], at: int | None = None) -> Evidence:
    """What is told of applicants themselves, under the id of the first."""
    return Evidence.model_construct(
        code=code, kind=APPLICANT.label, key=ids[0], applicants=ids, first_seen=at, last_seen=at
    )


def _marks(projection: Projection, wanted: Mask) -> Iterator[_Mark]:
    """Why these accounts are known fraud."""
    said = judgements(projection)
    fraud = said.filter("fraud")
    since = {(kind, value): at for kind, value, at in fraud.select("kind", "value", "at").iter_rows()}
    people = fraud.filter((pl.col("kind") == APPLICANT_KIND) & pl.col("value").is_in(projection.accounts.implode()))
    for person, name in zip(places_of(people["value"], projection.accounts).tolist(), people["value"], strict=True):
        if wanted[person]:
            yield _Mark(person, APPLICANT.label, name, since[APPLICANT_KIND, name])
    for kind, label in LABEL_OF.items():
        seen = projection.observations[label]
        row = np.flatnonzero(blacklisted(projection, said, kind)[seen.identifier] & wanted[seen.applicant])
        keys = seen.keys.gather(seen.identifier[row])
        for person, key in zip(seen.applicant[row].tolist(), keys, strict=True):
            yield _Mark(person, label, key, since[kind, key])
