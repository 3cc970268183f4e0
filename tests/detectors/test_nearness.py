"""Whose fraud it is that makes somebody suspicious, over which way."""

import pytest

from detectors.context import context_of
from detectors.nearness import Hint, Nearness
from detectors.spread import neighbours, spread
from detectors.taint import THROUGH_IDENTIFIER, known, reached, risk

START = 1_700_000_000


def hints(sketch) -> dict[str, Hint]:
    context = context_of(sketch.projection())
    said = known(context)
    found = reached(neighbours(context.links, len(context.roof)), said)
    return Nearness(context, said, found, risk(said, spread(found, len(context.roof)))).reasons()


@pytest.fixture
def chain(sketch):
    """Of many people four in a row, each sharing a card and a device with the next."""
    return sketch.row(4)


def test_the_way_leads_from_the_flag_step_by_step(chain):
    chain.labels.append(("p000", "fraud", START))
    reason = hints(chain)["p002"].reason
    assert (reason.code, reason.figures["steps"], reason.figures["flags"]) == ("near_fraud", 2, 1)
    assert [item.applicants for item in reason.evidence] == [("p000", "p001"), ("p001", "p002")]
    assert [item.key[-1] for item in reason.evidence] == ["0", "1"]
    assert reason.text == "2 links away from somebody who is known fraud; 1 such person is near."


def test_of_several_flags_the_one_tells_of_which_most_comes(chain):
    chain.labels += [("p000", "fraud", START), ("p003", "fraud", START)]
    found = hints(chain)
    assert found["p002"].reason.evidence[0].applicants == ("p002", "p003")
    assert found["p002"].reason.figures["flags"] == 2
    assert found["p002"].reason.text == "Linked to somebody who is known fraud; 2 such people are near."


def test_who_was_judged_himself_is_told_so(chain):
    chain.labels.append(("p000", "fraud", START))
    chain.blacklist.append(("card", "card of p050", START))
    found = hints(chain)
    assert found["p000"].reason.code == found["p050"].reason.code == "judged_fraud"
    assert found["p000"].risk == 1 > found["p050"].risk == THROUGH_IDENTIFIER
    assert found["p000"].risk > found["p001"].risk > found["p002"].risk > found["p003"].risk


def test_nobody_has_a_reason_once_the_judgement_is_overturned(chain):
    chain.labels.append(("p000", "fraud", START))
    assert hints(chain)
    chain.labels.append(("p000", "legit", START + 1))
    assert hints(chain) == {}
