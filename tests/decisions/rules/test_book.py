"""The rules in force while their files change."""

import logging
import os
import shutil
from threading import Thread

import pytest

from decisions.rules import book as book_module
from decisions.rules.book import RuleBook, default_rules, read_file
from decisions.rules.faults import BrokenRulesError
from graph.errors import ConfigurationError, StoreUnavailableError, UsageError

RULE = '[[rule]]\nname = "a"\nwhen = "links >= 1"\nweight = 10\naction = "score"\nreason = "FORMS_RING"\n'


def text_of(version: str, reject: int = 70) -> str:
    return f'version = "{version}"\n[thresholds]\nreview = 30\nreject = {reject}\n{RULE}'


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves on by two seconds at each look, so that every look at a book is a look at its files."""
    now = [0.0]

    def tick():
        now[0] += 2
        return now[0]

    monkeypatch.setattr(book_module.time, "monotonic", tick)
    return now


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rules.toml"
    path.write_text(text_of("1"))
    return path


def test_without_files_the_built_in_rules_decide():
    book = RuleBook()
    assert book.live.digest == default_rules().digest
    assert (book.shadow, book.fault, book.shadow_fault) == (None, "", "")


def test_a_new_version_is_in_force_without_a_restart(file, clock):
    kept = []
    book = RuleBook(file, keep=lambda *version: kept.append(version))
    assert book.live.version == "1"
    file.write_text(text_of("2"))
    assert book.live.version == "2"
    assert [version for version, _, _ in kept] == ["1", "2"]
    assert kept[1] == ("2", book.live.digest, text_of("2"))


def test_a_broken_file_never_stops_decisions(file, clock, caplog):
    book = RuleBook(file)
    file.write_text(text_of("2").replace("links", "lincs"))
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert book.live.version == "1"
    assert "line 7, rule a" in book.fault
    assert "'links'" in book.fault
    assert len(caplog.records) == 1
    file.write_text(text_of("2"))
    assert (book.live.version, book.fault) == ("2", "")


def test_a_file_that_is_gone_or_no_text_leaves_the_last_rules(file, clock):
    book = RuleBook(file)
    file.unlink()
    assert book.live.version == "1"
    assert "cannot be read" in book.fault
    file.write_bytes(b'version = "2"\n\xff')
    assert book.live.version == "1"
    assert "line 2: The file is not UTF-8" in book.fault
    file.write_text(text_of("1"))
    assert (book.live.version, book.fault) == ("1", "")


def test_one_version_has_one_text(file, clock):
    book = RuleBook(file)
    file.write_text(text_of("1", reject=71))
    assert book.live.thresholds.reject == 70
    assert "Raise the version" in book.fault


def test_a_version_that_was_kept_with_another_text_is_refused(file, clock):
    def keep(version, digest, text):
        if version == "2":
            raise UsageError("Version 2 is known with another text", do="Raise the version.")

    book = RuleBook(file, keep=keep)
    file.write_text(text_of("2"))
    assert book.live.version == "1"
    assert "known with another text" in book.fault


def test_when_versions_cannot_be_kept_for_a_while_it_tries_again(file, clock):
    down = [True]

    def keep(version, digest, text):
        if version == "2" and down[0]:
            raise StoreUnavailableError("The log is down")

    book = RuleBook(file, keep=keep)
    file.write_text(text_of("2"))
    assert book.live.version == "1"
    assert "down" in book.fault
    down[0] = False
    assert (book.live.version, book.fault) == ("2", "")


@pytest.mark.parametrize(
    ("kept", "version"), [(text_of("9"), "9"), (None, default_rules().version), ("broken", default_rules().version)]
)
def test_a_cold_start_with_a_broken_file(file, kept, version):
    file.write_text("broken")
    book = RuleBook(file, last_good=lambda: kept)
    assert book.live.version == version
    assert "not TOML" in book.fault


def test_a_cold_start_with_everything_down(file):
    def down(*_):
        raise StoreUnavailableError("The log is down")

    file.unlink()
    book = RuleBook(file, keep=down, last_good=down)
    assert book.live.version == default_rules().version
    assert book.fault


def test_shadow_rules_are_followed_beside_the_live_ones(file, clock, tmp_path):
    shadow = tmp_path / "shadow.toml"
    book = RuleBook(file, shadow)
    assert book.shadow is None
    assert "cannot be read" in book.shadow_fault
    shadow.write_text(text_of("2", reject=40))
    assert (book.shadow.version, book.shadow_fault) == ("2", "")
    shadow.write_text("broken")
    assert book.shadow.version == "2"
    assert book.shadow_fault
    assert (book.live.version, book.fault) == ("1", "")


def test_shadow_rules_are_never_kept_as_in_force(file, clock, tmp_path):
    kept, shadow = [], tmp_path / "shadow.toml"
    shadow.write_text(text_of("2"))
    book = RuleBook(file, shadow, keep=lambda version, *_: kept.append(version))
    shadow.write_text(text_of("3"))
    assert book.shadow.version == "3"
    assert kept == ["1"]
    file.write_text(text_of("3"))
    assert (book.live.version, kept) == ("3", ["1", "3"])


def test_a_shadow_with_the_name_of_other_rules_is_refused(file, clock, tmp_path):
    shadow = tmp_path / "shadow.toml"
    book = RuleBook(file, shadow, known={"7": "of another text"}.get)
    for version in ("7", "1"):
        shadow.write_text(text_of(version, reject=40))
        assert book.shadow is None
        assert "another text" in book.shadow_fault
    shadow.write_text(text_of("8", reject=40))
    assert (book.shadow.version, book.shadow_fault) == ("8", "")


def test_a_shadow_waits_for_the_log_to_say_whether_its_version_is_known(file, clock, tmp_path):
    shadow, down = tmp_path / "shadow.toml", [True]
    shadow.write_text(text_of("2"))

    def known(version):
        if down[0]:
            raise StoreUnavailableError("The log is down")

    book = RuleBook(file, shadow, known=known)
    assert book.shadow is None
    assert "down" in book.shadow_fault
    down[0] = False
    assert (book.shadow.version, book.shadow_fault) == ("2", "")


def test_a_shadow_cannot_take_the_name_of_the_last_good_rules(file, clock, tmp_path):
    shadow = tmp_path / "shadow.toml"
    file.write_text("broken")
    shadow.write_text(text_of("9", reject=40))
    book = RuleBook(file, shadow, last_good=lambda: text_of("9"))
    assert book.live.thresholds.reject == 70
    assert book.shadow is None
    assert "another text" in book.shadow_fault


def test_files_are_looked_at_once_a_second_at_most(file, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(book_module.time, "monotonic", lambda: now[0])
    book = RuleBook(file)
    file.write_text(text_of("2"))
    now[0] += 0.9
    assert book.live.version == "1"
    now[0] += 0.2
    assert book.live.version == "2"


def test_a_file_with_the_same_time_and_size_but_another_place_is_read(file, clock):
    book = RuleBook(file)
    other = file.with_name("other.toml")
    other.write_text(text_of("2"))
    times = file.stat()
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    shutil.move(other, file)
    assert book.live.version == "2"


def test_many_threads_at_once(file, clock):
    book = RuleBook(file)
    seen: set[str] = set()

    def ask():
        for _ in range(200):
            seen.add(book.live.version)

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    file.write_text(text_of("2"))
    for thread in threads:
        thread.join()
    assert seen <= {"1", "2"}
    assert book.live.version == "2"


def test_what_cannot_be_a_file(tmp_path):
    for path in (tmp_path, tmp_path / "no", tmp_path / "a\0b"):
        with pytest.raises(ConfigurationError):
            read_file(path)
    (tmp_path / "large").write_bytes(b"#" * 3_000_000)
    with pytest.raises(BrokenRulesError, match="KiB"):
        read_file(tmp_path / "large")
