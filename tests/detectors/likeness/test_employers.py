"""A firm is one whether its town is named or not; two firms are two."""

import polars as pl

from detectors.likeness.employers import employers


def firms(*names: str) -> list[int]:
    return employers(pl.Series(names, dtype=pl.String)).tolist()


def test_a_firm_is_one_with_its_town_and_without():
    one, two, three, other = firms("杭州市瑞丰五金", "杭州瑞丰五金", "瑞丰五金", "杭州市众诚服装")
    assert one == two == three != other


def test_towns_of_three_characters_are_towns():
    one, two, three = firms("石家庄市金源机械", "石家庄金源机械", "金源机械")
    assert one == two == three


def test_what_no_name_calls_a_town_is_none():
    assert len(set(firms("杭州瑞丰五金", "瑞丰五金"))) == 2


def test_too_little_is_left_of_a_bank():
    assert len(set(firms("杭州市第九仓库", "杭州银行", "宁波市第八仓库", "宁波银行"))) == 4


def test_names_in_latin_letters_and_none_at_all():
    assert len(set(firms("Acme Ltd", "Acme Trading Ltd"))) == 2
    assert firms() == []
