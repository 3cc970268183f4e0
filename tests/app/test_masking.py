import pytest

from app.masking import masked_evidence
from graph.results import Evidence


@pytest.mark.parametrize(
    ("kind", "key", "shown"),
    [
        ("Account", "A-1", "A-1"),
        ("Account", "ACC-7716", "****7716"),
        ("Phone", "+8613925716803", "****803"),
        ("TRANSFERRED", "T-00990001", "****0001"),
        ("NoSuchKind", "secret", "***"),
    ],
)
def test_of_what_evidence_is_about_only_a_members_id_is_shown_whole(kind: str, key: str, shown: str) -> None:
    evidence = Evidence(code="shared_partner", kind=kind, key=key, applicants=("A-1", "A-2"))
    assert masked_evidence(evidence).key == shown
