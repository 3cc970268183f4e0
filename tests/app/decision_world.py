"""A world with rings in a store, and applications that touch it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from graph.learned import Learned
from graph.results import Run
from graph.store.contract import RingFilter, RingOrder, Seen, Store

SHARED = {"USED_DEVICE": "device", "HAS_CARD": "card"}


class Ringleader:
    """A member of the strongest ring who has a device and a card, and when the run looked."""

    def __init__(self, store: Store) -> None:
        run = store.runs.current()
        assert run is not None
        self.run: Run = run
        self.at = int(run.as_of.timestamp())
        learned = Learned.from_bytes(store.runs.learned(run.run_id) or b"")
        for summary in store.runs.rings(RingFilter(), order=RingOrder.SCORE, limit=20):
            ring = store.runs.ring(summary.ring_id)
            assert ring is not None
            for member in ring.members:
                uses = store.graph.surroundings(member.applicant_id, [], most=60).uses
                place = learned.person(member.applicant_id)
                in_it = place >= 0 and learned.ring_ids[learned.people.ring[place]] == ring.ring_id
                if in_it and all(uses.get(kind) for kind in SHARED):
                    self.ring_id, self.applicant_id = ring.ring_id, member.applicant_id
                    self.has: dict[str, Seen] = {name: uses[kind][0] for kind, name in SHARED.items()}
                    return
        raise AssertionError("The world has no ring with a device and a card")

    def application(self, number: int = 1, *, seconds: int = 60, **other: Any) -> dict[str, Any]:
        """Somebody new with the device and the card of the ring."""
        return {
            "application_id": f"P-new-{number}",
            "applicant": {
                "applicant_id": f"N-{number}", "name": f"Customer {number}", "phone": f"+86 139 7152 09{40 + number}",
                "id_hash": f"{number:02d}7b" * 16,
            },
            "amount": "1200.50", "purpose": "rent", "term_days": 30, "channel": "app",
            "submitted_at": moment(self.at + seconds),
            "device": {"fingerprint": self.has["device"].key, "model": "X", "os": "Y 1"},
            "wifi": {"bssid": "a4:5e:60:91:22:13"}, "ip": {"ip": "36.112.45.9"},
            "card": {"card_hash": self.has["card"].key},
            "contacts": [{"contact_phone": "13871520999", "relation": "friend"}],
        } | other  # fmt: skip


def moment(at: int) -> str:
    """As an application tells it."""
    return datetime.fromtimestamp(at, UTC).isoformat()


def honest(at: int, number: int = 1) -> dict[str, Any]:
    """Somebody new who shares nothing with anybody."""
    return {
        "application_id": f"P-honest-{number}",
        "applicant": {
            "applicant_id": f"H-{number}", "name": f"Honest {number}", "phone": f"+86 137 6141 08{40 + number}",
            "id_hash": f"{number:02d}6c" * 16, "address": f"{number} Quiet Lane, Somewhere",
            "employer": "Own Shop 8712",
        },
        "amount": "100", "purpose": "rent", "term_days": 30, "channel": "app", "submitted_at": moment(at + 60),
        "device": {"fingerprint": f"honest-device-{number}-91ab"}, "wifi": {"bssid": f"a4:5e:60:92:33:{number:02d}"},
        "ip": {"ip": f"36.113.77.{number}"}, "card": {"card_hash": f"{number:02d}5d" * 10},
        "contacts": [{"contact_phone": f"137614109{40 + number}"}],
    }  # fmt: skip


def eventually(what: Callable[[], Any]) -> Any:
    """What it gives, as soon as it gives something; what does not come within a minute does not come."""
    end = time.monotonic() + 60
    while not (found := what()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)
    return found
