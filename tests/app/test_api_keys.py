import re

import pytest

from app.api.keys import Key, Keys, new_key
from app.api.scopes import OPEN, Scope, scope_of
from app.settings import Settings
from graph.errors import ConfigurationError, UsageError

PATHS = {
    "/v1/scores/A-1": Scope.SCORES,
    "/v1/scores:lookup": Scope.SCORES,
    "/v1/rings": Scope.RINGS,
    "/v1/rings/R-1/path?from=A-1&to=A-2": Scope.RINGS,
    "/v1/decisions": Scope.DECISIONS,
    "/v1/appeals": Scope.APPEALS,
    "/metrics": Scope.METRICS,
}


def test_each_of_several_keys_opens_the_door() -> None:
    first, second = (new_key(name, [Scope.SCORES]) for name in ("first", "second"))
    keys = Keys([first[1].line, second[1].line])
    assert [keys.find(secret.encode()) for secret, _ in (first, second)] == [first[1], second[1]]
    assert keys.find(b"third-key-0123456789") is None
    assert keys.find(b"") is None


def test_a_key_is_256_random_bits_of_which_only_the_digest_is_kept() -> None:
    secret, key = new_key("engine", [Scope.DECISIONS, Scope.SCORES])
    assert len(secret) * 6 >= 256
    assert secret != new_key("engine", [Scope.SCORES])[0]
    assert re.fullmatch(r"engine:scores\+decisions:[0-9a-f]{64}", key.line)
    assert Key.read(key.line) == key
    assert secret not in repr(key)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a-plain-key-0123456789", "keys themselves are no longer listed"),
        ("", "keys themselves are no longer listed"),
        (f"engine::{'a' * 64}", "not name:scope"),
        (f"engine:scores:{'a' * 63}", "not name:scope"),
        (f"engine:scores+everything:{'a' * 64}", "none of scores, rings, decisions, appeals, metrics"),
        (f"engine:scores:{'a' * 64}:often", "not like 500/second"),
    ],
)
def test_a_line_that_is_none_is_refused_without_repeating_it(line: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(said)) as refused:
        Keys([line])
    assert refused.value.where == "RINGFENCE_API_KEYS"
    assert not line or line not in str(refused.value)
    assert "ringfence keys new" in str(refused.value) or "rate" in str(refused.value)


def test_two_keys_of_one_name_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="same name"):
        Keys([new_key("engine", [Scope.SCORES])[1].line for _ in range(2)])


def test_a_name_that_no_line_can_hold_is_refused() -> None:
    with pytest.raises(UsageError, match="name"):
        new_key("a:b", [Scope.SCORES])


def test_the_command_makes_a_key_that_the_server_accepts(ringfence, published: Settings, serving) -> None:
    said = ringfence("keys", "new", "engine", "--scope", "scores", "--scope", "decisions")
    secret, line = (row.split()[1] for row in said.out.splitlines())
    assert said.code == 0
    assert line.startswith("engine:scores+decisions:")
    with serving(published.model_copy(update={"api_keys": (line,)})) as api:
        assert api.get("/v1/scores/A-1", headers={"X-API-Key": secret}).status_code == 200
        assert api.get("/v1/scores/A-1", headers={"X-API-Key": line.rpartition(":")[2]}).status_code == 401


def test_a_plain_key_in_the_setting_is_told_which_command_to_run(published, ringfence, world, monkeypatch) -> None:
    monkeypatch.setenv("RINGFENCE_API_KEYS", f'["{world.key}"]')
    said = ringfence("serve", "--store", published.store)
    assert (said.code, "ringfence keys new" in said.err, world.key in said.err) == (78, True, False)


@pytest.mark.parametrize("scope", Scope)
def test_a_key_opens_what_its_scopes_name_and_nothing_else(published: Settings, serving, scope: Scope) -> None:
    secret, key = new_key("one", [scope])
    with serving(published.model_copy(update={"api_keys": (key.line,)})) as api:
        answers = {path: api.get(path, headers={"X-API-Key": secret}) for path in PATHS}
    refused = {path for path, answer in answers.items() if answer.status_code == 403}
    assert refused == {path for path, needed in PATHS.items() if needed is not scope}
    for path in refused:
        problem = answers[path].json()
        assert problem["type"] == "urn:ringfence:missing_scope"
        assert PATHS[path].value in problem["detail"]
        decides = PATHS[path] in {Scope.SCORES, Scope.DECISIONS}
        assert problem.get("recommendation") == ("review" if decides else None)


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "/v1/keys", "/V1/scores/A", "//v1/scores/A", "/v2/scores/A", "/docs"]
)
def test_what_no_scope_names_is_closed_to_every_key(api, path: str) -> None:
    assert scope_of(path) is None
    assert api.get(path).status_code == 404


def test_every_route_is_open_or_has_a_scope(api) -> None:
    paths = set(api.app.openapi()["paths"])
    assert {"/health", "/v1/rings"} <= paths
    assert {path for path in paths if scope_of(path) is None} <= OPEN


def test_who_asks_too_often_is_told_when_to_ask_again(published: Settings, serving) -> None:
    slow, usual = new_key("slow", [Scope.SCORES]), new_key("usual", [Scope.SCORES])
    changed = {"api_keys": (f"{slow[1].line}:2/hour", usual[1].line), "rate_limit": "3/hour"}
    with serving(published.model_copy(update=changed)) as api:
        asked = {
            key.name: [api.get("/v1/scores/A-1", headers={"X-API-Key": secret}) for _ in range(4)]
            for secret, key in (slow, usual)
        }
        assert api.get("/health").status_code == 200
    assert [answer.status_code for answer in asked["slow"]] == [200, 200, 429, 429]
    assert [answer.status_code for answer in asked["usual"]] == [200, 200, 200, 429]
    last = asked["usual"][-1]
    assert 1 <= int(last.headers["Retry-After"]) <= 3600
    assert (last.json()["reason"], last.json()["recommendation"]) == ("too_many", "review")


def test_a_rate_that_is_none_is_a_configuration_error(published: Settings, ringfence, world, monkeypatch) -> None:
    monkeypatch.setenv("RINGFENCE_API_KEYS", f'["{world.line}"]')
    monkeypatch.setenv("RINGFENCE_RATE_LIMIT", "sometimes")
    said = ringfence("serve", "--store", published.store)
    assert (said.code, "RINGFENCE_RATE_LIMIT" in said.err) == (78, True)
