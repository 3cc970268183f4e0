"""What a report of a case tells: from the store what was found, from the casebook what was said and done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.masking import masked_key, masked_properties
from app.telling import ring_in
from cases.model import Attachment, Case, Change, Judgement, Note, Regrouping
from graph.language import Language
from graph.ontology.nodes import APPLICANT
from graph.results import Ring
from graph.store.contract import Store

if TYPE_CHECKING:
    from cases.casebook import Casebook

LOG = 500
"""So many of the latest lines of the log are told."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything that belongs to it. `ring` is None where the published run does not have it.

    `names`: of the members, as the lender knows them. With `masked` nothing in a report is personal data.
    """

    case: Case
    ring: Ring | None
    names: Mapping[str, str]
    judgements: tuple[Judgement, ...]
    notes: tuple[Note, ...]
    attachments: tuple[Attachment, ...]
    regroupings: tuple[Regrouping, ...]
    changes: tuple[Change, ...]
    masked: bool

    def key(self, kind: str, key: str) -> str:
        """The key of something as it may be told."""
        return masked_key(kind, key) if self.masked and kind != APPLICANT.label else key


def gather(store: Store, book: "Casebook", ring_id: str, language: Language, *, masked: bool) -> CaseFile:
    """Everything about a case, told in this language; `NotFoundError` where there is no such case."""
    case = book.cases.case(ring_id)
    ring = store.runs.ring(ring_id)
    rings = sorted({ring_id, *(step.source for step in book.cases.lineage(ring_id))})
    return CaseFile(
        case=case,
        ring=ring_in(ring, language) if ring else None,
        names=dict(_names(store, book.cases.members(ring_id), masked)),
        judgements=tuple(book.judgements.of(rings)),
        notes=tuple(book.notes.of(rings)),
        attachments=tuple(book.attachments.of(rings)),
        regroupings=tuple(book.regroupings.of(ring_id)),
        changes=tuple(book.audit.changes(ring_id, limit=LOG)),
        masked=masked,
    )


def _names(store: Store, members: tuple[str, ...], masked: bool) -> Iterator[tuple[str, str]]:
    for who in members:
        node = store.graph.node(APPLICANT, who)
        known = {} if node is None else node.properties
        shown = masked_properties(APPLICANT.label, known) if masked else known
        yield who, str(shown.get("name", ""))
