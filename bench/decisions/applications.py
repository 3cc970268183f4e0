"""Applications as they come: some of what each brings is in the graph already, some of it is new."""

from collections.abc import Iterator

import numpy as np
import orjson
import polars as pl

from bench.open_loop import Request
from graph.ontology import NodeKind
from graph.ontology.nodes import APPLICANT, CARD, DEVICE, IP, PHONE, WIFI
from graph.store.contract import Store

POOL = 20_000
RETURNING = 0.3
"""So many come again under their own id; the others are new, with a number and an id that nobody has."""
SHARED = 0.5
"""So often something of the application is in the graph already."""


def applications(store: Store, count: int, seed: int = 1, hub: str | None = None) -> list[Request]:
    """So many decisions to ask for. With `hub` all come from this device."""
    dice = np.random.default_rng(seed)
    keys = {kind.label: _some(store, kind, seed) for kind in (APPLICANT, DEVICE, WIFI, IP, PHONE, CARD)}

    def one(kind: NodeKind) -> str:
        pool = keys[kind.label]
        return pool[int(dice.integers(len(pool)))]

    def maybe(kind: NodeKind, new: str) -> str:
        return one(kind) if dice.random() < SHARED else new

    def token() -> str:
        return bytes(dice.bytes(16)).hex()

    def bodies() -> Iterator[dict[str, object]]:
        for number in range(count):
            new = f"N-{seed}-{number}-{token()[:8]}"
            yield {
                "application_id": f"P-{new}",
                "applicant": {
                    "applicant_id": one(APPLICANT) if dice.random() < RETURNING else new,
                    "name": "Li Lei",
                    "phone": f"+8613{int(dice.integers(10**9)):09d}",
                    "id_hash": token(),
                    "address": f"{int(dice.integers(10**5))} Renmin Road, Room {int(dice.integers(900))}",
                    "employer": f"Trading Company {int(dice.integers(10**5))}",
                },
                "amount": "3000.00",
                "purpose": "shopping",
                "term_days": 90,
                "channel": "app",
                "device": {"fingerprint": hub or maybe(DEVICE, token()), "model": "M1", "os": "Android 15"},
                "wifi": {"bssid": maybe(WIFI, "3c:22:fb:" + ":".join(f"{b:02x}" for b in dice.bytes(3)))},
                "ip": {"ip": one(IP)},
                "card": {"card_hash": maybe(CARD, token())},
                "contacts": [{"contact_phone": one(PHONE)} for _ in range(int(dice.integers(1, 4)))],
            }

    return [Request("POST", "/v1/decisions", orjson.dumps(body), b'"kept":true') for body in bodies()]


def _some(store: Store, kind: NodeKind, seed: int) -> list[str]:
    """Keys from all over a kind."""
    keys = pl.concat([chunk["key"] for chunk in store.graph.nodes(kind)])
    return keys.sample(min(POOL, len(keys)), seed=seed, shuffle=True).to_list()
