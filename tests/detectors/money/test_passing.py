"""Money that is passed on is told from money that is spent by the arrow of time."""

from detectors.context import context_of

DAY, HOUR = 86_400, 3_600
START = 1_700_000_000


def passed_on(sketch) -> list[tuple[str, str]]:
    """Ids of transfers, and of those that passed their money on."""
    projection = sketch.projection()
    context = context_of(projection)
    ids, row, steps = projection.transfers.ids, context.flows.row, context.passing
    return sorted(zip(ids.gather(row[steps.into]), ids.gather(row[steps.out]), strict=True))


def test_what_leaves_hours_later_was_passed_on(crowd):
    ways = []
    for n in range(4):
        crowd.pay(f"p{n:02d}", "p50", 70_000 + 9_000 * n, START + (40 + 9 * n) * DAY)
        crowd.pay("p50", "p51", 67_000 + 8_600 * n, START + (40 + 9 * n) * DAY + 5 * HOUR)
        ways.append((crowd.moved[-2][0], crowd.moved[-1][0]))
    assert set(ways) <= set(passed_on(crowd))


def test_what_left_before_was_not_passed_on(crowd):
    usual = passed_on(crowd)
    for n in range(4):
        crowd.pay("p50", "p51", 67_000 + 8_600 * n, START + (40 + 9 * n) * DAY)
        crowd.pay(f"p{n:02d}", "p50", 70_000 + 9_000 * n, START + (40 + 9 * n) * DAY + 5 * HOUR)
    assert set(passed_on(crowd)) <= set(usual)


def test_people_who_spend_as_often_before_as_after_pass_nothing_on(sketch):
    for n in range(40):
        sketch.pay("employer", sketch.person(f"e{n}"), 500_000, START + 10 * DAY)
        sketch.pay(f"e{n}", "landlord", 480_000, START + 10 * DAY + (HOUR if n % 2 else -HOUR) * 4)
    assert passed_on(sketch) == []


def test_each_transfer_passes_on_and_is_passed_on_once(sketch):
    for n in range(5):
        sketch.pay(f"a{n}", "m", 1_000, START + n)
    for n in range(3):
        sketch.pay("m", f"b{n}", 950, START + HOUR + n)
    into, out = zip(*passed_on(sketch), strict=True)
    assert len(set(into)) == len(into) == len(set(out)) >= 1


def test_sending_money_back_is_not_passing_it_on(sketch):
    for n in range(5):
        sketch.pay(f"a{n}", f"b{n}", 1_000, START + n * DAY)
        sketch.pay(f"b{n}", f"a{n}", 950, START + n * DAY + HOUR)
    assert passed_on(sketch) == []


def test_nothing_of_an_amount_of_nothing_is_passed_on(sketch):
    sketch.pay("a", "m", 0, START)
    sketch.pay("m", "b", 0, START + HOUR)
    assert passed_on(sketch) == []
