"""One value alone means what it means in a column: the two ways are written apart, so they are compared here."""

import random
from collections.abc import Iterable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.values import (
    AddressType,
    BssidType,
    ChoiceType,
    CountType,
    EmployerType,
    IpType,
    KeyType,
    MacType,
    MoneyType,
    NameType,
    PhoneType,
    TextType,
    TimestampType,
    TokenType,
    ValueType,
)
from graph.values.absence import ABSENT_WORDS

ADDRESS, EMPLOYER, KEY, TEXT, TOKEN = AddressType(), EmployerType(), KeyType(), TextType(), TokenType()
IP, MAC, BSSID, PHONE, NAME = IpType(), MacType(), BssidType(), PhoneType(), NameType()
LABEL = ChoiceType(("fraud", "Legit", "état", "欺诈"))
TYPES = (ADDRESS, BSSID, LABEL, EMPLOYER, IP, KEY, MAC, NAME, PHONE, TEXT, TOKEN)
REGIONS = ("CN", "US", "GB", "IN", "SG", "AR", "XX", "")

every_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)


def differing(kind: ValueType, raw: list[str | None], region: str = "CN") -> list[object]:
    """The values that the two ways judge differently, with both judgements; not those that are left to the column."""
    column = kind.normalise(pl.Series(raw, dtype=pl.String), region)
    rows = zip(raw, column.value, column.placeholder, column.bad, strict=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("graph.values.base._by_column", lambda *_: None)
        alone = [kind.normalise_one(one, region) for one in raw]
    return [(row, one) for row, one in zip(rows, alone, strict=True) if one not in (row[1:], None)]


USUAL: dict[ValueType, tuple[str, ...]] = {
    ADDRESS: (
        "广东省深圳市南山区科技园路８８号，3栋1202室", "北京市朝阳区建国路88号", "阳光小区",
        "河南省周口市李家村", "北京市",
        "12 Main Street, Apt. 5", "7 East Road, Building B", "Flat #3, 221 Baker St.", "São Paulo, 5 Rua São João",
    ),
    BSSID: ("3c:22:fb:00:11:12", "3E-22-FB-00-11-12", "3c22.fb00.1112", "02:00:00:00:00:00", "01:00:5e:00:00:fb"),
    EMPLOYER: (
        "深圳市腾讯计算机系统有限责任公司", "平安保险(集团)股份有限公司", "有限公司", "个体户",
        "Acme Trading Co., Ltd.",
        "Société Générale S.A.", "self-employed", "Corporation of London", "Smith & Sons PLC",
    ),
    IP: (
        "119.123.45.67", "8.8.4.4", "10.0.0.1", "172.31.4.5", "172.32.4.5", "192.168.1.1", "100.64.0.1", "0.0.0.0",
        "169.254.1.1", "224.0.0.1", "198.51.100.7", "255.255.255.255", "2409:8A00:0:0::0001", "::ffff:8.8.4.4",
        "::FFFF:808:404", "::1", "::", "fe80::1%eth0", "fd00::1", "2001:db8::1", "3fff:1::", "64:ff9b::808:404",
    ),
    KEY: ("A-000017", "P-000981", "0007", "客户17", "a'b\"c;--", "Ａ１"),
    LABEL: ("fraud", " LEGIT ", "État", "欺诈", "maybe"),
    MAC: ("3c:22:fb:00:11:12", "3C-22-FB-00-11-12", "3c22.fb00.1112", "3C22FB001112", "FF:FF:FF:FF:FF:FF", "00:00:00"),
    NAME: ("王小明", "Mary  O'Brien", "José Ñúñez", "欧阳 娜娜", "Nguyễn Văn A", "𠮷野家"),
    PHONE: (
        "13912345670", "+86 139-1234-5670", "008613912345670", "8613912345670", "0755-86013388", "(010)62345679转8012",
        "400-810-8888", "10086", "13800138000", "13888888888", "+1 (415) 555-2671", "(415) 555-2671", "020 7946 0958",
        "+44 (0)20 7946 0958", "07400 123456", "09876543210", "+91 98765 43210", "011 15 2345 6780", "12345678901",
    ),
    TEXT: ("purchase of a motorcycle", "买摩托车", "Redmi Note 12", "中国移动"),
    TOKEN: (
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "6F9619FF-8B86-D011-B42D-00C04FC964FF",
        "Tok_aBc1", "02:00:00:00:00:00", "9774d56d682e549c", "0000-0000", "aaaaaaaa",
        "d41d8cd98f00b204e9800998ecf8427e",
    ),
}  # fmt: skip


@every_type
def test_usual_values_need_no_column(kind: ValueType, monkeypatch: pytest.MonkeyPatch):
    assert differing(kind, [None, *USUAL[kind]]) == []
    monkeypatch.setattr(type(kind), "normalise", None)
    assert [kind.normalise_one(raw, "CN") for raw in USUAL[kind]]


HOSTILE = (
    "0123456789abcdefABCDEFxX:.-+/ ,#_%()'\"<=&\0\t\n\x1c\x85\x9f\xa0\u2007\u2010\u2028\u202f\u3000"
    "\u200b\u200d\u202e\u2066\ufeff０１２８Ａｚ：。－＋中国省市区小路号室有限责任股份公司转分机々〇㈱①Ⅷ½²ªǅßİıſKÅµé\u0301\u0345\u3099ﬁ한ｶﾞ😀\ufe0f\u2fff"
)
"""Blanks and controls of all kinds, other digits, letters that change with their case or their neighbours."""
STRANGE = "\u1680ߋΣσς٣۴߅ﷺ\u1ac1\u0c5d\U0001f6dc\U0002ebf0\U0001e4d0"
"""Of other scripts, or newer than Python's tables: left to the column."""
PIECES = (
    *ABSENT_WORDS, "NULL", "Ｎ／Ａ", "+86", "0086", "ext. 5", "转12", " Co., Ltd", "有限公司", " Street ", "::ffff:",
    "0" * 8, "7" * 520, "中" * 513, "㍿" * 130,
)  # fmt: skip


def mutated(chance: random.Random, valid: str) -> str:
    """A value near a valid one, changed in one place or several."""
    text = valid
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at, until = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        text = chance.choice((
            lambda t, a, _: t[:a] + chance.choice(HOSTILE) + t[a:],
            lambda t, a, _: t[:a] + chance.choice(HOSTILE) + t[a + 1 :],
            lambda t, a, _: t[:a] + str(chance.randint(0, 9)) + t[a + 1 :],
            lambda t, a, _: t[:a] + t[a + 1 :],
            lambda t, a, u: t[:a] + t[u:],
            lambda t, a, u: t[:u] + t[a:],
            lambda t, a, _: t[:a] + chance.choice(PIECES) + t[a:],
            lambda t, *_: chance.choice(PIECES) + t,
            lambda t, *_: chance.choice((t.upper(), t.lower(), t.title(), t.swapcase())),
            lambda t, *_: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in t),
            lambda t, *_: chance.choice(" \t\u3000\ufeff\0") + t + chance.choice(" \n\u2003"),
            lambda *_: chance.choice(PIECES),
        ))(text, at, until)  # fmt: skip
    return text


