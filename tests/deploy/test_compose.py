"""What can be checked of the containers without Docker."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from app.cli.main import app
from app.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(set(SERVICES) - {"neo4j", "postgres"})
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
EXAMPLE = dict(
    line.split("=", 1)
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def instructions(name: str) -> list[str]:
    """Arguments of every instruction of that name in the last stage of the Dockerfile."""
    last = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]
    return re.findall(rf"^{name} (.+)$", last, re.MULTILINE)


def test_the_services_are_those_that_are_promised() -> None:
    assert sorted(SERVICES) == ["api", "explorer", "neo4j", "nightly", "postgres"]


def test_neo4j_is_the_version_that_the_tests_run() -> None:
    version = re.search(r"<version>(5\.26\.\d+)</version>", (ROOT / "tests/neo4j/pom.xml").read_text(encoding="utf-8"))
    assert version
    assert SERVICES["neo4j"]["image"] == f"neo4j:{version[1]}-community"


def test_neo4j_keeps_its_data_and_has_its_memory_set() -> None:
    volumes = dict(item.split(":") for item in SERVICES["neo4j"]["volumes"])
    assert "/data" in volumes.values()
    assert set(volumes) <= set(COMPOSE["volumes"])
    for setting in ("heap_initial__size", "heap_max__size", "pagecache_size"):
        assert SERVICES["neo4j"]["environment"][f"NEO4J_server_memory_{setting}"]


def test_the_casebook_keeps_its_data() -> None:
    assert "cases:/var/lib/postgresql/data" in SERVICES["postgres"]["volumes"]
    for name in ("explorer", "nightly"):
        assert SERVICES[name]["environment"]["RINGFENCE_CASES"] == "postgresql://ringfence@postgres/ringfence"
        assert SERVICES[name]["depends_on"]["postgres"]["condition"] == "service_healthy"


def test_people_log_in_by_what_the_settings_say() -> None:
    """A variable without a value is that of `.env`, where it has one, and is not set where not."""
    passed_on = {name for name, value in SERVICES["explorer"]["environment"].items() if value is None}
    assert passed_on == {f"RINGFENCE_{name.upper()}" for name in Settings.model_fields if name.startswith("oidc_")}


def test_no_secret_has_a_default() -> None:
    secrets = {"NEO4J_AUTH", "POSTGRES_PASSWORD"}
    secrets |= {f"RINGFENCE_{name}" for name in ("STORE_PASSWORD", "CASES_PASSWORD", "API_KEYS")}
    found = {
        (name, value)
        for service in SERVICES.values()
        for name, value in service["environment"].items()
        if name in secrets
    }
    assert {name for name, _ in found} == secrets
    for _, value in found:
        assert re.fullmatch(r"(neo4j/)?\$\{[A-Z0-9_]+:\?[^}]+\}", value), "compose must refuse to start without it"
    assert EXAMPLE["NEO4J_PASSWORD"] == EXAMPLE["CASES_PASSWORD"] == EXAMPLE["RINGFENCE_API_KEYS"] == ""


def test_every_variable_is_explained() -> None:
    used = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))
    assert used == set(EXAMPLE)


@pytest.mark.parametrize("name", ["neo4j", "postgres", "api", "explorer"])
def test_what_keeps_running_has_a_health_check_and_comes_back(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_ports_are_open_to_this_machine_alone(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", OURS)
def test_ours_run_from_one_image_when_neo4j_is_ready_and_with_no_rights(name: str) -> None:
    service = SERVICES[name]
    assert (service["image"], service["build"]) == ("ringfence", ".")
    assert service["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", OURS)
def test_settings_exist(name: str) -> None:
    names = {f"RINGFENCE_{field.upper()}" for field in Settings.model_fields}
    assert set(SERVICES[name]["environment"]) <= names
    assert SERVICES[name]["environment"]["RINGFENCE_STORE"].startswith("neo4j://neo4j:")


@pytest.mark.parametrize("name", OURS)
def test_the_commands_are_understood_by_the_program(name: str) -> None:
    program: Any = typer.main.get_command(app)
    command, *arguments = SERVICES[name]["command"]
    program.commands[command].make_context(command, list(arguments))


def test_the_image_runs_as_somebody_without_rights() -> None:
    assert instructions("USER") == ["ringfence"]
    assert instructions("ENTRYPOINT") == ['["ringfence"]']


def test_the_image_holds_what_the_lock_says() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert set(bases) == {"python:3.11-slim-bookworm"}
    assert "pip install --require-hashes --no-deps -r requirements.lock" in DOCKERFILE
    shipped = set(re.findall(r"^COPY (\w+) \1$", DOCKERFILE, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert shipped == set(project["tool"]["uv"]["build-backend"]["module-name"])


def test_work_files_of_the_night_are_on_a_disk() -> None:
    """A table may be larger than memory, and a tmpfs is memory."""
    folder = re.search(r"RINGFENCE_WORK_DIR=(\S+)", DOCKERFILE)
    assert folder
    for name in ("explorer", "nightly"):
        assert f"work:{folder[1]}" in SERVICES[name]["volumes"]
