"""Every knob, kind of ring and kind of honest sharing is documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from ingest.world.knobs import Difficulty, Knobs
from ingest.world.rings.plan import RingKind
from ingest.world.sharing import Sharing

_PAGE = (Path(__file__).parents[3] / "docs" / "world.md").read_text(encoding="utf-8")
_NAMES = [field.name for field in (*fields(Knobs), *fields(Difficulty)) if field.name != "name"]


@pytest.mark.parametrize("name", [*_NAMES, *(kind.value for kind in RingKind), *(kind.label for kind in Sharing)])
def test_is_documented(name: str) -> None:
    assert f"`{name}`" in _PAGE
