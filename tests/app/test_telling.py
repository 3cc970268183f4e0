"""Facts in words as they may be shown: masked, and no id so long that it hides the rest."""

import pytest

from app.telling import fact_words
from graph.language import Language
from graph.results import Evidence

SHARED = Evidence(code="shared_card", kind="Card", key="card-0123456789", applicants=("A-1", "A-2", "A-3"))
PAID = Evidence(
    code="mule_account", kind="TRANSFERRED", key="T-00990001", applicants=("A-1",), payer="A-1",
    payee="outside-account-77", figures={"amount": 125_000},
)  # fmt: skip


def test_an_identifier_is_masked_and_the_applicants_are_named() -> None:
    assert fact_words(SHARED, Language.EN) == "A-1, A-2 and A-3 bound the same bank card (****6789)."
    assert fact_words(SHARED, Language.ZH, ("A-3", "A-1")) == "A-3 和 A-1 绑定了同一张银行卡（****6789）。"


def test_an_outside_account_is_masked_and_a_members_is_not() -> None:
    assert fact_words(PAID, Language.EN) == "A-1 sent 1,250.00 to the outside account ****t-77 (transfer ****0001)."
    inside = PAID.model_copy(update={"applicants": ("A-1", "A-2"), "payee": "A-2"})
    assert fact_words(inside, Language.EN) == "A-1 sent 1,250.00 to A-2 (transfer ****0001)."


@pytest.mark.parametrize("language", Language)
def test_a_long_id_leaves_room_for_the_rest(language: Language) -> None:
    sentence = fact_words(SHARED.model_copy(update={"applicants": ("长" * 500, "A-2")}), language)
    assert "…" in sentence
    assert "A-2" in sentence
    assert len(sentence) < 100
    paid = PAID.model_copy(update={"applicants": ("长" * 500,), "payer": "长" * 500})
    assert "outside" not in fact_words(paid, Language.EN).split(" sent ")[0], "the payer is still known for a member"
    assert len(fact_words(paid, language)) < 130
