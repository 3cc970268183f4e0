"""Applications as rows of the tables of the data contract, still text, as they would stand in files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from decisions.log.record import Decision

LINES = 64
"""Lines that each decision has in quarantine, so that every row of it has a line of its own: it makes up to 61 rows."""

_THINGS = {
    "device": ("devices", ("fingerprint", "model", "os", "mac"), "applicant_device"),
    "wifi": ("wifi", ("bssid", "ssid"), "applicant_wifi"),
    "ip": ("ips", ("ip", "asn", "net_type"), "applicant_ip"),
}
"""Part of an application: the table that describes it, its columns, the table that says who was seen with it."""

_PERSON = ("applicant_id", "name", "phone", "id_hash", "address", "employer")
_REQUEST = ("application_id", "amount", "purpose", "term_days", "channel")

Row = dict[str, Any]


def rows_of(applications: Iterable[tuple[Decision, Mapping[str, Any]]]) -> dict[str, pl.DataFrame]:
    """By the name of the table: text columns as in the data contract, and `line` (decision's number times `LINES` and
    more) before them. An application is JSON of `decisions.application.Application`.
    """
    tables: defaultdict[str, list[Row]] = defaultdict(list)
    for decision, application in applications:
        for at, (table, row) in enumerate(_rows(decision, application)):
            tables[table].append({"line": decision.number * LINES + at} | row)
    return {table: _frame(rows) for table, rows in tables.items()}


def _rows(decision: Decision, application: Mapping[str, Any]) -> Iterable[tuple[str, Row]]:
    person, at = application["applicant"], decision.at
    applicant = {"applicant_id": person["applicant_id"]}
    yield "applicants", {name: person.get(name) for name in _PERSON} | {"created_at": at}
    request = {name: application.get(name) for name in _REQUEST}
    yield "applications", request | applicant | {"submitted_at": at, "status": decision.outcome.value}
    for part, (described, columns, seen) in _THINGS.items():
        if thing := application.get(part):
            yield described, {name: thing.get(name) for name in columns}
            yield seen, applicant | {columns[0]: thing[columns[0]], "first_seen": at, "last_seen": at}
    if card := application.get("card"):
        yield "cards", {"card_hash": card["card_hash"], "bank": card.get("bank")}
        yield "applicant_card", applicant | {"card_hash": card["card_hash"], "bound_at": at}
    for contact in application.get("contacts", ()):
        yield (
            "contacts",
            applicant | {"contact_phone": contact["contact_phone"], "relation": contact.get("relation")},
        )


def _frame(rows: Sequence[Row]) -> pl.DataFrame:
    names = list(rows[0])
    columns = {name: [None if row[name] is None else str(row[name]) for row in rows] for name in names[1:]}
    lines = pl.Series("line", [row["line"] for row in rows], dtype=pl.Int64)
    return pl.DataFrame([lines, *(pl.Series(name, values, dtype=pl.String) for name, values in columns.items())])
