"""The population as the data contract's tables; column `at` says when a row is known, in seconds from the start."""

from collections.abc import Callable

import numpy as np
import polars as pl

from ingest.world.applications import AGENT, STATUSES
from ingest.world.contacts import PLACEHOLDER, RELATIONS
from ingest.world.knobs import Knobs
from ingest.world.mess import Mess
from ingest.world.nights import first_times, snapshots
from ingest.world.population import Population
from ingest.world.randomness import Ints
from ingest.world.seen import Seen
from ingest.world.text import iso_time, money, numbered
from ingest.world.texts import Texts, words
from ingest.world.things import Network
from ingest.world.vocabulary import ASNS, BANKS, CHANNELS, MODELS, NET_TYPES, PURPOSES, SSIDS

AT = "at"
PENDING = "pending"


class Tables:
    """Renders each table of the contract except the judgements; the methods are named like the tables."""

    def __init__(self, knobs: Knobs, world: Population, texts: Texts, mess: Mess, nights: int) -> None:
        self._knobs, self._world, self._texts, self._mess, self._nights = knobs, world, texts, mess, nights
        self._rng = mess.rng

    def all(self) -> dict[str, Callable[[], pl.DataFrame]]:
        """The tables by name, in the order of the contract."""
        tables = (
            self.applicants, self.applications, self.devices, self.wifi, self.ips, self.cards, self.applicant_device,
            self.applicant_wifi, self.applicant_ip, self.applicant_card, self.contacts, self.transfers,
        )  # fmt: skip
        return {table.__name__: table for table in tables}

    def applicants(self) -> pl.DataFrame:
        """Personal data; some of it missing or written in another form."""
        people, texts = self._world.people, self._texts
        phones = self._mess.phones(texts.phones.gather(people.phone))
        return self._stamped(people.created).select(
            applicant_id=texts.accounts.head(len(people)),
            name=texts.names,
            phone=self._mess.sometimes(phones, "N/A", self._knobs.placeholder_phone),
            id_hash=texts.ids.gather(people.national_id),
            address=self._mess.addresses(_optional(texts.addresses, people.address)),
            employer=_optional(texts.employers, people.employer),
            created_at=iso_time(pl.col("time")),
            at=AT,
        )

    def applications(self) -> pl.DataFrame:
        """Every application, with the status that it has at the end."""
        rows, texts = self._world.applications, self._texts
        return self._stamped(rows.time, cents=rows.cents).select(
            application_id=numbered("L", self._rng.permutation(len(rows.who)) + 1),
            applicant_id=texts.accounts.gather(rows.who),
            amount=money(pl.col("cents")),
            purpose=words(PURPOSES, rows.purpose),
            term_days=pl.Series(rows.term_days),
            channel=words((*CHANNELS, AGENT), rows.channel),
            submitted_at=iso_time(pl.col("time")),
            status=words((*STATUSES, PENDING), rows.status),
            at=AT,
        )

    def devices(self) -> pl.DataFrame:
        """Every device that somebody was seen on."""
        known, at = first_times(self._world.on_device)
        model = self._rng.integers(0, len(MODELS), len(known))
        return pl.DataFrame({
            "fingerprint": self._texts.fingerprints.gather(known),
            "model": words(tuple(name for name, _ in MODELS), model),
            "os": words(tuple(os for _, os in MODELS), model),
            "mac": self._mess.macs(len(known)),
            AT: at,
        })  # fmt: skip

    def wifi(self) -> pl.DataFrame:
        """Every access point that somebody was seen on."""
        known, at = first_times(self._world.networks.on_wifi)
        kinds = self._world.networks.wifi.kinds[known]
        beginning = _by_kind(SSIDS, kinds, self._rng.integers(0, 1 << 30, len(known)))
        suffix = pl.Series(self._rng.integers(1000, 9999, len(known))).cast(pl.String)
        return pl.DataFrame({"bssid": self._texts.bssid(known), "ssid": beginning + suffix, AT: at})

    def ips(self) -> pl.DataFrame:
        """Every IP address that somebody came from."""
        known, at = first_times(self._world.networks.from_ip)
        kinds = self._world.networks.ips.kinds[known]
        routable = pl.Series(kinds <= int(Network.MOBILE))
        kinds = np.minimum(kinds, int(Network.MOBILE))
        frame = pl.DataFrame({
            "ip": self._texts.ips.gather(known),
            "asn": _by_kind(ASNS, kinds, self._rng.integers(0, 1 << 30, len(known))),
            "net_type": words(NET_TYPES, kinds),
            AT: at,
        })  # fmt: skip
        return frame.with_columns(pl.when(routable).then(pl.col("asn", "net_type"))).unique("ip", maintain_order=True)

    def cards(self) -> pl.DataFrame:
        """Every card that somebody bound."""
        known, at = first_times(self._world.on_card)
        bank = words(BANKS, self._rng.integers(0, len(BANKS), len(known)))
        return pl.DataFrame({"card_hash": self._texts.cards.gather(known), "bank": bank, AT: at})

    def applicant_device(self) -> pl.DataFrame:
        """Who was seen on which device; some fingerprints are empty."""
        seen, at = snapshots(self._world.on_device, self._knobs, self._nights)
        fingerprints = self._mess.sometimes(
            self._texts.fingerprints.gather(seen.what), "", self._knobs.placeholder_fingerprint
        )
        return self._observations(seen, at, "fingerprint", fingerprints)

    def applicant_wifi(self) -> pl.DataFrame:
        """Who was seen on which access point, MAC addresses in several spellings."""
        seen, at = snapshots(self._world.networks.on_wifi, self._knobs, self._nights)
        return self._observations(seen, at, "bssid", self._mess.spellings(self._texts.bssids, seen.what))

    def applicant_ip(self) -> pl.DataFrame:
        """Who came from which address."""
        seen, at = snapshots(self._world.networks.from_ip, self._knobs, self._nights)
        return self._observations(seen, at, "ip", self._texts.ips.gather(seen.what))

    def applicant_card(self) -> pl.DataFrame:
        """Who bound which card when."""
        seen = self._world.on_card
        return self._stamped(seen.first).select(
            applicant_id=self._texts.accounts.gather(seen.who),
            card_hash=self._texts.cards.gather(seen.what),
            bound_at=iso_time(pl.col("time")),
            at=AT,
        )

    def contacts(self) -> pl.DataFrame:
        """Whom everybody named; known when the person joins."""
        rows = self._world.contacts
        phones = self._mess.phones(_optional(self._texts.phones, rows.phone))
        dummies = words(("N/A", "13800000000"), self._rng.integers(0, 2, len(phones)))
        return pl.DataFrame({
            "applicant_id": self._texts.accounts.gather(rows.who),
            "contact_phone": phones.zip_with(pl.Series(rows.phone != PLACEHOLDER), dummies),
            "relation": words(RELATIONS, rows.relation),
            AT: self._world.people.created[rows.who],
        })  # fmt: skip

    def transfers(self) -> pl.DataFrame:
        """Money between accounts."""
        rows = self._world.transfers
        return self._stamped(rows.time, cents=rows.cents).select(
            transfer_id=numbered("T", self._rng.permutation(len(rows)) + 1),
            from_id=self._texts.accounts.gather(rows.source),
            to_id=self._texts.accounts.gather(rows.target),
            amount=money(pl.col("cents")),
            ts="time",
            at=AT,
        )

    def _observations(self, seen: Seen, at: Ints, name: str, values: pl.Series) -> pl.DataFrame:
        start = self._knobs.start
        return pl.DataFrame({
            "applicant_id": self._texts.accounts.gather(seen.who),
            name: values,
            "first_seen": seen.first + start,
            "last_seen": seen.last + start,
            "sessions": seen.sessions,
            AT: at,
        })  # fmt: skip

    def _stamped(self, at: Ints, **columns: Ints) -> pl.DataFrame:
        return pl.DataFrame({AT: at, "time": at + self._knobs.start, **columns})


def _optional(texts: pl.Series, numbers: Ints) -> pl.Series:
    """Texts by number; null for -1."""
    return texts.gather(pl.Series(numbers).replace(-1, None))


def _by_kind(pools: tuple[tuple[str, ...], ...], kinds: Ints, draws: Ints) -> pl.Series:
    """One of the words of each row's kind."""
    sizes = np.array([len(pool) for pool in pools])
    starts = np.cumsum(sizes) - sizes
    return words(tuple(word for pool in pools for word in pool), starts[kinds] + draws % sizes[kinds])
