"""The findings of a backtest as sentences, the same on the terminal and on the pages."""

from app.backtest.report import BacktestReport


def sentences(report: BacktestReport) -> tuple[str, ...]:
    """What came out, the most important first."""
    return (_losses(report), _flagged(report), _false_kills(report), _money(report))


def _losses(report: BacktestReport) -> str:
    lost = report.losses
    lead = lost.lead
    days = (
        f", by {lead.median:.1f} days in the median (quartiles {lead.lower_quartile:.1f} and {lead.upper_quartile:.1f})"
        if lead
        else ""
    )
    return (
        f"Losses: {lost.fraudsters:,} fraudsters cost money after {report.start:%Y-%m-%d} and until "
        f"{report.end:%Y-%m-%d}. {lost.before:,} ({lost.share:.0%}) were flagged before that{days}; "
        f"{lost.after:,} too late; {lost.never:,} never."
    )


def _flagged(report: BacktestReport) -> str:
    people = report.flagged
    return (
        f"Flagged: {people.total:,} people on one date or more: {people.fraud:,} fraudsters, {people.known:,} whose "
        f"fraud was known already, {people.legit:,} honest, {people.open:,} of whom nothing is known."
    )


def _false_kills(report: BacktestReport) -> str:
    if report.honest:
        share = f"{report.honest.per_10_000:.1f} per 10,000"
        return f"False kills: {report.honest.flagged:,} of {report.honest.people:,} honest people, {share}."
    judged = report.flagged.total - report.flagged.open
    return f"False kills: {report.flagged.legit:,} of the {judged:,} flagged people on whom there is a verdict."


def _money(report: BacktestReport) -> str:
    after, all_ = report.money.after_flag, report.money.by_fraudsters
    share = f" ({after.fraud / all_:.0%} of what all fraudsters asked for in that time)" if all_ else ""
    return (
        f"Money: after their flag fraudsters asked for {_units(after.fraud)}{share}, "
        f"honest people for {_units(after.legit)}, those of whom nothing is known for {_units(after.open)}."
    )


def _units(minor: int) -> str:
    return f"{minor / 100:,.0f}"
