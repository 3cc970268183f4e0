"""Reasons are plain sentences beside what is usual, the most telling first."""

import numpy as np
import pytest

from detectors.anomaly.habits import HABITS
from detectors.contract import Finding
from detectors.norms import Norms
from detectors.reasons import CODES, Share, ring_reasons
from detectors.sentences import FOUND, MEASURED, comparison, reason_text
from detectors.sharing import SOURCES
from graph.language import Language

MEASURES = {"size": 6, "asked": 6, "roofs": 6, "tempo": 0.2, "tainted": 0} | {f"odd_{habit}": 0 for habit in HABITS}
ODD = {f"odd_{habit}": 6 for habit in HABITS}
NORMS = Norms(
    alone={source.code: np.linspace(0.0, 1.0, 61) for source in SOURCES},
    aside=dict.fromkeys(FOUND, 0.998),
    untied=0.97,
    known=0.007,
    odd=dict.fromkeys(HABITS, 0.06),
    asked=np.arange(1000) * 86_400,
)


def cycle(size: int = 4, code: str = "transfer_cycle") -> Finding:
    return Finding("cycles", code, np.arange(size, dtype=np.int32), 0.7, ())


def reasons(measures=MEASURES, shared=(), findings=()):
    return ring_reasons(measures, shared, findings, NORMS)


def test_every_source_has_its_sentence():
    for source in SOURCES:
        (reason, *_) = reasons(shared=[Share(source.code, 2, 4, 3, 99.0)])
        assert reason.code == source.code
        assert reason.text.startswith("4 of 6 members ")
        assert reason.text.endswith(".")


def test_one_identifier_is_said_in_the_singular():
    one, two = (reasons(shared=[Share("shared_device", count, 4, 3, 99.0)])[0].text for count in (1, 2))
    assert one == "4 of 6 members used the same device."
    assert two == "4 of 6 members share 2 devices among them."


def test_what_is_shared_is_compared_with_customers_who_share_with_as_many_homes():
    few, many = (reasons(shared=[Share("shared_device", 1, 4, homes, 99.0)])[0] for homes in (2, 30))
    assert few.figures == {"members": 4, "size": 6, "identifiers": 1, "others": 1, "usual": round(2 / 60, 6)}
    assert few.compared == "3.3% of customers share no device with another home."
    assert many.compared == "50% of customers share no device with 29 other homes or more."


def test_the_most_telling_comes_first():
    found = reasons(shared=[Share("shared_wifi", 1, 6, 6, 2.0), Share("shared_card", 2, 5, 5, 30.0)])
    assert found[0].code == "shared_card"
    assert [reason.weight for reason in found] == sorted((reason.weight for reason in found), reverse=True)


@pytest.mark.parametrize("code", FOUND)
def test_what_detectors_found_is_told_with_how_few_take_part(code):
    (found, *_) = reasons(findings=[cycle(4, code)])
    assert "4" in found.text
    assert found.compared == "99.8% of customers take part in nothing of the kind."


def test_all_that_was_found_is_told_in_one_sentence():
    two = [cycle(4, "mule_account"), cycle(6, "mule_account")]
    (found, *_) = reasons(findings=two)
    assert found.text == "Money of 6 members ran through 2 accounts, where little of it stayed."
    assert reason_text(found.code, found.figures, Language.ZH) == "6 名成员的资金流经 2 个账户，几乎没有留存。"


def test_measured_reasons_are_told_when_they_stand_out():
    quick = {reason.code: reason for reason in reasons(MEASURES | ODD | {"tempo": 1.0, "tainted": 2})}
    assert set(quick) == set(MEASURED)
    assert quick["burst"].text == "6 of 6 members first applied within two weeks."
    assert quick["burst"].compared == "In groups of this size, 16.7% do by chance."
    assert quick["many_homes"].compared == "97% of customers are tied to nobody of another home."
    assert quick["known_fraud"].text == "2 of 6 members are labelled as fraud or use something blacklisted."
    assert quick["known_fraud"].compared == "Of all customers 0.7% are, or do."
    assert quick["unusual_devices"].text == "6 of 6 members use more devices than nine in ten customers do."
    assert quick["unusual_devices"].compared == "Of all customers that holds for 6%."


def test_odd_members_are_told_of_when_they_are_more_than_chance_brings_together():
    assert "unusual_cards" not in {reason.code for reason in reasons(MEASURES | {"odd_cards": 1})}
    assert "unusual_cards" in {reason.code for reason in reasons(MEASURES | {"odd_cards": 4})}


@pytest.mark.parametrize("language", Language)
def test_every_code_is_told_and_compared_in_every_language(language):
    shared = [Share(source.code, 1, 2, 2, 1.0) for source in SOURCES]
    every = reasons(MEASURES | ODD | {"tempo": 1.0, "tainted": 2}, shared, [cycle(code=code) for code in FOUND])
    assert {reason.code for reason in every} == set(CODES)
    for reason in every:
        assert reason_text(reason.code, reason.figures, language)
        assert comparison(reason.code, reason.figures, language)


def test_chinese_is_made_of_the_same_figures():
    (reason, *_) = reasons(shared=[Share("shared_device", 2, 4, 3, 99.0)])
    assert reason_text(reason.code, reason.figures, Language.ZH) == "6 名成员中有 4 名之间共有 2 台设备。"
    assert comparison(reason.code, reason.figures, Language.ZH) == "5% 的客户没有与其他 2 户以上共同的设备。"


def test_what_this_version_cannot_tell_is_empty():
    assert reason_text("of_a_later_version", {"members": 1}, Language.ZH) == ""
    assert reason_text("shared_device", {"members": 1}, Language.ZH) == ""
    assert comparison("shared_device", {}, Language.EN) == comparison("gone", {}, Language.EN) == ""
