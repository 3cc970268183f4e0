import json
import logging
import re

import pytest

from app.api.logs import FIELDS, JsonLines


@pytest.fixture
def lines(api, caplog: pytest.LogCaptureFixture):
    """lines(): what was logged of requests so far, as it is written."""
    caplog.set_level(logging.INFO, "ringfence.api")
    return lambda: [json.loads(JsonLines().format(each)) for each in caplog.records if hasattr(each, FIELDS)]


def test_a_request_is_one_line_with_its_template_and_no_ids(api, lines, caplog) -> None:
    api.get("/v1/scores/A-1", headers={"X-Request-ID": "call-7"})
    api.get("/v1/scores/secret-applicant")
    api.get("/v1/rings?applicant=secret-applicant")
    api.get("/nowhere/secret-applicant")
    api.post("/v1/scores:lookup", json={"applicant_ids": ["secret-applicant"]})
    api.get("/v1/rings", headers={"X-API-Key": "secret-key"})
    told = lines()
    assert [(line["method"], line["route"], line["status"], line["key"]) for line in told] == [
        ("GET", "/v1/scores/{applicant_id}", 200, "tests"),
        ("GET", "/v1/scores/{applicant_id}", 404, "tests"),
        ("GET", "/v1/rings", 200, "tests"),
        ("GET", "unmatched", 404, None),
        ("POST", "/v1/scores:lookup", 200, "tests"),
        ("GET", "unmatched", 401, None),
    ]
    assert set(told[0]) == {
        "time", "level", "logger", "message", "method", "route", "status", "ms", "key", "request_id"
    }  # fmt: skip
    assert told[0]["request_id"] == "call-7"
    assert "secret" not in json.dumps(told) + caplog.text


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "注", '{"a"}', "a\tb"])
def test_a_request_without_a_sane_name_gets_one(api, given: str) -> None:
    names = {api.get("/health", headers={"X-Request-ID": given.encode()}).headers["X-Request-ID"] for _ in range(2)}
    assert len(names) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)


def test_the_name_of_a_request_is_sent_back_with_errors_too(api) -> None:
    for path in ("/health", "/v1/scores/nobody", "/nowhere"):
        assert api.get(path, headers={"X-Request-ID": "call-7"}).headers["X-Request-ID"] == "call-7"


def test_of_an_exception_and_of_others_messages_only_the_place_is_told() -> None:
    try:
        raise ValueError("secret")
    except ValueError as error:
        defect = (type(error), error, error.__traceback__)
    ours = logging.LogRecord("ringfence.api", logging.ERROR, __file__, 7, "it %s", ("failed",), defect)
    theirs = logging.LogRecord("asyncio", logging.ERROR, __file__, 7, "exception was %s", ("secret",), None)
    first, second = (json.loads(JsonLines().format(record)) for record in (ours, theirs))
    assert (first["message"], first["level"]) == ("it failed", "ERROR")
    assert re.fullmatch(r"ValueError at .*test_api_logs.py:\d+", first["error"])
    assert second["at"] == "test_api_logs:7"
    assert "secret" not in json.dumps([first, second])
