"""What an application brings, in canonical form."""

from datetime import UTC, datetime

import pytest

from decisions.linking.identified import identified

NOW = 1_700_000_000
EVERYTHING = {"device", "wifi", "ip", "phone", "card", "id", "address", "employer", "contact", "name", "amount",
              "purpose", "term_days", "channel"}  # fmt: skip


def asked(application):
    return identified(application, "CN", NOW)


def test_keys_are_canonical(told):
    found = asked(told(phone="138 7152 0946", wifi="AA-BB-CC-00-11-22", ip=" 9.9.9.9 ", contacts=["(139)71520946"]))
    assert {one.source: one.key for one in found.given} == {
        "phone": "+8613871520946",
        "wifi": "aa:bb:cc:00:11:22",
        "ip": "9.9.9.9",
        "contact": "+8613971520946",
    }
    assert found.of("wifi").kind.type == "ON_WIFI"
    assert found.of("card") is None


def test_what_is_not_there_is_missing_by_name(told):
    assert set(asked(told()).missing) == EVERYTHING
    some = asked(told(name="Li Lei", device="d-1", amount="12.50", purpose="rent", term_days=30, channel="app"))
    assert set(some.missing) == EVERYTHING - {"name", "device", "amount", "purpose", "term_days", "channel"}


@pytest.mark.parametrize("phone", ["", "000", "00000000000", "11111111111", "unknown", "n/a"])
def test_what_stands_for_nobody_is_missing_and_links_nobody(told, phone):
    found = asked(told(phone=phone, device="unknown", ip="127.0.0.1"))
    assert found.given == ()
    assert {"phone", "device", "ip"} <= set(found.missing)


def test_the_same_contact_twice_is_one(told):
    found = asked(told(contacts=["13871520946", "+86 138 7152 0946"]))
    assert [one.key for one in found.given] == ["+8613871520946"]


def test_ids_are_trimmed_as_in_files(told):
    found = asked(told(" A-1 ", application_id=" P-1  "))
    assert (found.applicant_id, found.application_id) == ("A-1", "P-1")


def test_nothing_is_submitted_later_than_now(told):
    assert asked(told(submitted_at=datetime.fromtimestamp(NOW + 9_999, UTC))).at == NOW
    assert asked(told(submitted_at=datetime.fromtimestamp(NOW - 60, UTC))).at == NOW - 60
    assert asked(told()).at == NOW


def test_a_moment_without_a_zone_is_utc(told):
    assert asked(told(submitted_at="2023-11-01T00:00:00")).at == int(datetime(2023, 11, 1, tzinfo=UTC).timestamp())
