"""`ringfence rings`, `ring` and `runs`: what the published run found, in the terminal."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from app.cli.console import JsonOption, StoreOption, out, print_json, settings_with
from app.exports import published
from app.masking import masked_ring
from app.wiring import store_of
from graph.errors import NotFoundError
from graph.results import LIVING, Ring, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder

Order = Annotated[RingOrder, typer.Option("--order", help="Sort by this, largest first.")]


def rings(
    top: Annotated[int, typer.Option(min=1, max=100_000, help="How many rings.")] = 20,
    order: Order = RingOrder.EXPECTED_LOSS,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the top rings of the published run; those that are gone are in the night's report."""
    with store_of(settings_with(store=store)) as opened:
        run = published(opened)
        living = RingFilter(change=LIVING)
        page = opened.runs.rings(living, order=order, limit=top, run_id=run.run_id)
        total = opened.runs.count_rings(living, run_id=run.run_id)
    if as_json:
        rows = [ring.model_dump(mode="json") for ring in page]
        print_json({"run": run.model_dump(mode="json"), "total": total, "rings": rows})
        return
    out.print(_queue(page))
    out.print(f"{len(page):,} of {total:,} rings of run {run.run_id}, as of {run.as_of:%Y-%m-%d %H:%M} UTC.")


def ring(
    ring_id: Annotated[str, typer.Argument(metavar="RING_ID", help="As shown by `ringfence rings`.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one ring: reasons, members, evidence (identifiers masked)."""
    with store_of(settings_with(store=store)) as opened:
        run = published(opened)
        found = opened.runs.ring(ring_id, run_id=run.run_id)
    if found is None:
        raise NotFoundError("No ring has this id", where=shown(ring_id), do="List them with `ringfence rings`.")
    masked = masked_ring(found)
    if as_json:
        print_json(masked.model_dump(mode="json"))
        return
    _print_ring(masked)


def runs(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List the runs that are kept, latest first."""
    with store_of(settings_with(store=store)) as opened:
        kept = opened.runs.runs()
    if as_json:
        print_json([run.model_dump(mode="json") for run in kept])
        return
    out.print(_runs(kept))


def shown(value: str) -> str:
    """Text from the lender's data, safe for a terminal: control characters are spelled out, long text is cut."""
    cut = value if len(value) <= 80 else f"{value[:79]}…"
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)


def _day(moment: int | None) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d") if moment is not None else ""


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _queue(page: list[RingSummary]) -> Table:
    table = _table("ring", "score", "size", "change", "expected loss", "last seen", "why")
    for each in page:
        loss = f"{each.expected_loss / 100:,.0f}"
        table.add_row(
            shown(each.ring_id),
            f"{each.score:.3f}",
            str(each.size),
            each.change,
            loss,
            _day(each.last_seen),
            shown(each.headline),
        )
    return table


def _print_ring(ring: Ring) -> None:
    out.print(f"Ring {shown(ring.ring_id)}: {ring.size} members, score {ring.score:.3f}, {ring.change}")
    for reason in ring.reasons:
        out.print(f"  {shown(reason.code)}: {shown(reason.text)}")
    members = _table("member", "score", "role")
    for member in ring.members:
        members.add_row(shown(member.applicant_id), f"{member.score:.3f}", shown(member.role))
    evidence = _table("evidence", "identifier", "joins", "from", "to", "weight")
    for each in ring.evidence:
        joins = shown(", ".join(each.applicants))
        span = (_day(each.first_seen), _day(each.last_seen))
        evidence.add_row(shown(each.kind), shown(each.key), joins, *span, f"{each.weight:.2f}")
    out.print(members, evidence, sep="\n")


def _runs(kept: list[Run]) -> Table:
    table = _table("run", "as of", "published", "rings", "applicants")
    for run in kept:
        published_at = f"{run.published_at:%Y-%m-%d %H:%M}" if run.published_at else ""
        table.add_row(
            shown(run.run_id), f"{run.as_of:%Y-%m-%d %H:%M}", published_at, f"{run.rings:,}", f"{run.applicants:,}"
        )
    return table
