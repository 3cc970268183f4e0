"""Dense blocks: what holds a group together from within, whatever its members share with everybody."""

import numpy as np
import pytest

from detectors.blocks.peeling import blocks
from detectors.context import context_of

DAY = 86_400
START = 1_700_000_000


def crowd(sketch, people=400):
    """Honest strangers: without them nothing is rare."""
    for n in range(people):
        who = sketch.person(f"x{n:04d}")
        for label in ("Device", "Card", "Phone", "Address"):
            sketch.see(who, label, f"{label}-{who}")
        sketch.listed.append((who, f"mother-of-{who}"))
        sketch.see(who, "Wifi", f"cafe-{n % 5}", START, START + 600)
        sketch.pay(who, f"merchant-{n % 3}", 1_000, START)


def circle(sketch, *labels, size=6):
    """Neighbours in a circle share one thing each, of these kinds in turn."""
    ring = [sketch.person(f"r{n}") for n in range(size)]
    for n, who in enumerate(ring):
        sketch.see(who, "Address", f"home-{who}")
        for other in (who, ring[(n + 1) % size]):
            sketch.see(other, labels[n % len(labels)], f"pair-{n}")
    return ring


def block_of(sketch, ring):
    context = context_of(sketch.projection())
    member = np.flatnonzero(context.projection.accounts.is_in(ring)).astype(np.int32)
    return blocks(context, np.zeros(len(member), np.int32), member)


def test_a_circle_of_pairs_with_two_kinds_of_things_is_a_block(sketch):
    crowd(sketch)
    ring = circle(sketch, "Device", "Card")
    assert block_of(sketch, ring)["block"].to_list() == [6]


def test_a_chain_is_no_block(sketch):
    crowd(sketch)
    ring = circle(sketch, "Device", "Card")
    assert block_of(sketch, ring[:5]).is_empty()


def test_devices_alone_are_no_block_as_they_pass_through_many_hands_in_a_cafe(sketch):
    crowd(sketch)
    assert block_of(sketch, circle(sketch, "Device")).is_empty()


def test_camouflage_does_not_loosen_a_block(sketch):
    crowd(sketch)
    ring = circle(sketch, "Device", "Card")
    plain = block_of(sketch, ring)
    for n, who in enumerate(ring):
        for merchant in range(3):
            sketch.pay(who, f"merchant-{merchant}", 1_000, START + n * DAY)
        for cafe in range(5):
            sketch.see(who, "Wifi", f"cafe-{cafe}", START, START + 600)
        for stranger in range(10 * n, 10 * n + 10):
            sketch.pay(who, f"x{stranger:04d}", 1_000, START + n * DAY)
    assert block_of(sketch, ring).equals(plain)


def test_who_shares_with_one_of_them_only_is_peeled_off(sketch):
    crowd(sketch)
    ring = circle(sketch, "Device", "Card")
    hanger_on = sketch.person("hanger-on")
    for label in ("Device", "Card"):
        sketch.see(hanger_on, label, f"lent-{label}")
        sketch.see(ring[0], label, f"lent-{label}")
    sketch.see(hanger_on, "Address", "home-hanger-on")
    loose = sketch.person("loose")
    sketch.see(loose, "Card", "pair-1")
    sketch.see(loose, "Address", "home-loose")
    assert block_of(sketch, [*ring, loose])["block"].to_list() == [6]


def test_a_hostel_is_no_block(sketch):
    crowd(sketch)
    guests = [sketch.person(f"g{n:02d}") for n in range(30)]
    for n, who in enumerate(guests):
        sketch.see(who, "Address", "hostel")
        sketch.see(who, "Wifi", f"hostel-{n % 2}")
        sketch.see(who, "Ip", "hostel")
        sketch.see(who, "Device", f"own-{who}")
        sketch.listed.append((who, "warden"))
    assert block_of(sketch, guests).is_empty()


def test_groups_are_peeled_by_themselves(sketch):
    crowd(sketch)
    ring = circle(sketch, "Device", "Card")
    context = context_of(sketch.projection())
    member = np.flatnonzero(context.projection.accounts.is_in(ring)).astype(np.int32)
    group = np.repeat([0, 1, 2], [6, 6, 3]).astype(np.int32)
    found = blocks(context, group, np.concatenate([member, member, member[:3]]))
    assert found["group"].to_list() == [0, 1]
    assert found["held"][0] == found["held"][1] > 0


@pytest.mark.parametrize("shuffle", [1, 2])
def test_blocks_do_not_depend_on_the_order_of_the_data(small_world, shuffle):
    people = [who for ring in small_world.rings for who in ring]
    found = []
    for seed in (None, shuffle):
        context = context_of(small_world.sketch.projection(seed))
        member = np.flatnonzero(context.projection.accounts.is_in(people)).astype(np.int32)
        found.append(blocks(context, np.zeros(len(member), np.int32), member))
    assert found[0].equals(found[1])


def test_without_groups_there_is_no_block(sketch):
    crowd(sketch, 10)
    assert block_of(sketch, []).is_empty()
