"""The examples in the description of the interface: one run, one ring, one of its members."""

from pydantic.config import JsonDict

PART: JsonDict = {"name": "reach", "value": 0.62, "detail": "6 homes", "figures": {"homes": 6}}
FIGURES: JsonDict = {"members": 4, "size": 6, "identifiers": 2, "others": 3, "usual": 0.997}
REASON: JsonDict = {
    "code": "shared_device",
    "text": "4 of 6 members share 2 devices among them.",
    "compared": "99.7% of customers share no device with 3 other homes or more.",
    "weight": 2.1,
    "figures": FIGURES,
}
RUN: JsonDict = {
    "run_id": "20261122T010000Z",
    "as_of": "2026-11-22T00:00:00Z",
    "published_at": "2026-11-22T01:07:12Z",
    "age_seconds": 4210.5,
}
SCORE: JsonDict = {
    "applicant_id": "A-000017",
    "run_id": "20261122T010000Z",
    "score": 0.62,
    "parts": [PART],
    "reasons": [REASON],
    "ring_id": "R-7f3a90c1",
    "rings": [{"ring_id": "R-7f3a90c1", "score": 0.62}],
}
SUMMARY: JsonDict = {
    "ring_id": "R-7f3a90c1",
    "run_id": "20261122T010000Z",
    "score": 0.87,
    "size": 2,
    "change": "grown",
    "kind": "shared_device",
    "exposure": 1250000,
    "expected_loss": 1087500,
    "false_kills": 0.26,
    "false_kills_low": 0,
    "false_kills_high": 2,
    "false_kill_share": 0.13,
    "first_seen": 1793000000,
    "last_seen": 1795000000,
    "headline": REASON["text"],
    "headline_figures": FIGURES,
}
EVIDENCE: JsonDict = {
    "code": "shared_device",
    "kind": "Device",
    "key": "****0710",
    "applicants": ["A-000017", "A-000018"],
    "weight": 2.1,
    "first_seen": 1793000000,
    "last_seen": 1795000000,
    "detail": "2 of its 2 users are members; 100% of its users came within one week. A few people share it.",
    "hub": "ordinary",
    "figures": {"members": 2, "users": 2, "burst": 1.0},
    "payer": "",
    "payee": "",
}
RING: JsonDict = {
    **SUMMARY,
    "members": [
        {"applicant_id": "A-000017", "score": 0.62, "role": "core"},
        {"applicant_id": "A-000018", "score": 0.58, "role": ""},
    ],
    "parts": [PART],
    "reasons": [REASON],
    "evidence": [EVIDENCE],
    "previous": ["R-7f3a90c1"],
    "run": RUN,
}
PATH: JsonDict = {
    "run": RUN,
    "ring_id": "R-7f3a90c1",
    "steps": [
        {
            "from": "A-000017",
            "to": "A-000018",
            "text": "A-000017 and A-000018 used the same device (****0710) between 2026-10-26 and 2026-11-18.",
            "evidence": EVIDENCE,
        }
    ],
}
