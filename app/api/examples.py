"""The examples in the description of the interface: one run, one ring, one of its members."""

from pydantic.config import JsonDict

PART: JsonDict = {"name": "links", "value": 0.62, "detail": "3 strong links"}
REASON: JsonDict = {"code": "shared_device", "text": "4 of 6 members used the same 2 devices.", "weight": 2.1}
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
    "first_seen": 1793000000,
    "last_seen": 1795000000,
    "headline": REASON["text"],
}
RING: JsonDict = {
    **SUMMARY,
    "members": [
        {"applicant_id": "A-000017", "score": 0.62, "role": "core"},
        {"applicant_id": "A-000018", "score": 0.58, "role": ""},
    ],
    "parts": [PART],
    "reasons": [REASON],
    "evidence": [
        {
            "code": "shared_device",
            "kind": "Device",
            "key": "fp-1***",
            "applicants": ["A-000017", "A-000018"],
            "weight": 2.1,
            "first_seen": 1793000000,
            "last_seen": 1795000000,
            "detail": "",
        }
    ],
    "previous": ["R-7f3a90c1"],
    "run": RUN,
}
