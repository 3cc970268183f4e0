"""After a run: a case for every ring, and what became of the cases of rings that changed.

A case whose ring is gone keeps its state, its judgements and its notes; the ring that took its members leads to it.
"""

from collections.abc import Mapping, Sequence, Set

from sqlalchemy import Connection, Table, delete, insert, select, update

from cases import audit
from cases.desk import DAY, Desk
from cases.model import How, State
from cases.regroupings import regrouped, standing_regroupings
from cases.schema import CASE_MEMBER, LINEAGE, RING_CASE
from cases.settled import Settled
from cases.standing import standing
from cases.texts import DETECTION
from graph.results import Change, Ring, Run


class Following:
    """Brings the cases in step with one run, over a connection whose transaction is the caller's."""

    def __init__(self, desk: Desk, connection: Connection, run: Run, rings: Sequence[Ring]) -> None:
        self._connection, self._run, self._at, self._days = connection, run, desk.clock(), desk.rules.case_days
        self._rings = [ring for ring in rings if ring.change is not Change.GONE]
        found = {ring.ring_id: frozenset(member.applicant_id for member in ring.members) for ring in self._rings}
        self._said = standing_regroupings(connection)
        self._members = regrouped(found, self._said)
        cases = select(RING_CASE).order_by(RING_CASE.c.ring_id).with_for_update()
        self._cases = {row["ring_id"]: dict(row) for row in connection.execute(cases).mappings()}
        self._log: list[audit.Line] = []
        self._settled = Settled(standing(connection, self._at))

    def follow(self) -> None:
        """Open cases, keep their members and where those came from, and look again at what was decided."""
        self._open([ring_id for ring_id in self._members if ring_id not in self._cases])
        changed = self._keep_members()
        self._link()
        for ring_id, case in self._cases.items():
            self._update(ring_id, case, ring_id in changed)
        audit.record(self._connection, self._log)

    def _open(self, ring_ids: Sequence[str]) -> None:
        """New cases, decided at once where everything has been said of their members."""
        same = {"opened_at": self._at, "due_at": self._due, "lives": True, "version": 1}
        rows = [{"ring_id": ring_id, "state": self._state(ring_id), "owner": None, **same} for ring_id in ring_ids]
        _insert(self._connection, RING_CASE, rows)
        for row in rows:
            self._record(str(row["ring_id"]), "open", None, {"state": row["state"], "run": self._run.run_id})

    def _keep_members(self) -> Set[str]:
        """Keep who is in which ring; tells in which of them that is new."""
        before: dict[str, set[str]] = {}
        for ring_id, who in self._connection.execute(select(CASE_MEMBER)):
            before.setdefault(ring_id, set()).add(who)
        changed = {ring_id: now for ring_id, now in self._members.items() if before.get(ring_id, set()) != now}
        for ring_id, now in changed.items():
            if old := before.get(ring_id):
                self._connection.execute(delete(CASE_MEMBER).where(CASE_MEMBER.c.ring_id == ring_id))
                self._record(ring_id, "members", {"left": sorted(old - now)}, {"joined": sorted(now - old)})
        rows = [{"ring_id": ring_id, "applicant_id": who} for ring_id, now in changed.items() for who in sorted(now)]
        _insert(self._connection, CASE_MEMBER, rows)
        return changed.keys()

    def _link(self) -> None:
        """Of rings that came from others: which went into them whole, and which live on beside them."""
        known = self._cases.keys() | self._members.keys()
        rows = [
            {"source": source, "target": ring.ring_id, "run_id": self._run.run_id, "how": how, "at": self._at}
            for ring in self._rings
            for source in self._sources(ring)
            if source != ring.ring_id and source in known
            for how in ["merged" if ring.change is Change.MERGED and source not in self._members else "split"]
        ]
        _insert(self._connection, LINEAGE, rows)
        for row in rows:
            self._record(str(row["source"]), str(row["how"]), None, {"into": row["target"], "run": row["run_id"]})

    def _sources(self, ring: Ring) -> list[str]:
        """The rings that it came from; where one of them is gone, also what had been split from that by hand."""
        gone = {each for each in ring.previous if each not in self._members}
        split = [one.target for one in self._said if one.how is How.SPLIT and one.ring_id in gone]
        return [*ring.previous, *(each for each in split if each not in {*self._members, *ring.previous})]

    def _update(self, ring_id: str, case: Mapping[str, object], has_new_members: bool) -> None:
        """Does the ring live? A decided case is opened again when somebody joined of whom nothing was said."""
        values: dict[str, object] = {"lives": ring_id in self._members}
        if values["lives"] and State.DECIDED in {case["state"], self._state(ring_id)}:
            values["state"] = self._state(ring_id)
        if values.get("state") == State.OPEN:
            values["due_at"] = self._due
        new = {name: value for name, value in values.items() if value != case[name]}
        if new or has_new_members:
            change = update(RING_CASE).where(RING_CASE.c.ring_id == ring_id)
            self._connection.execute(change.values(new | {"version": RING_CASE.c.version + 1}))
        if new:
            self._record(ring_id, "follow", {name: case[name] for name in new}, new)

    @property
    def _due(self) -> int:
        return self._at + self._days * DAY

    def _state(self, ring_id: str) -> str:
        return (State.DECIDED if self._settled.covers(self._members[ring_id]) else State.OPEN).value

    def _record(self, ring_id: str, action: str, before: audit.State, after: audit.State) -> None:
        self._log.append(audit.line(ring_id, action, before=before, after=after, author=DETECTION, at=self._at))


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
