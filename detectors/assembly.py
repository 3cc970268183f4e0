"""Puts rings together: members, score, reasons, evidence, identity."""

from collections.abc import Mapping, Sequence

import numpy as np
import orjson
import polars as pl
from pydantic import BaseModel

from detectors.chances import chances, meaning
from detectors.common_ground import as_evidence, ids_of
from detectors.contract import Context, Finding
from detectors.identity import Identity, identify
from detectors.joining import joined
from detectors.keeping import kept
from detectors.measured import Measured
from detectors.nearness import Hint, Nearness
from detectors.norms import norms
from detectors.reasons import ring_reasons, shared_counts
from detectors.rings import Gathered
from detectors.scoring import applicant_parts, calibrated, total
from detectors.sentences import reason_text
from detectors.taint import places_of, risk
from detectors.weighing import customers, weighed
from graph.language import Language
from graph.results import Change, Evidence, Member, Reason, Ring

LEAST_TOTAL = 0.074
"""A group whose parts add up to less is no ring: it would only hide the others. Labels do not move this."""

SUSPICIOUS = 0.5
"""Chance from which a group is taken for a piece of a ring, by its own evidence alone."""

MOST_EVIDENCE = 200
MOST_REASONS = 3
CORE = 0.6
"""Members who hold at least this much of what the best held one does are the core."""


SCORES = {
    "applicant_id": pl.String,
    "score": pl.Float64,
    "ring_id": pl.String,
    "parts": pl.String,
    "reasons": pl.String,
}

_Score = tuple[float, str | None, str, str]


class Assembly:
    """Everything that is computed once for all rings of a run."""

    def __init__(self, context: Context, gathered: Sequence[Gathered]) -> None:
        about = customers(context)
        self.context, self.taint = context, about.taint
        pieces = weighed(context, about, gathered)
        curve, learned_from = meaning(context, about, pieces.totals, LEAST_TOTAL)
        whole = joined(context, gathered, curve.chance(pieces.totals.total) >= SUSPICIOUS)
        groups = weighed(context, about, whole) if len(whole) < len(gathered) else pieces
        self.gathered, self.figures = groups.gathered, groups.figures
        self.parts, self.totals = groups.parts, groups.totals
        self.near = Nearness(context, about.said, about.reached, risk(about.said, about.hints))
        self.unusual = 1 - np.exp(-about.odd.level)
        findings = (finding for one in self.gathered for finding in one.findings)
        self.norms = norms(context, findings, about.taint, about.odd)
        self.evidence = as_evidence(context, groups.ground, MOST_EVIDENCE)
        self.measured = Measured(context, self.totals.member, about.taint, about.odd)
        self.shared = shared_counts(groups.ground)
        self.chances = chances(curve, learned_from, about.said, self.totals)

    def rings(self, run_id: str, before: Mapping[str, frozenset[str]]) -> list[Ring]:
        """All rings, the highest score first; those that are gone come last."""
        worth_telling = np.flatnonzero(self.totals.total >= LEAST_TOTAL).tolist()
        ids = [ids_of(self.context, np.array(sorted(self.gathered[at].members), np.int32)) for at in worth_telling]
        identities, gone = identify([frozenset(one) for one in ids], before)
        rings = zip(worth_telling, ids, identities, strict=True)
        found = sorted(
            (self._ring(at, own, identity, run_id) for at, own, identity in rings),
            key=lambda ring: (-ring.score, ring.ring_id),
        )
        return found + [_gone(old, before[old], run_id) for old in gone]

    def scores(self, rings: Sequence[Ring]) -> pl.DataFrame:
        """Every applicant with a score above 0, as `RunStore.publish` wants them, in order of id."""
        living = [ring for ring in rings if ring.change is not Change.GONE]
        rows = {
            member.applicant_id: (member.score, ring.ring_id, reasons[member.applicant_id])
            for ring in reversed(living)
            for reasons in (_reasons_of_members(ring),)
            for member in ring.members
        }
        near = self.near.reasons()
        odd = self._oddness(sorted(rows.keys() | near.keys()))
        scored = [(one, *_score(near.get(one), odd[one], *row)) for one, row in rows.items()]
        scored += [(one, *_tainted(hint, odd[one])) for one, hint in near.items() if one not in rows]
        return pl.DataFrame(scored, schema=SCORES, orient="row").sort("applicant_id")

    def _oddness(self, ids: Sequence[str]) -> dict[str, float]:
        """The share of customers who are less unusual than each of these."""
        place = places_of(pl.Series(ids, dtype=pl.String), self.context.projection.accounts)
        return dict(zip(ids, self.unusual[place].tolist(), strict=True))

    def _ring(self, at: int, ids: Sequence[str], identity: Identity, run_id: str) -> Ring:
        figures, gathered, chances = self.figures[at], self.gathered[at], self.chances
        reasons = ring_reasons(figures, self.shared.get(at, ()), gathered.findings, self.norms)
        score = float(chances.ring[at])
        people = sorted(gathered.members)
        measured = (
            one for reason in reasons for one in self.measured.evidence(reason.code, np.array(people, np.int32))
        )
        evidence = _evidence((*self.evidence.get(at, ()), *measured), gathered.findings)
        first = [one.first_seen for one in evidence if one.first_seen is not None]
        last = [one.last_seen for one in evidence if one.last_seen is not None]
        return Ring.model_construct(
            ring_id=identity.ring_id,
            run_id=run_id,
            score=score,
            size=len(ids),
            change=identity.change,
            kind=reasons[0].code,
            exposure=figures["exposure"],
            expected_loss=round(score * figures["exposure"]),
            first_seen=min(first, default=None),
            last_seen=max(last, default=None),
            headline=reasons[0].text,
            headline_figures=reasons[0].figures,
            false_kills=float(chances.false_kills[at]),
            false_kills_low=int(chances.low[at]),
            false_kills_high=int(chances.high[at]),
            members=self._members(at, ids),
            parts=calibrated(self.parts[at], score),
            reasons=reasons,
            evidence=evidence,
            previous=identity.previous,
        )

    def _members(self, at: int, ids: Sequence[str]) -> tuple[Member, ...]:
        """The most suspicious first."""
        rows = slice(*np.searchsorted(self.totals.ring, [at, at + 1]))
        members = [
            Member.model_construct(applicant_id=one, score=score, role="core" if hold >= CORE else "edge")
            for one, score, hold in zip(
                ids, self.chances.member[rows].tolist(), self.totals.hold[rows].tolist(), strict=True
            )
        ]
        return tuple(sorted(members, key=lambda member: (-member.score, member.applicant_id)))


