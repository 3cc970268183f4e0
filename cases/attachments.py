"""Attachments: files that belong to a case, kept in the database with it, so that one backup holds both."""

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import insert, select

from cases import texts
from cases.desk import Desk
from cases.model import Attachment
from cases.schema import ATTACHMENT
from cases.sniffing import media_type
from cases.writing import changing
from graph.errors import BadInputError, NotFoundError

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 255
_ABOUT = [column for column in ATTACHMENT.c if column.name != "content"]


class Attachments:
    """Keeps files and gives them back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, ring_id: str, name: str, content: bytes, *, author: str, seen: int | None = None) -> Attachment:
        """Keep a file. Its name is data like any other; what it is follows from its bytes."""
        if not 0 < len(content) <= MOST_BYTES:
            raise BadInputError("The file is empty or too large", do=f"At most {MOST_BYTES:,} bytes.")
        about = {
            "name": texts.storable(name, "The file's name")[:LONGEST_NAME],
            "media_type": media_type(content),
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
        }
        with changing(self._desk, ring_id, author, seen) as writing:
            values = {"ring_id": ring_id, "author": writing.author, "at": writing.at, **about}
            kept = insert(ATTACHMENT).values(content=content, **values).returning(ATTACHMENT.c.id)
            number = writing.connection.execute(kept).scalar_one()
            writing.record("attach", before=None, after={"attachment": number, **about})
        return Attachment.model_validate(values | {"id": number})

    def of(self, ring_ids: Sequence[str]) -> list[Attachment]:
        """What is attached to these rings, the oldest first."""
        query = select(*_ABOUT).where(ATTACHMENT.c.ring_id.in_(ring_ids)).order_by(ATTACHMENT.c.id)
        with self._desk.database.reading() as connection:
            return [Attachment.model_validate(row) for row in connection.execute(query)]

    def content(self, number: int) -> bytes:
        """The bytes of one of them; `BadInputError` where they are not those that were kept."""
        query = select(ATTACHMENT.c.content, ATTACHMENT.c.sha256).where(ATTACHMENT.c.id == number)
        with self._desk.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError("There is no attachment of this number", where=str(number))
        content, expected = bytes(row[0]), row[1]
        if sha256(content).hexdigest() != expected:
            raise BadInputError("The attachment is damaged", where=str(number), do="Take it from a backup.")
        return content
