from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.values import BssidType, IpType, MacType
from graph.values.ip import ip_range

IP, MAC, BSSID = IpType(), MacType(), BssidType()


@pytest.mark.parametrize(
    "raw",
    [
        "3c:22:fb:00:11:12", "3C:22:FB:00:11:12", "3C-22-FB-00-11-12", "3c22.fb00.1112", "3C22FB001112",
        " 3c:22:fb:00:11:12 ", "３Ｃ：２２：ＦＢ：００：１１：１２",
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [MAC, BSSID], ids=lambda kind: kind.name)
def test_every_spelling_of_a_mac_is_one_mac(kind: MacType | BssidType, raw: str, judge):
    assert judge(kind, raw) == ("3c:22:fb:00:11:12", False, None)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("00:00:00:00", "00:00:00:00"),
        ("00-00-00-00-00-00", "00:00:00:00:00:00"),
        ("000000000000", "00:00:00:00:00:00"),
        ("02:00:00:00:00:00", "02:00:00:00:00:00"),
        ("FF:FF:FF:FF:FF:FF", "ff:ff:ff:ff:ff:ff"),
        ("01:00:5e:00:00:fb", "01:00:5e:00:00:fb"),
    ],
)
@pytest.mark.parametrize("kind", [MAC, BSSID], ids=lambda kind: kind.name)
def test_macs_of_nobody_are_kept_but_link_nobody(kind: MacType | BssidType, raw: str, kept: str, judge):
    assert judge(kind, raw) == (kept, True, None)


@pytest.mark.parametrize("second", "26ae")
def test_a_locally_administered_address_means_nothing_for_a_device_but_does_for_an_access_point(second: str, judge):
    mac = f"3{second}:22:fb:00:11:12"
    assert judge(MAC, mac) == (mac, True, None)
    assert judge(BSSID, mac) == (mac, False, None)


@pytest.mark.parametrize(
    "raw", ["3c:22:fb:00:11", "3c:22:fb:00:11:12:13", "3g:22:fb:00:11:12", "3c22.fb001112", "home wifi"]
)
@pytest.mark.parametrize("kind", [MAC, BSSID], ids=lambda kind: kind.name)
def test_what_is_no_mac_is_bad(kind: MacType | BssidType, raw: str, judge):
    assert judge(kind, raw) == (None, False, "not a MAC address of 12 hexadecimal digits")


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("8.8.4.4", "8.8.4.4"),
        ("８．８．４．４", "8.8.4.4"),
        ("::ffff:8.8.4.4", "8.8.4.4"),
        ("::FFFF:808:404", "8.8.4.4"),
        ("2409:8A00:0000:0000:0000:0000:0000:0001", "2409:8a00::1"),
        ("2409:8a00::0001", "2409:8a00::1"),
    ],
)
def test_every_spelling_of_an_address_is_one_address(raw: str, address: str, judge):
    assert judge(IP, raw) == (address, False, None)


@pytest.mark.parametrize(
    "raw", ["256.1.1.1", "1.2.3", "1.2.3.4.5", "010.1.1.1", "1.2.3.4/24", "2409:::1", "g::1", "localhost"]
)
def test_what_is_no_address_is_bad(raw: str, judge):
    assert judge(IP, raw) == (None, False, "not an IP address")


RANGES = [
    ("0.0.0.0/32", "unspecified"), ("0.0.0.0/8", "reserved"), ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "carrier-grade"),
    ("127.0.0.0/8", "loopback"), ("169.254.0.0/16", "link-local"), ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved"), ("192.0.2.0/24", "documentation"), ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "reserved"), ("198.51.100.0/24", "documentation"), ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"), ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"), ("::1/128", "loopback"), ("::ffff:0:0/96", "mapped"),
    ("fc00::/7", "private"), ("fe80::/10", "link-local"), ("ff00::/8", "multicast"), ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"), ("2000::/3", "public"), ("::/0", "reserved"), ("0.0.0.0/0", "public"),
]  # fmt: skip
NETWORKS = [(ip_network(network), name) for network, name in RANGES]


def _expected(address: IPv4Address | IPv6Address) -> str:
    return next(name for network, name in NETWORKS if address in network)


def _near_an_edge(network: str) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    """Inside, just before and just after: where a pattern goes wrong."""
    whole = ip_network(network)
    size = 2**whole.max_prefixlen
    first, last = int(whole.network_address), int(whole.broadcast_address)
    make = IPv4Address if whole.version == 4 else IPv6Address
    edges = st.sampled_from([first - 1, first, first + 1, last - 1, last, last + 1]).map(lambda number: number % size)
    return st.one_of(edges, st.integers(first, last)).map(make)


@given(st.lists(st.one_of([_near_an_edge(network) for network, _ in RANGES]), min_size=1, max_size=40))
def test_ranges_are_those_of_the_registry(addresses: list[IPv4Address | IPv6Address]):
    unmapped = [getattr(address, "ipv4_mapped", None) or address for address in addresses]
    result = IP.normalise(pl.Series([str(address) for address in addresses]), "CN")
    assert result.bad.null_count() == len(addresses)
    assert [ip_address(value) for value in result.value] == unmapped
    kinds = [_expected(address) for address in unmapped]
    assert ip_range(result.value).to_list() == kinds
    assert result.placeholder.to_list() == [kind != "public" for kind in kinds]


def test_what_is_no_address_has_no_range():
    assert ip_range(pl.Series(["N/A", "", None])).to_list() == [None, None, None]