def _evidence(own: Sequence[Evidence], findings: Sequence[Finding]) -> tuple[Evidence, ...]:
    """What members share, what was measured and what the detectors found, each once, the most telling first."""
    found = {(one.code, one.kind, one.key): one for finding in findings for one in finding.evidence}
    found |= {(one.code, one.kind, one.key): one for one in own}
    ordered = sorted(found.values(), key=lambda one: (-one.weight, one.code, one.first_seen or 0, one.kind, one.key))
    return kept(ordered, MOST_EVIDENCE)


def _reasons_of_members(ring: Ring) -> dict[str, tuple[Reason, ...]]:
    """The ring's reasons by member: first those whose evidence names him, then what holds of the others."""
    named = {(who, one.code) for one in ring.evidence for who in one.applicants}
    return {
        who: tuple(sorted(ring.reasons, key=lambda reason: (who, reason.code) not in named)[:MOST_REASONS])
        for who in (member.applicant_id for member in ring.members)
    }


def _score(near: Hint | None, odd: float, score: float, ring_id: str, reasons: Sequence[Reason]) -> _Score:
    parts = applicant_parts(score, near.risk if near else 0.0, odd)
    return total(parts), ring_id, _json(parts), _json([*reasons, *([near.reason] if near else [])])


def _gone(ring_id: str, members: frozenset[str], run_id: str) -> Ring:
    """A ring of the run before that is no more, with its last known members."""
    return Ring(
        ring_id=ring_id,
        run_id=run_id,
        score=0.0,
        size=len(members),
        change=Change.GONE,
        kind="gone",
        exposure=0,
        expected_loss=0,
        headline=reason_text("gone", {}, Language.EN),
        members=tuple(Member(applicant_id=one, score=0.0) for one in sorted(members)),
        parts=(),
        reasons=(),
        evidence=(),
        previous=(ring_id,),
    )


def _tainted(near: Hint, odd: float) -> _Score:
    parts = applicant_parts(0.0, near.risk, odd)
    return total(parts), None, _json(parts), _json([near.reason])


def _json(values: Sequence[BaseModel]) -> str:
    return orjson.dumps([value.model_dump() for value in values]).decode()
