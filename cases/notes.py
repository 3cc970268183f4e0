"""Notes on a case, with the pieces of evidence that they speak of."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from cases import texts
from cases.desk import Desk
from cases.model import Mention, Note
from cases.schema import NOTE
from cases.writing import changing
from graph.errors import UsageError
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS

EVIDENCE_KINDS = frozenset({kind.label for kind in NODE_KINDS} | {kind.type for kind in RELATIONSHIP_KINDS})


class Notes:
    """Writes and reads them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self, ring_id: str, written: str, *, author: str, evidence: Sequence[Mention] = (), seen: int | None = None
    ) -> Note:
        """Write a note. `UsageError` where it mentions evidence of a kind that there is not."""
        content = {"text": texts.text(written, "The note"), "evidence": [_checked(one) for one in evidence]}
        with changing(self._desk, ring_id, author, seen) as writing:
            values = {"ring_id": ring_id, "author": writing.author, "at": writing.at, **content}
            number = writing.connection.execute(insert(NOTE).values(values).returning(NOTE.c.id)).scalar_one()
            writing.record("note", before=None, after={"note": number, **content})
        return Note.model_validate(values | {"id": number})

    def of(self, ring_ids: Sequence[str]) -> list[Note]:
        """All notes on these rings, the oldest first."""
        query = select(NOTE).where(NOTE.c.ring_id.in_(ring_ids)).order_by(NOTE.c.id)
        with self._desk.database.reading() as connection:
            return [Note.model_validate(row) for row in connection.execute(query)]


def _checked(mention: Mention) -> dict[str, str]:
    if mention.kind not in EVIDENCE_KINDS or not mention.key:
        raise UsageError(f"There is no evidence of the kind {mention.kind!r}", do="Name it as `Device:KEY`.")
    return {"kind": mention.kind, "key": texts.storable(mention.key, "The evidence")}
