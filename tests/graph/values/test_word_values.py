import hashlib

import pytest

from graph.values import AddressType, ChoiceType, EmployerType, KeyType, NameType, TextType, TokenType, ValueType

ADDRESS, EMPLOYER, KEY, NAME, TEXT, TOKEN = (
    AddressType(),
    EmployerType(),
    KeyType(),
    NameType(),
    TextType(),
    TokenType(),
)
LABEL = ChoiceType(("fraud", "legit"))


@pytest.mark.parametrize("kind", [NAME, TEXT], ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("王\0小明", "王 小明"), ("  a \t\n b ", "a b"), ("Ａ１", "A1"), ("\u202egnp.exe", "gnp.exe"),
        ("\ufeffname", "name"),
        ("<script>alert('x')</script>", "<script>alert('x')</script>"), ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
        ("👨‍👩‍👧 O'Brien", "👨‍👩‍👧 O'Brien"), ("N/A", "N/A"), ("x" * 10_000, "x" * 10_000), ("\0", None),
    ],
)  # fmt: skip
def test_text_is_cleaned_and_otherwise_kept(kind: ValueType, raw: str, clean: str | None, judge):
    assert judge(kind, raw) == (clean, False, None)


@pytest.mark.parametrize(
    ("raw", "key"), [(" A01 ", "A01"), ("0007", "0007"), ("a'b\"c;--", "a'b\"c;--"), ("😀", "😀"), ("Ａ１", "Ａ１")]
)
def test_keys_are_kept_exactly(raw: str, key: str, judge):
    assert judge(KEY, raw) == (key, False, None)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("a\0b", "control character in a key"), ("a\nb", "control character in a key"), ("N/A", "a word for no value"),
     ("null", "a word for no value"), ("k" * 513, "longer than 512 characters")],
)  # fmt: skip
def test_keys_under_which_people_would_be_lost_are_bad(raw: str, reason: str, judge):
    assert judge(KEY, raw) == (None, False, reason)


@pytest.mark.parametrize(
    ("raw", "token"),
    [
        ("Tok_aBc1", "Tok_aBc1"), ("ABCDEF0123456789ABCDEF0123456789", "abcdef0123456789abcdef0123456789"),
        ("6F9619FF-8B86-D011-B42D-00C04FC964FF", "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        ("０１２３", "0123"), ("DEAD", "DEAD"),
        ("t😀'\"", "t😀'\""),
    ],
)  # fmt: skip
def test_tokens_keep_their_case_unless_hexadecimal(raw: str, token: str, judge):
    assert judge(TOKEN, raw) == (token, False, None)


@pytest.mark.parametrize(
    "raw",
    [
        "", "N/A", "0", "00:00:00:00", "00000000-0000-0000-0000-000000000000", "aaaaaaaa", "XXXX-XXXX", "---",
        "02:00:00:00:00:00",
        "9774d56d682e549c", hashlib.sha256(b"").hexdigest(), hashlib.md5(b"null").hexdigest().upper(),
    ],
)  # fmt: skip
def test_tokens_of_nobody_link_nobody(raw: str, judge):
    assert judge(TOKEN, raw)[1:] == (True, None)


@pytest.mark.parametrize(
    ("raw", "reason"), [("a\0b", "control character in a token"), ("t" * 513, "longer than 512 characters")]
)
def test_tokens_that_cannot_be_are_bad(raw: str, reason: str, judge):
    assert judge(TOKEN, raw) == (None, False, reason)


@pytest.mark.parametrize(
    ("spellings", "address"),
    [
        (
            ["北京市朝阳区建国路88号", "北京市 朝阳区 建国路 ８８ 号", "北京市，朝阳区，建国路８８号。"],
            "北京市朝阳区建国路88号",
        ),
        (
            ["12 Main Street, Apt. 5", "12 MAIN ST #5", "12  main st., Unit 5", "12 Main Street Room 5"],
            "12 main st unit 5",
        ),
        (["7 East Road, Building B", "7 E. Rd, bldg b"], "7 e rd bldg b"),
    ],
)
def test_spellings_of_an_address_meet(spellings: list[str], address: str, judge):
    assert [judge(ADDRESS, raw) for raw in spellings] == [(address, False, None)] * len(spellings)


@pytest.mark.parametrize("raw", ["N/A", "x", "....", "北京市", "广东省深圳市南山区", "无"])
def test_addresses_of_nobody_link_nobody(raw: str, judge):
    assert judge(ADDRESS, raw)[1:] == (True, None)


@pytest.mark.parametrize("raw", ["阳光小区", "河南省周口市李家村", "深圳市南山区科技园区8栋"])
def test_places_without_a_number_may_still_be_addresses(raw: str, judge):
    assert not judge(ADDRESS, raw + "东门")[1]


@pytest.mark.parametrize(
    ("spellings", "employer"),
    [
        (["Acme Co., Ltd.", "ACME", "acme company limited", "Acme Inc", "ＡＣＭＥ"], "acme"),
        (
            ["深圳市腾讯计算机系统有限公司", "深圳市腾讯计算机系统有限责任公司", "深圳市 腾讯计算机系统 公司"],
            "深圳市腾讯计算机系统",
        ),
        (["平安保险(集团)股份有限公司", "平安保险（集团）"], "平安保险集团"),
    ],
)
def test_spellings_of_an_employer_meet(spellings: list[str], employer: str, judge):
    assert [judge(EMPLOYER, raw) for raw in spellings] == [(employer, False, None)] * len(spellings)


@pytest.mark.parametrize(
    "raw", ["self-employed", "Unemployed", "无", "个体", "个体户", "自由职业", "学生", "退休", "N/A", "x", "Freelancer"]
)
def test_employers_of_nobody_link_nobody(raw: str, judge):
    assert judge(EMPLOYER, raw)[1:] == (True, None)


@pytest.mark.parametrize(
    ("raw", "choice", "reason"),
    [
        ("Fraud", "fraud", None),
        (" LEGIT ", "legit", None),
        ("N/A", None, None),
        ("maybe", None, "not one of fraud, legit"),
    ],
)
def test_choices(raw: str, choice: str | None, reason: str | None, judge):
    assert judge(LABEL, raw) == (choice, False, reason)
