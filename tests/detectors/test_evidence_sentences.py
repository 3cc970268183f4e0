"""Every kind of evidence in words: who did what when, in both languages."""

import pytest

from detectors.evidence_sentences import HUBS, evidence_sentence, hub_detail
from detectors.sentences import SHARED
from graph.language import Language
from graph.results import Evidence

EN, ZH = Language.EN, Language.ZH
MARCH, TEN_DAYS = 1_772_323_200, 864_000


def of(
    code: str, kind: str, *applicants: str, first: int | None = MARCH, last: int | None = MARCH, **other
) -> Evidence:
    values = {"key": "****0710", "first_seen": first, "last_seen": last} | other
    return Evidence(code=code, kind=kind, applicants=applicants, **values)


PAID = of(
    "transfer_cycle", "TRANSFERRED", "A", "B", key="T-1", figures={"amount": 125_000}, payer="B", payee="A"
)  # fmt: skip


@pytest.mark.parametrize(
    ("item", "en", "zh"),
    [
        (
            of("shared_device", "Device", "A", "B", last=MARCH + TEN_DAYS),
            "A and B used the same device (****0710) between 2026-03-01 and 2026-03-11.",
            "A 和 B 在 2026-03-01 至 2026-03-11 期间用过同一台设备（****0710）。",
        ),
        (
            of("shared_contact", "Phone", "A", "B", "C", first=None),
            "A, B and C list the same contact phone (****0710) on 2026-03-01.",
            "A、B 和 C 于 2026-03-01 填写了同一个联系人电话（****0710）。",
        ),
        (
            of("shared_phone", "Phone", *"ABCDEF", first=None, last=None),
            "A, B, C, D and 2 others gave the same phone number as their own (****0710).",
            "A、B、C、D 等 6 人填写了同一个本人手机号（****0710）。",
        ),
        (
            PAID,
            "B sent 1,250.00 to A on 2026-03-01 (transfer T-1).",
            "B 于 2026-03-01 向 A 转账 1,250.00（转账 T-1）。",
        ),
        (
            PAID.model_copy(update={"payee": "****9", "applicants": ("B",)}),
            "B sent 1,250.00 to the outside account ****9 on 2026-03-01 (transfer T-1).",
            "B 于 2026-03-01 向 外部账户 ****9 转账 1,250.00（转账 T-1）。",
        ),
        (
            PAID.model_copy(update={"payer": "****8", "payee": "****9", "applicants": ()}),
            "the outside account ****8 sent 1,250.00 to the outside account ****9 on 2026-03-01 (transfer T-1).",
            "外部账户 ****8 于 2026-03-01 向 外部账户 ****9 转账 1,250.00（转账 T-1）。",
        ),
        (of("burst", "Applicant", "A"), "A first applied on 2026-03-01.", "A 于 2026-03-01 首次申请。"),
        (
            of("many_homes", "Applicant", "A", "B", first=None, last=None),
            "A and B live under one roof.",
            "A 和 B 住在一起。",
        ),
        (
            of("many_homes", "Applicant", "A", first=None, last=None),
            "A lives apart from the other members.",
            "A 与其他成员分开居住。",
        ),
        (
            of("known_fraud", "Applicant", "A"),
            "A was labelled as fraud or blacklisted on 2026-03-01.",
            "A 于 2026-03-01 被标记为欺诈或列入黑名单。",
        ),
        (
            of("known_fraud", "Card", "A", "B"),
            "A and B used the bank card (****0710) that was blacklisted on 2026-03-01.",
            "A 和 B 用过于 2026-03-01 被列入黑名单的银行卡（****0710）。",
        ),
        (of("new_code", "Esim", "A"), "Esim (****0710): A on 2026-03-01.", "A 于 2026-03-01 涉及Esim（****0710）。"),
    ],
)
def test_evidence_is_told(item, en, zh):
    assert evidence_sentence(item, EN) == en
    assert evidence_sentence(item, ZH) == zh


def test_a_fact_about_many_can_be_told_of_two():
    assert evidence_sentence(of("shared_card", "Card", *"ABCDEF", first=None, last=None), EN, ("F", "B")) == (
        "F and B bound the same bank card (****0710)."
    )


@pytest.mark.parametrize("code", SHARED)
def test_every_way_of_sharing_has_its_sentence(code):
    for language in Language:
        assert "{" not in evidence_sentence(of(code, "Device", "A", "B"), language)


def test_an_identifier_says_how_it_is_used():
    figures = {"members": 4, "users": 5, "burst": 0.8}
    assert hub_detail("shop", figures, EN) == (
        "4 of its 5 users are members; 80% of its users came within one week. "
        "People used it once each over a long time: a shop's device."
    )
    assert hub_detail("shop", figures, ZH) == (
        "5 名使用者中有 4 名是成员；80% 的使用者在同一周内出现。长期以来每人只用过一次：门店的设备。"
    )
    assert hub_detail("", figures, EN) == hub_detail("shop", {}, EN) == ""


def test_every_hub_is_told_in_every_language():
    for hub in HUBS:
        for language in Language:
            assert hub_detail(hub, {"members": 2, "users": 2, "burst": 1.0}, language)
