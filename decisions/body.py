"""The body of a decision: everything that it says and rests on, as plain values that are kept as they are.

Texts are kept in every language, so that a decision is explained later in the words of its own day. Keys of identifiers
are the applicant's own and are kept whole, for nothing else could be looked up again; whoever is told gets them masked.
"""

from collections.abc import Iterator
from typing import Any

from decisions.deciding import Verdict
from decisions.linking.hubs import Hub
from decisions.linking.links import MILLI, Link
from decisions.linking.measuring import is_listed
from decisions.linking.people import InRing
from decisions.reasons.catalogue import REASONS
from decisions.reasons.system import GRAPH_UNAVAILABLE, RULE_FAILED, STALE_RUN
from decisions.reasons.telling import analyst_text, customer_reasons, customer_text, regulator_text
from graph.language import Language

MOST_LINKS = 20
"""Of many, the strongest are told; their number is always."""

_OF_LINKS = frozenset(
    {"links", "link_weight", "forms_ring_size", "joins_ring_score", "joins_ring_size"}
    | {f"fraud_{far}{when}" for far in ("links", "2hops") for when in ("", "_90d")}
)
"""Features that rest on links: a reason whose rule looks at one of them has the links as its evidence."""

INSUFFICIENT_DATA = "INSUFFICIENT_DATA"
_SYSTEM = {"graph": GRAPH_UNAVAILABLE, "log": GRAPH_UNAVAILABLE, "run": STALE_RUN, "stale_run": STALE_RUN}


def body_of(verdict: Verdict) -> dict[str, Any]:
    """What is kept and answered of a decision, but for its id and how long it took."""
    asked, judgement, look = verdict.basis.asked, verdict.judgement, verdict.look
    run = verdict.basis.background.run
    return {
        "application_id": asked.application_id,
        "applicant_id": asked.applicant_id,
        "submitted_at": asked.at,
        "outcome": verdict.outcome.value,
        "score": judgement.score,
        "parts": [{"name": part.name, "points": part.points} for part in judgement.parts],
        "reasons": list(_reasons(verdict)),
        "customer_reasons": list(_codes_for_customer(verdict)),
        "links": [_link(link, verdict) for link in look.links[:MOST_LINKS]],
        "links_found": len(look.links),
        "identifiers": [_identifier(hub, verdict) for hub in look.hubs],
        "rings": {
            "own": _ring(look.rings.own),
            "joins": _ring(look.rings.joins),
            "forms_members": look.rings.forms,
        },
        "features": verdict.features,
        "missing": [*asked.missing, *verdict.missing],
        "snoozed": list(judgement.snoozed),
        "rules": {"version": judgement.version, "digest": judgement.digest},
        "run": {"run_id": run.run_id, "as_of": run.as_of.isoformat()} if run else None,
    }


def _codes_for_customer(verdict: Verdict) -> tuple[str, ...]:
    """At most four; where no rule spoke against him, why a person has to look."""
    return customer_reasons(verdict.judgement) or tuple(dict.fromkeys(_system_codes(verdict)))[:1]


def _system_codes(verdict: Verdict) -> Iterator[str]:
    for part in verdict.missing:
        yield _SYSTEM.get(part, RULE_FAILED if part.startswith("rule:") else INSUFFICIENT_DATA)


def _reasons(verdict: Verdict) -> Iterator[dict[str, Any]]:
    """Those of the rules that hold, in the order of the file, then those of the system itself."""
    judgement, rules = verdict.judgement, verdict.basis.rules.by_name
    for code in dict.fromkeys(hit.reason for hit in judgement.hits):
        hits = [hit for hit in judgement.hits if hit.reason == code]
        entities = {entity for hit in hits for entity in rules[hit.rule].entities}
        by_links = any(not _OF_LINKS.isdisjoint(rules[hit.rule].when.names) for hit in hits)
        yield _reason(code, verdict) | {
            "points": sum(hit.points for hit in hits),
            "rules": [hit.rule for hit in hits],
            "identifiers": [at for at, hub in enumerate(verdict.look.hubs) if hub.given.source in entities],
            "links": [at for at, link in enumerate(verdict.look.links[:MOST_LINKS]) if by_links and link.held],
        }
    for code in dict.fromkeys(_system_codes(verdict)):
        yield _reason(code, verdict) | {"points": 0, "rules": [], "identifiers": [], "links": []}


def _reason(code: str, verdict: Verdict) -> dict[str, Any]:
    features, judgement = verdict.features, verdict.judgement
    return {
        "code": code,
        "family": REASONS[code].family.value,
        "analyst": {each.value: analyst_text(code, features, each) for each in Language},
        "customer": {each.value: customer_text(code, features, each) for each in Language},
        "regulator": {each.value: regulator_text(code, judgement.hits, judgement.version, each) for each in Language},
    }


def _link(link: Link, verdict: Verdict) -> dict[str, Any]:
    return {
        "applicant_id": link.applicant_id,
        "weight": round(link.weight, 3),
        "held": link.held,
        "score": link.score,
        "known_fraud": link.applicant_id in verdict.basis.background.known.fraud,
        "ring": _ring(link.ring),
        "evidence": [
            {
                "code": shared.code,
                "kind": shared.hub.given.kind.end.label,
                "key": shared.hub.given.key,
                "hub": shared.hub.kind,
                "weight": shared.worth / MILLI,
                "first_seen": shared.seen.first,
                "last_seen": shared.seen.last,
            }
            for shared in link.shared
        ],
    }


def _identifier(hub: Hub, verdict: Verdict) -> dict[str, Any]:
    background = verdict.basis.background
    return {
        "source": hub.given.source,
        "kind": hub.given.kind.end.label,
        "key": hub.given.key,
        "hub": hub.kind,
        "users": hub.users,
        "crowd": hub.crowd,
        "new_hub": hub.new,
        "worth": hub.worth / MILLI,
        "blacklisted": is_listed(hub, background.known, background),
    }


def _ring(ring: InRing | None) -> dict[str, Any] | None:
    return {"ring_id": ring.ring_id, "score": ring.score, "size": ring.size} if ring else None
