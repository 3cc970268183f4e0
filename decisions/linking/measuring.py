"""The features of an application: what the live link check found, in the names that rules use."""

from collections.abc import Iterator
from datetime import UTC, datetime

from decisions.application import Application
from decisions.features import NOTHING, SOURCES, Features, Value
from decisions.linking.background import Background
from decisions.linking.hubs import Hub
from decisions.linking.identified import Identified
from decisions.linking.known import LISTED_AS, Known
from decisions.linking.links import MILLI
from decisions.linking.looking import MOST_USERS, Look
from decisions.linking.velocity import Recent, velocity
from graph.ontology.relationships import HAS_CARD, HAS_ID, HAS_PHONE, SUBMITTED, USED_DEVICE

MONTH = 30 * 86_400
PURPOSE = "purpose"
"""The source under which the log keeps what credit was wanted for."""

_CHANGES = {"device": USED_DEVICE, "phone": HAS_PHONE, "id": HAS_ID, "card": HAS_CARD}
"""What one person changes often if he is not one person, by source."""


def features(
    application: Application, look: Look, recent: Recent, background: Background, missing: tuple[str, ...]
) -> Features:
    """A value for every name of the catalogue. `missing`: parts that could not be asked, beside what was not given."""
    asked, known, run = look.asked, background.known, background.run
    found: dict[str, Value] = dict(NOTHING)
    found |= _said(application, asked)
    found |= _of_person(look, known)
    for hub in sorted(look.hubs, key=_users):
        found |= _of_hub(hub)
    found |= {f"{hub.given.source}_blacklisted": True for hub in look.hubs if is_listed(hub, known, background)}
    found |= velocity(asked, look.hubs, recent, look.around.uses.get(SUBMITTED.type, ()))
    found |= _changes(look, recent)
    found |= _contradictions(application, look, recent)
    found["run_age_hours"] = round((asked.at - run.as_of.timestamp()) / 3600, 2) if run else 0.0
    found["missing"] = [*asked.missing, *missing]
    return found


def _said(application: Application, asked: Identified) -> Iterator[tuple[str, Value]]:
    yield "amount", float(application.amount or 0)
    yield "term_days", float(application.term_days or 0)
    yield "purpose", application.purpose or ""
    yield "channel", application.channel or ""
    yield "hour", float(datetime.fromtimestamp(asked.at, UTC).hour)


def _of_person(look: Look, known: Known) -> dict[str, Value]:
    own, rings, fraud = look.asked.applicant_id, look.rings, look.fraud
    held = [link for link in look.links if link.held]
    return {
        "applicant_known": look.around.properties is not None,
        "applicant_score": look.score,
        "applicant_fraud": own in known.fraud or ("applicant", own) in known.listed,
        "applicant_cleared": own in known.cleared,
        "ring_score": rings.own.score if rings.own else 0.0,
        "ring_size": float(rings.own.size) if rings.own else 0.0,
        "links": float(len(held)),
        "link_weight": max((link.weight for link in held), default=0.0),
        "fraud_links": float(fraud.linked),
        "fraud_links_90d": float(fraud.linked_recent),
        "fraud_2hops": float(fraud.within_two),
        "fraud_2hops_90d": float(fraud.within_two_recent),
        "joins_ring_score": rings.joins.score if rings.joins else 0.0,
        "joins_ring_size": float(rings.joins.size) if rings.joins else 0.0,
        "forms_ring_size": float(rings.forms),
        "shared_worth": sum(hub.worth for hub in look.hubs) / MILLI,
    }


def _of_hub(hub: Hub) -> dict[str, Value]:
    """How it is shared. (Of several contacts the busiest is told.)"""
    source = hub.given.source
    if source not in SOURCES:
        return {}
    return {f"{source}_hub": hub.kind, f"{source}_users": float(_users(hub)), f"{source}_new_hub": hub.new}


def _users(hub: Hub) -> int:
    return MOST_USERS + 1 if hub.crowd else hub.users


def is_listed(hub: Hub, known: Known, background: Background) -> bool:
    """Is the identifier on a blacklist? One entry does not taint the many who share it."""
    kind = LISTED_AS.get(hub.given.source)
    few = _users(hub) <= (background.learned.limits.listed if background.learned else MOST_USERS)
    return few and kind is not None and (kind, hub.given.key) in known.listed


def _changes(look: Look, recent: Recent) -> Iterator[tuple[str, Value]]:
    """How many devices, phones, ids and cards the applicant has had within a month, those of now included."""
    since = look.asked.at - MONTH
    for source, kind in _CHANGES.items():
        now = {one.key for one in look.asked.given if one.source == source}
        before = {one.key for one in look.around.uses.get(kind.type, ()) if (one.last or 0) >= since}
        yield f"applicant_{source}s_30d", float(len(now | before | set(recent.own.get(source, ()))))


def _contradictions(application: Application, look: Look, recent: Recent) -> dict[str, Value]:
    asked, before = look.asked, look.around.properties or {}
    own_id, own_phone = asked.of("id"), asked.of("phone")
    listed = {one.key for one in asked.given if one.source == "contact"}
    return {
        "id_of_others": float(_others(look, "id")),
        "phone_of_others": float(_others(look, "phone")),
        "id_differs": _differs(before.get("id_hash"), own_id.key if own_id else None),
        "name_differs": _differs(before.get("name"), asked.name),
        "device_differs": _device_differs(application, look),
        "own_phone_listed": own_phone is not None and own_phone.key in listed,
        "purpose_differs_30d": _purpose_differs(application, recent),
    }


def _others(look: Look, source: str) -> int:
    return max((hub.users - 1 for hub in look.hubs if hub.given.source == source), default=0)


def _differs(before: object, now: object) -> bool:
    return bool(before) and bool(now) and before != now


def _device_differs(application: Application, look: Look) -> bool:
    """The device's model or system is not what it was. (An update of the system is none: only its name counts.)"""
    if application.device is None or not look.around.described or look.asked.of("device") is None:
        return False
    before = look.around.described[0]
    model = _differs(_plain(before.get("model")), _plain(application.device.model))
    return model or _differs(_plain(before.get("os"), 1), _plain(application.device.os, 1))


def _plain(text: object, words: int | None = None) -> str:
    return " ".join(str(text or "").casefold().split()[:words])


def _purpose_differs(application: Application, recent: Recent) -> bool:
    """Another application within a month was for something else."""
    purposes = set(recent.own.get(PURPOSE, ()))
    return bool(application.purpose) and bool(purposes - {application.purpose})
