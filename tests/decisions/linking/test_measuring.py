"""Every feature of the catalogue has a value of its type, whatever comes."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decisions.application import Application, Device
from decisions.features import CATALOGUE, WINDOWS
from decisions.linking.known import Known
from decisions.linking.measuring import features
from decisions.linking.velocity import Recent
from decisions.log.sightings import Recent as Came
from decisions.log.sightings import Seen as Accepted

DAY, NOW, CARD, PHONE = 86_400, 1_700_000_000, "9f3c" * 10, "+8613871520946"


def measured(found, missing=()):
    return features(found.application, found.look, found.recent, found.background, missing)


def test_a_blacklisted_thing_of_many_taints_nobody(check, told, seen):
    known = Known(listed={("card", CARD): NOW})
    for others, tainted in ((19, True), (20, False), (None, False)):
        users = {("HAS_CARD", CARD): None if others is None else [seen(f"x{at}") for at in range(others)]}
        assert measured(check(told(card=CARD), users, known=known))["card_blacklisted"] is tainted


def test_each_blacklist_is_looked_up_by_its_own_name(check, told):
    known = Known(listed={("id_hash", "1b7e" * 16): 1, ("phone", PHONE): 1, ("applicant", "me"): 1})
    found = measured(check(told(id_hash="1b7e" * 16, contacts=[PHONE], device=PHONE), known=known))
    listed = {name for name, value in found.items() if name.endswith("_blacklisted") and value}
    assert listed == {"id_blacklisted", "contact_blacklisted"}
    assert found["applicant_fraud"] is True


def test_a_crowd_is_told_as_61(check, told):
    found = measured(check(told(device="d-1"), {("USED_DEVICE", "d-1"): None}))
    assert (found["device_users"], found["device_new_hub"]) == (61.0, True)


def test_what_he_has_changed_within_a_month_counts_once(check, told, seen):
    uses = {"USED_DEVICE": (seen("d-1", 9), seen("d-2", 80, 3), seen("d-3", 80, 31))}
    found = measured(check(told(device="d-1"), uses=uses, recent=Recent(own={"device": ["d-2", "d-4"]})))
    assert found["applicant_devices_30d"] == 3.0
    assert found["applicant_phones_30d"] == 0.0


def test_contradictions(check, told, seen):
    before = {"id_hash": "2c8d" * 16, "name": "Li Lei"}
    users = {("HAS_ID", "1b7e" * 16): [seen("x"), seen("me")], ("HAS_PHONE", PHONE): [seen("y", 1), seen("z", 1)]}
    application = told(id_hash="1b7e" * 16, name="Han Meimei", phone=PHONE, contacts=[PHONE], purpose="rent")
    found = measured(check(application, users, properties=before, recent=Recent(own={"purpose": ["medical", "rent"]})))
    assert (found["id_of_others"], found["phone_of_others"]) == (1.0, 2.0)
    for name in ("id_differs", "name_differs", "own_phone_listed", "purpose_differs_30d", "applicant_known"):
        assert found[name] is True, name
    same = measured(check(application, properties={"id_hash": "1b7e" * 16, "name": "Han Meimei"}))
    for name in ("id_differs", "name_differs", "purpose_differs_30d"):
        assert same[name] is False, name


@pytest.mark.parametrize(
    ("before", "differs"),
    [
        ({"model": "mi 12", "os": "android 13"}, False),
        ({"model": "MI  12", "os": "Android 14"}, False),
        ({"model": "P50", "os": "Android 14"}, True),
        ({"model": "Mi 12", "os": "iOS 17"}, True),
        ({}, False),
    ],
)
def test_a_device_of_another_model_or_system(check, told, before, differs):
    application = told().model_copy(update={"device": Device(fingerprint="d-1", model="Mi 12", os="Android 14")})
    assert measured(check(application, described=before))["device_differs"] is differs


def test_what_is_missing_is_told(check, told):
    found = measured(check(told(), learned=False), ("graph", "run"))
    assert found["missing"][-2:] == ["graph", "run"]
    assert "device" in found["missing"]
    assert found["run_age_hours"] == 0.0
    assert measured(check(told()))["run_age_hours"] == 1.0


text = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
some_phone = st.sampled_from([PHONE, "13971520946", "000", "x", ""]) | text
APPLICATIONS = st.builds(
    dict,
    application_id=st.sampled_from(["P-1", " P 1", "客户"]),
    applicant=st.fixed_dictionaries(
        {"applicant_id": st.sampled_from(["me", "x", "=1+1", "🕵"])},
        optional={"name": text, "phone": some_phone, "id_hash": text, "address": text, "employer": text},
    ),
    amount=st.none() | st.decimals(0, 10**11, places=2),
    purpose=text,
    term_days=st.none() | st.integers(0, 36_600),
    channel=text,
    submitted_at=st.none() | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
    device=st.none()
    | st.fixed_dictionaries({"fingerprint": st.sampled_from(["d-1", "", "d-2"])}, optional={"os": text}),
    wifi=st.none() | st.fixed_dictionaries({"bssid": st.sampled_from(["aa:bb:cc:00:11:22", "zz"])}),
    ip=st.none() | st.fixed_dictionaries({"ip": st.sampled_from(["9.9.9.9", "::1", "2001:db8::1", "?"])}),
    card=st.none() | st.fixed_dictionaries({"card_hash": st.sampled_from([CARD, "unknown"])}),
    contacts=st.lists(
        st.fixed_dictionaries({"contact_phone": st.sampled_from([PHONE, "13971520946", ""])}), max_size=4
    ),
)
EVERYWHERE = [
    ("USED_DEVICE", "d-1"), ("ON_WIFI", "aa:bb:cc:00:11:22"), ("FROM_IP", "9.9.9.9"), ("HAS_CARD", CARD),
    ("HAS_PHONE", PHONE), ("LISTS_CONTACT", PHONE), ("LISTS_CONTACT", "+8613971520946"),
]  # fmt: skip
USERS = st.fixed_dictionaries(
    {},
    optional={each: st.none() | st.lists(st.sampled_from(["me", "x", "y", "z"]), unique=True) for each in EVERYWHERE},
)


@given(application=APPLICATIONS, users=USERS, learned=st.booleans(), busy=st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_name_of_the_catalogue_and_no_other(check, run, seen, application, users, learned, busy):
    run.rings = [("R-1", 0.9, 12)]
    run.person("x", ring=0, score=0.5)
    run.person("y")
    run.ties = [("x", "y")]
    around = {each: who if who is None else [seen(one, 20, 5) for one in who] for each, who in users.items()}
    counts = dict.fromkeys(WINDOWS, 2)
    recent = Recent(
        {("device", "d-1"): Came((Accepted("y", "P-y", NOW - 9),), counts, counts, busy)}, {"purpose": ["a"]}
    )
    known = Known(
        fraud={"x": NOW - DAY}, cleared=frozenset({"me"}), listed={("card", CARD): NOW}, home={"me": 1, "y": 1}
    )
    found = check(
        Application.model_validate(application), around, known=known, recent=recent if busy else None, learned=learned
    )
    told = measured(found, ("log",))
    assert set(told) == {each.name for each in CATALOGUE}
    for each in CATALOGUE:
        assert type(told[each.name]) is each.kind, each.name
    assert told["missing"][-1] == "log"
