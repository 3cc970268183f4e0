"""Reasons are plain sentences, the most telling first."""

import numpy as np

from detectors.contract import Finding
from detectors.reasons import CODES, ring_reasons
from detectors.sharing import SOURCES

FIGURES = {"size": 6, "roofs": 6, "tempo": 0.2, "tainted": 0}


def test_every_source_has_its_sentence():
    for source in SOURCES:
        (reason, *_) = ring_reasons(FIGURES, [(source.code, 2, 4, 99.0)], [])
        assert reason.code == source.code
        assert reason.text.startswith("4 of 6 members ")
        assert reason.text.endswith(".")


def test_one_identifier_is_said_in_the_singular():
    one, two = (ring_reasons(FIGURES, [("shared_device", count, 4, 99.0)], [])[0].text for count in (1, 2))
    assert one == "4 of 6 members used the same device."
    assert two == "4 of 6 members used the same 2 devices."


def test_the_most_telling_comes_first():
    reasons = ring_reasons(FIGURES, [("shared_wifi", 1, 6, 2.0), ("shared_card", 2, 5, 30.0)], [])
    assert reasons[0].code == "shared_card"
    assert [reason.weight for reason in reasons] == sorted((reason.weight for reason in reasons), reverse=True)


def test_what_detectors_found_is_told():
    finding = Finding("cycles", "transfer_cycle", np.arange(4, dtype=np.int32), 0.7, ())
    assert "circle of 4 members" in ring_reasons(FIGURES, [], [finding])[0].text


def test_measured_reasons_are_told_when_they_stand_out():
    quick = ring_reasons(FIGURES | {"tempo": 1.0, "tainted": 2}, [], [])
    assert {reason.code for reason in quick} == {"burst", "known_fraud", "many_homes"}
    assert {reason.code for reason in quick} <= set(CODES)