@every_type
@settings(max_examples=45, deadline=None)
@given(seed=st.integers(0, 2**32), region=st.sampled_from(REGIONS))
def test_values_near_valid_ones(kind: ValueType, seed: int, region: str):
    chance = random.Random(seed)
    own, others = USUAL[kind], [value for values in USUAL.values() for value in values]
    valid = (chance.choice(own if chance.random() < 0.8 else others) for _ in range(500))
    assert differing(kind, [mutated(chance, value) for value in valid], region) == []


@every_type
def test_the_hostile_alphabet_needs_no_column(kind: ValueType, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(type(kind), "normalise", None)
    assert kind.normalise_one("".join(HOSTILE), "CN")


@every_type
@settings(max_examples=45, deadline=None)
@given(seed=st.integers(0, 2**32), region=st.sampled_from(REGIONS))
def test_any_words_of_a_hostile_alphabet(kind: ValueType, seed: int, region: str):
    chance = random.Random(seed)
    words = ["".join(chance.choices(HOSTILE, k=chance.randint(0, 24))) for _ in range(500)]
    assert differing(kind, [None, *words], region) == []


_any_text = st.one_of(st.none(), st.text(HOSTILE, max_size=24), st.text(HOSTILE + STRANGE, max_size=24), st.text())


@every_type
@settings(max_examples=100, deadline=None)
@given(values=st.lists(_any_text, max_size=12), region=st.sampled_from(REGIONS))
def test_any_text(kind: ValueType, values: list[str | None], region: str):
    assert differing(kind, values, region) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.ip_addresses().map(str), max_size=60), st.sampled_from(["", "::ffff:", "::", "%1"]))
def test_any_address(addresses: list[str], affix: str):
    assert differing(IP, [*addresses, *(affix + a for a in addresses), *(a.upper() + affix for a in addresses)]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(min_size=6, max_size=6), max_size=60), st.sampled_from([":", "-", ".", ""]))
def test_any_mac(macs: list[bytes], separator: str):
    texts = [mac.hex(separator, 2 if separator == "." else 1) if separator else mac.hex() for mac in macs]
    for kind in (MAC, BSSID):
        assert differing(kind, [*texts, *(text.upper() for text in texts)]) == []


def in_context(code_points: Iterable[int]) -> list[str | None]:
    """Each character alone, beside Chinese, beside Latin, at an edge, doubled."""
    characters = [chr(code) for code in code_points if not 0xD800 <= code < 0xE000]
    return [f"{c}中 {c} 中{c}a{c}{c}B{c} x{c}" for c in characters] + list(characters)


@pytest.mark.parametrize("kind", [ADDRESS, EMPLOYER, KEY, TEXT, TOKEN, LABEL], ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "block",
    [range(0x0370), range(0x1E00, 0x1F00), range(0x2000, 0x3400), range(0x3400, 0xA000), range(0xAC00, 0xD7A4),
     range(0xF900, 0xFB00), range(0xFE00, 0x10000), range(0x1F300, 0x1F650), range(0x20000, 0x2A6E0)],
    ids=lambda block: f"U+{block.start:04X}",
)  # fmt: skip
def test_every_character_that_is_judged_without_a_column(kind: ValueType, block: range):
    assert differing(kind, in_context(block)) == []


@every_type
@pytest.mark.parametrize("strange", STRANGE)
def test_other_characters_are_judged_by_the_column(kind: ValueType, strange: str, judge):
    for raw in (strange, f"12 Main Street {strange}", f"{strange} 13912345670"):
        assert kind.normalise_one(raw, "CN") == judge(kind, raw)


@pytest.mark.parametrize("kind", [CountType(), MoneyType(), TimestampType()], ids=lambda kind: kind.name)
def test_a_figure_has_columns_only(kind: ValueType):
    with pytest.raises(TypeError, match="columns only"):
        kind.normalise_one("1", "CN")
