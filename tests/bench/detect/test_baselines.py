"""The baselines find what they are meant to find."""

import itertools
import string
from functools import partial

import numpy as np
import pytest

from bench.detect.engines import ENGINES
from bench.detect.methods.clustered import clustered
from bench.detect.methods.devices import devices
from bench.detect.methods.fraudar import fraudar
from bench.detect.methods.pairs import Pairs
from bench.detect.methods.peeling import densest_block
from bench.detect.methods.rare_pairs import rare_pairs
from bench.detect.methods.ringfence import ringfence
from bench.detect.methods.sharing import MOST_USERS, NARROW, WIDE, shared

MANY = (string.ascii_letters + string.digits)[: MOST_USERS + 1]


def members(found) -> list[str]:
    in_order = found.groups.group_by("group").agg("applicant_id").sort("group")["applicant_id"]
    return ["".join(sorted(group)) for group in in_order.to_list()]


def test_pairs_weigh_what_they_share_by_how_few_share_it(lender):
    projection = lender(applicant_device={"d1": "ab"}, applicant_card={"c1": "abc"})
    pairs = Pairs.of(projection, WIDE)
    ids = projection.accounts.gather(pairs.accounts)
    assert [ids[end].to_list() for end in (pairs.low, pairs.high)] == [["a", "a", "b"], ["b", "c", "c"]]
    assert pairs.weight.tolist() == [1.5, 0.5, 0.5]


def test_what_too_many_or_only_one_have_is_not_shared(lender):
    projection = lender(applicant_device={"d1": MANY, "d2": MANY[:MOST_USERS], "d3": "a"})
    assert shared(projection, WIDE)["identifier"].n_unique() == 1
    assert shared(projection, WIDE)["users"].unique().to_list() == [MOST_USERS]


def test_a_phone_is_shared_by_who_has_it_and_who_names_it(lender):
    projection = lender(phones={"13987064021": "a"}, contacts={"13987064021": "bc"})
    assert len(Pairs.of(projection, WIDE).low) == 3
    assert len(Pairs.of(projection, NARROW).low) == 0


def test_the_narrow_view_leaves_out_networks_and_what_is_not_rare(lender):
    projection = lender(
        applicant_wifi={"aa:bb:cc:00:00:01": "abc"}, applicant_card={"c1": MANY[:20]}, applicant_device={"d1": "xyz"}
    )
    assert members(rare_pairs(projection)) == ["xyz"]


def test_groups_with_most_pairs_for_each_member_come_first(lender):
    projection = lender(applicant_device={"d1": "abc", "d2": "pq", "d3": "qr"}, applicant_card={"c1": "stuvw"})
    assert members(rare_pairs(projection)) == ["stuvw", "abc", "pqr"]


def test_devices_of_two_do_not_join(lender):
    projection = lender(applicant_device={"d1": "abc", "d2": "cde", "d3": "ef", "d4": "xyz"})
    assert members(devices(projection)) == ["abcde", "xyz"]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_finds_two_groups_that_one_pair_joins(lender, engine):
    phones = {"d1": "abcde", "d2": "abcde", "d3": "vwxyz", "d4": "vwxyz"}
    projection = lender(applicant_device=phones, applicant_card={"c1": "ev"})
    found = clustered(WIDE, ENGINES[engine].load(), projection)
    assert sorted(members(found)) == ["abcde", "vwxyz"]
    assert found.scores["score"].to_list() == pytest.approx([2.0] * 10)


def test_fraudar_peels_the_denser_block_first(lender):
    cards = {f"c{at}": "abcd" for at in range(4)} | {f"k{at}": "wxyz" for at in range(2)} | {"b": "dw", "e": "zm"}
    assert members(fraudar(WIDE, lender(applicant_card=cards)))[:2] == ["abcd", "wxyz"]


def densest(row, column, weight) -> float:
    """By trying all sets of rows; a column is worth taking or not for itself, so all sets of columns too."""
    best = 0.0
    sets = partial(itertools.product, [False, True])
    for rows in sets(repeat=int(row.max()) + 1):
        for columns in sets(repeat=int(column.max()) + 1):
            inside = np.array(rows)[row] & np.array(columns)[column]
            best = max(best, weight[inside].sum() / max(sum(rows) + sum(columns), 1))
    return best


@pytest.mark.parametrize("seed", range(5))
def test_peeling_comes_within_a_factor_of_two_of_the_densest_block(seed):
    rng = np.random.default_rng(seed)
    row, column = np.nonzero(rng.random((5, 5)) < 0.5)
    weight = rng.random(len(row)) + 0.1
    inside = densest_block(row.astype(np.int32), column.astype(np.int32), weight)
    size = len(np.unique(row[inside])) + len(np.unique(column[inside]))
    assert weight[inside].sum() / size >= densest(row, column, weight) / 2


def test_peeling_leaves_a_planted_block():
    rng = np.random.default_rng(7)
    noise = rng.random((200, 200)) < 0.01
    noise[:8, :8] = True
    row, column = np.nonzero(noise)
    inside = densest_block(row.astype(np.int32), column.astype(np.int32), np.ones(len(row)))
    assert (np.unique(row[inside]).tolist(), np.unique(column[inside]).tolist()) == (list(range(8)), list(range(8)))


def test_the_method_of_ours_sees_rings_in_score_order(lender):
    cards = {f"c{at}": "abcdef" for at in range(3)}
    found = ringfence(lender(applicant_card=cards, applicant_device={"d1": "abc", "d2": "def", "d3": "cd"}))
    assert found.groups["score"].is_sorted(descending=True)
