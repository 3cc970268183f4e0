"""Known fraud raises what is near, less with distance, never a crowd, and no longer than it is held to be fraud."""

import numpy as np
import pytest

from detectors.context import context_of
from detectors.links import Links
from detectors.spread import MOST, neighbours, reach
from detectors.taint import DIRECT, THROUGH_IDENTIFIER, known, reached, received, risk, taint

START = 1_700_000_000


@pytest.fixture
def chain(sketch):
    """Of many people six in a row, each sharing a card and a device with the next."""
    return sketch.row(6)


def levels(sketch, of=taint) -> dict[str, float]:
    context = context_of(sketch.projection())
    said = known(context)
    found = of(said, received(neighbours(context.links, len(context.roof)), said))
    return dict(zip(context.projection.accounts, found.tolist(), strict=True))


def test_decays_with_distance(chain):
    chain.labels.append(("p000", "fraud", START))
    level = levels(chain)
    assert level["p000"] == DIRECT
    assert level["p000"] / 2 > level["p001"] > 2 * level["p002"] > 4 * level["p003"] > 0
    assert level["p050"] == 0


def test_two_flags_make_who_stands_between_more_suspicious_than_one(chain):
    chain.labels.append(("p000", "fraud", START))
    one = levels(chain)["p001"]
    chain.labels.append(("p002", "fraud", START))
    assert levels(chain)["p001"] > 1.5 * one


def test_a_user_of_a_blacklisted_device_is_tainted_less_than_its_owner_would_be(chain):
    chain.blacklist.append(("device", "device of p009", START))
    assert levels(chain)["p009"] == THROUGH_IDENTIFIER


def test_a_blacklisted_applicant_is_tainted(chain):
    chain.blacklist.append(("applicant", "p009", START))
    assert levels(chain)["p009"] == DIRECT


def test_one_listed_hub_does_not_taint_a_crowd(chain):
    for n in range(30):
        chain.see(f"p{n:03d}", "Wifi", "cafe")
    chain.blacklist.append(("wifi", "cafe", START))
    assert not any(levels(chain).values())


def test_who_is_tied_to_many_takes_up_less(chain):
    chain.labels.append(("p000", "fraud", START))
    before = levels(chain)["p001"]
    for n in range(10, 30):
        chain.tie("p001", f"p{n:03d}", f"busy {n}")
    level = levels(chain)
    assert level["p001"] < before / 2
    assert all(0 < level[f"p{n:03d}"] < before / 5 for n in range(10, 30))


def test_one_flag_taints_no_more_than_a_few_however_many_are_tied_to_it():
    for many, passed in ((5, 5 * 21 / (158 * 38) ** 0.5), (50, MOST), (500, MOST)):
        spokes = Links(np.zeros(many, np.int32), np.arange(1, many + 1, dtype=np.int32), np.full(many, 30.0))
        level = np.zeros(many + 1)
        level[0] = DIRECT
        found = reach(neighbours(spokes, many + 1), level, level > 0)
        assert len(found.account) == many
        assert found.amount.sum() == pytest.approx(passed, abs=1e-6)


def test_who_was_cleared_is_not_tainted_and_passes_nothing_on(chain):
    chain.labels += [("p000", "fraud", START), ("p001", "legit", START)]
    level = levels(chain)
    assert level["p001"] == level["p002"] == 0


def test_a_known_honest_friend_damps(chain):
    chain.labels.append(("p000", "fraud", START))
    chain.tie("p001", "p050", "friend")
    chain.tie("p050", "p002", "other friend")
    before = levels(chain)
    chain.labels.append(("p050", "legit", START))
    after = levels(chain)
    assert after["p002"] < before["p002"]
    assert after["p050"] == 0 < before["p050"]


def test_a_later_judgement_takes_the_risk_back_and_a_later_one_gives_it_again(chain):
    chain.labels += [("p000", "fraud", START), ("p000", "legit", START + 1)]
    assert not any(levels(chain, risk).values())
    chain.labels.append(("p000", "fraud", START + 2))
    assert levels(chain, risk)["p001"] > 0


def test_a_blacklisted_applicant_who_is_cleared_later_taints_nobody(chain):
    chain.blacklist.append(("applicant", "p000", START))
    chain.labels.append(("p000", "legit", START - 1))
    assert levels(chain)["p001"] > 0
    chain.labels.append(("p000", "legit", START + 1))
    assert not any(levels(chain).values())


def test_an_appeal_is_not_overturned_by_who_has_not_heard_it(chain):
    chain.labels += [("p000", "legit", START, "Appeal"), ("p000", "fraud", START + 9, "collections")]
    assert not any(levels(chain).values())
    chain.labels.append(("p000", "fraud", START + 10, "appeal"))
    assert levels(chain)["p000"] == DIRECT


def test_flags_are_pushed_one_by_one(chain):
    """The reach of two flags is what each has alone: neither depends on what else is pushed."""
    chain.tie("p040", "p041", "far away")
    found = []
    for flags in (["p000"], ["p040"], ["p000", "p040"]):
        chain.labels[:] = [(who, "fraud", START) for who in flags]
        context = context_of(chain.projection())
        reach = reached(neighbours(context.links, len(context.roof)), known(context))
        found.append({(s, a): x for s, a, x in zip(reach.source, reach.account, reach.amount, strict=True)})
    assert found[2] == found[0] | found[1]


def test_links_are_walked_back_as_they_are_walked_forth(chain):
    context = context_of(chain.projection())
    near = neighbours(context.links, len(context.roof))
    forth = {(one, int(near.other[at])): near.passes[at] for one in range(len(context.roof))
             for at in range(near.begin[one], near.begin[one + 1])}  # fmt: skip
    assert forth
    assert all(forth[other, one] == pytest.approx(passes) for (one, other), passes in forth.items())
    assert np.max(list(forth.values())) < 1
