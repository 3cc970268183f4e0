from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from decisions.application import Application

LEAST = {"application_id": "P", "applicant": {"applicant_id": "A"}}


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("amount", "3000.00", Decimal("3000.00")),
        ("amount", 0.1, Decimal("0.1")),
        ("amount", 1e-300, Decimal(0)),
        ("amount", 3, Decimal(3)),
        ("term_days", 90, 90),
        ("term_days", 90.0, 90),
        ("submitted_at", "2026-11-25T12:00:00Z", datetime(2026, 11, 25, 12, tzinfo=UTC)),
    ],
)
def test_what_is_written_as_described_is_read(field: str, written: Any, read: Any) -> None:
    assert getattr(Application.model_validate(LEAST | {field: written}), field) == read


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("amount", True),
        ("amount", -1),
        ("amount", 1e12),
        ("amount", "1e5"),
        ("amount", "\uff11\uff12"),
        ("amount", " 3000"),
        ("amount", "NaN"),
        ("term_days", True),
        ("term_days", "90"),
        ("term_days", -1),
        ("term_days", 1.5),
        ("submitted_at", 0),
        ("submitted_at", 1795621160000),
        ("submitted_at", "1795621160.5"),
        ("submitted_at", True),
    ],
)
def test_what_may_be_something_else_is_refused(field: str, written: Any) -> None:
    with pytest.raises(ValidationError, match=field):
        Application.model_validate(LEAST | {field: written})
