"""Chinese text in Latin letters, as it is written abroad: 上海 becomes `shanghai`."""

import polars as pl
from pypinyin import lazy_pinyin

HAN = r"\p{Han}"


def in_latin(text: pl.Series) -> pl.Series:
    """Every Chinese character as its syllable, without tone and without a blank; other characters stay."""
    characters = text.drop_nulls().unique().str.extract_all(HAN).explode().drop_nulls().unique().sort().to_list()
    syllables = [lazy_pinyin(one)[0] for one in characters]
    return text.str.replace_many(characters, syllables) if characters else text
