"""What is sent to the browser: a look for every kind, a file that is what it says, nothing unmasked."""

import hashlib
import json
from pathlib import Path

import pytest

from app.explorer import canvas
from app.explorer.canvas.picture import picture
from app.explorer.palette import STYLES
from app.explorer.ring.why import why
from app.ring_graph import read_ring
from app.telling import ring_in
from graph.language import Language
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.contract import Store

VENDOR = Path(canvas.__file__).with_name("vendor")


def test_every_identifier_has_a_look_of_its_own() -> None:
    looks = [(STYLES[kind.label].colour, STYLES[kind.label].shape) for kind in NODE_KINDS if kind.identifier]
    assert len(set(looks)) == len(looks)
    facts = {kind.label for kind in NODE_KINDS} | {kind.type for kind in RELATIONSHIP_KINDS}
    assert facts <= set(STYLES), "evidence may be about any of them"


def test_the_vendored_script_is_the_one_that_was_published() -> None:
    for line in (VENDOR / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("secret", ["13925716803", "3c:84:6a:12:34", "a1b2c3d4e5f6", "王伟", "Ann Lee"])
@pytest.mark.parametrize("language", Language)
def test_no_personal_data_leaves_for_the_browser(sample: Store, secret: str, language: Language) -> None:
    ring = sample.runs.ring("R-PLAIN")
    assert ring
    drawn = picture(ring, read_ring(sample, ring, as_of=ring.last_seen or 0))
    sent = drawn.sent | why(ring_in(ring, language), language)
    assert secret not in json.dumps(sent, ensure_ascii=False)


def test_every_reason_opens_its_own_evidence_the_most_telling_first(sample: Store) -> None:
    ring = sample.runs.ring("R-PLAIN")
    assert ring
    sent = why(ring, Language.EN)
    told = {reason["code"]: [*reason["evidence"], *reason["rest"]] for reason in sent["reasons"]}
    assert {code: len(facts) for code, facts in told.items()} == {
        "shared_device": 2, "shared_wifi": 1, "shared_phone": 1, "transfer_cycle": 6, "burst": 0,
    }  # fmt: skip
    assert told["shared_device"][0] == (
        "A-001, A-003 and A-005 used the same device (****0710) between 2026-03-01 and 2026-03-10. Seen together."
    )
    assert [reason["unseen"] for reason in sent["reasons"]][-2:] == ["", "Measured over the whole ring."]
    assert sent["reasons"][0]["compared"] == "94.8% do not."
    assert [reason["folded"] for reason in sent["reasons"] if reason["rest"]] == ["3 more"]


def test_a_large_ring_is_sent_in_groups_with_every_member_counted(sample: Store) -> None:
    ring = sample.runs.ring("R-LARGE")
    assert ring
    sent = picture(ring, read_ring(sample, ring, as_of=ring.last_seen or 0)).sent
    groups = [dict(node["facts"]) for node in sent["nodes"] if node["kind"] == "Group"]
    assert sum(int(group["members"]) for group in groups) == 400
    assert sent["left_out"] == 0
