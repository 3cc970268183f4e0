"""Values made without checks are those that are made with them."""

import pytest

from graph.results import Evidence, Member, Part, Reason

MADE = [
    (Evidence, {"code": "shared_card", "kind": "Card", "key": "c", "applicants": ("a", "b")}),
    (Evidence, {"figures": {"users": 2}, "applicants": ("a",), "key": "c", "kind": "Card", "code": "x", "weight": 2.5}),
    (Member, {"applicant_id": "a", "score": 0.5}),
    (Part, {"name": "links", "value": 0.4, "figures": {"nats": 3.0}}),
    (Reason, {"code": "burst", "text": "They came at once.", "weight": 1.0}),
]


@pytest.mark.parametrize(("kind", "values"), MADE)
def test_values_made_without_checks_are_the_same(kind, values):
    quick, checked = kind.model_construct(**values), kind(**values)
    assert quick == checked
    assert repr(quick) == repr(checked)
    assert quick.model_dump_json() == checked.model_dump_json()
    assert quick.model_fields_set == checked.model_fields_set
