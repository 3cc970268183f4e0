"""From a decision of the log to what an appeal against it keeps: the decision as it was."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from cases.appeal_model import Entity, Hit, Linked, Objection
from decisions.log.record import Decision
from decisions.outcome import Outcome
from graph.errors import UsageError

_MICROSECONDS = 1_000_000
_Body = Mapping[str, Any]


class NotAppealableError(UsageError):
    """The decision is not one that anybody could object to."""

    def __init__(self) -> None:
        super().__init__("The application was approved", do="Appeals are against refusals and reviews.")


def objection_of(decision: Decision, text: str) -> Objection:
    """What the customer objects to, in his words; `NotAppealableError` for an application that was approved.

    (`decisions.body` says what is in the body.)
    """
    if decision.outcome is Outcome.APPROVE:
        raise NotAppealableError
    body: _Body = orjson.loads(decision.body)
    entities = tuple(_entity(each, body["links"]) for each in body["identifiers"])
    return Objection(
        decision_id=decision.decision_id,
        applicant_id=decision.applicant_id,
        application_id=decision.application_id,
        outcome="reject" if decision.outcome is Outcome.REJECT else "review",
        decided_at=decision.decided_at // _MICROSECONDS,
        hits=_hits(body["reasons"], entities),
        entities=entities,
        links=tuple(
            Linked(applicant_id=link["applicant_id"], fraud=link["known_fraud"])
            for link in body["links"]
            if link["held"]
        ),
        text=text,
    )


def _entity(identifier: _Body, links: Sequence[_Body]) -> Entity:
    """An identifier, with those linked applicants who have it too."""
    same = identifier["kind"], identifier["key"]
    sharing = [
        link["applicant_id"]
        for link in links
        if any((evidence["kind"], evidence["key"]) == same for evidence in link["evidence"])
    ]
    return Entity(
        kind=identifier["source"],
        key=identifier["key"],
        hub=identifier["hub"],
        applicants=tuple(sharing),
    )


def _hits(reasons: Sequence[_Body], entities: Sequence[Entity]) -> tuple[Hit, ...]:
    """The rules behind the reasons, those first whose reason weighed most."""
    return tuple(
        Hit(
            rule=rule,
            code=reason["code"],
            told=reason["analyst"],
            entities=tuple(dict.fromkeys(entities[at].kind for at in reason["identifiers"])),
        )
        for reason in sorted(reasons, key=lambda each: -each["points"])
        for rule in reason["rules"]
    )
