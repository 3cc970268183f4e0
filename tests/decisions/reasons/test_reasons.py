"""Every reason, for everybody who asks, in every language."""

import re
from string import Formatter

import pytest

from decisions.features import CATALOGUE, NOTHING
from decisions.outcome import Outcome
from decisions.reasons import system
from decisions.reasons.catalogue import REASONS
from decisions.reasons.model import OWN_FIGURES, Family
from decisions.reasons.telling import MOST_TOLD, analyst_text, customer_reasons, customer_text, regulator_text
from decisions.rules.book import default_rules
from decisions.rules.judgement import Action, Hit, Judgement
from graph.language import Language

FEATURES = {feature.name for feature in CATALOGUE}
OF_THE_SYSTEM = {system.GRAPH_UNAVAILABLE, system.STALE_RUN, system.RULE_FAILED, system.APPEAL_OVERTURNED}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EVERYBODY = [(code, language) for code in REASONS for language in Language]


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def sayings(reason):
    return (reason.analyst, reason.customer, reason.regulator)


def test_every_reason_has_all_texts_in_both_languages():
    for code, reason in REASONS.items():
        assert re.fullmatch(r"[A-Z]+(_[A-Z0-9]+)*", code)
        for saying in sayings(reason):
            assert len(saying.en) > 15
            assert not CHINESE.search(saying.en), code
            assert len(CHINESE.findall(saying.zh)) > 5, code
            assert placeholders(saying.en) == placeholders(saying.zh) or saying is not reason.customer, code
    assert len({reason.customer.en for reason in REASONS.values()}) >= len(REASONS) - 2, "three share one: by hand"


def test_the_rules_use_every_reason_and_no_other():
    used = {rule.hit.reason for rule in default_rules().rules}
    assert used | OF_THE_SYSTEM == REASONS.keys()
    assert not used & OF_THE_SYSTEM
    assert {code for code, reason in REASONS.items() if reason.family is Family.SYSTEM} == OF_THE_SYSTEM
    assert {reason.family for reason in REASONS.values()} == set(Family)


def test_customers_are_told_nothing_of_anybody_else():
    of_the_applicant = re.compile(r"applicant_(applications|devices|phones|ids|cards)_\d+[hd]")
    assert all(of_the_applicant.fullmatch(name) for name in OWN_FIGURES)
    for code, reason in REASONS.items():
        for template in (reason.customer.en, reason.customer.zh):
            assert placeholders(template) <= OWN_FIGURES, code
            assert not re.search(r"\d", re.sub(r"\{[^}]*\}|24|30|\b7\b|7 天", "", template)), code
            assert not re.search(r"another (person|applicant|customer)|other (people|persons|applicants)", template), (
                code
            )
            assert not re.search(r"他人|别人|其他申请人|其他客户", template), code
    hostile = {**NOTHING, "id_of_others": 41.0, "fraud_links": 42.0, "purpose": "Wang Wei 43", "device_users": 44.0}
    for code, language in EVERYBODY:
        told = customer_text(code, hostile, language)
        assert not re.search(r"4[1-4]|Wang", told), code


@pytest.mark.parametrize(("code", "language"), EVERYBODY)
def test_analysts_are_told_features_by_name(code, language):
    template = REASONS[code].analyst.zh if language is Language.ZH else REASONS[code].analyst.en
    assert placeholders(template) <= FEATURES
    for value in (0.0, 1.0, 3.5, 1e308, float("inf"), float("nan")):
        figures = {name: value if isinstance(nothing, float) else nothing for name, nothing in NOTHING.items()}
        assert "{" not in analyst_text(code, figures, language)
        assert "{" not in customer_text(code, figures, language)
    assert analyst_text(code, {}, language) == analyst_text(code, NOTHING, language)
    assert analyst_text(code, dict.fromkeys(NOTHING, "odd"), language)


def test_figures_are_in_the_analysts_text():
    told = analyst_text("LINKED_TO_FRAUD", {**NOTHING, "fraud_links": 3.0, "links": 5.0}, Language.EN)
    assert told.startswith("3 linked applicants are known fraud")
    assert "5 links" in told
    told = analyst_text("INSUFFICIENT_DATA", {**NOTHING, "missing": ["device", "phone"]}, Language.ZH)
    assert told == "可查信息不足；缺少：device, phone。"
    assert analyst_text("PURPOSE_CHANGED", NOTHING, Language.EN).endswith("now it is –, for 0.00.")


def test_the_regulator_is_told_the_rule_its_version_and_its_weight():
    hits = [
        Hit("linked", "LINKED_TO_FRAUD", 30, Action.REVIEW),
        Hit("more", "LINKED_TO_FRAUD", 10, Action.REJECT),
        Hit("other", "FORMS_RING", 20, Action.SCORE),
    ]
    told = regulator_text("LINKED_TO_FRAUD", hits, "v7", Language.EN)
    assert told.startswith("Data category: ")
    assert "Rule linked of version v7 gave it +30 of 100 points and asked for review by a person." in told
    assert told.endswith("Rule more of version v7 gave it +10 of 100 points and asked for refusal.")
    assert "other" not in told.split("Rule", 1)[1]
    assert regulator_text("STALE_RUN", hits, "v7", Language.ZH).endswith("处理。")
    for code, language in EVERYBODY:
        assert not placeholders(REASONS[code].regulator.zh if language is Language.ZH else REASONS[code].regulator.en)


def judgement(outcome: Outcome, *hits: Hit) -> Judgement:
    return Judgement("1", "d", outcome, 0, (), hits, (), ())


def test_at_most_four_the_most_important_first():
    hits = (
        Hit("a", "NAME_DIFFERS", 10, Action.SCORE),
        Hit("b", "FORMS_RING", 20, Action.SCORE),
        Hit("calm", "JUDGED_HONEST", -30, Action.SCORE),
        Hit("c", "LINKED_TO_FRAUD", 30, Action.REVIEW),
        Hit("d", "LINKED_TO_FRAUD", 60, Action.SCORE),
        Hit("e", "ID_OF_ANOTHER", 5, Action.REJECT),
        Hit("f", "INSUFFICIENT_DATA", 0, Action.REVIEW),
        Hit("g", "OWN_PHONE_LISTED", 15, Action.SCORE),
    )
    told = customer_reasons(judgement(Outcome.REJECT, *hits))
    assert told == ("ID_OF_ANOTHER", "LINKED_TO_FRAUD", "INSUFFICIENT_DATA", "FORMS_RING")
    assert len(told) == MOST_TOLD


def test_whoever_is_approved_is_told_no_reason_and_what_calms_is_none():
    mild = Hit("a", "NAME_DIFFERS", 10, Action.SCORE)
    calm = Hit("calm", "JUDGED_HONEST", -30, Action.SCORE)
    assert customer_reasons(judgement(Outcome.APPROVE, mild)) == ()
    assert customer_reasons(judgement(Outcome.REVIEW, calm, mild)) == ("NAME_DIFFERS",)
