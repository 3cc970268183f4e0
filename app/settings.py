"""Settings: from the environment (`RINGFENCE_...`) or from command line options, which win."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from decisions.outcome import Outcome
from graph.errors import ConfigurationError


class Settings(BaseSettings):
    """Everything an operator can set. The docstrings of the fields are the documentation."""

    model_config = SettingsConfigDict(env_prefix="RINGFENCE_", frozen=True)

    store: Annotated[str, Field(description="URL of the store")] = "sqlite:///ringfence.db"
    store_user: Annotated[str | None, Field(description="User of a Neo4j store, if not in its URL")] = None
    store_password: Annotated[SecretStr | None, Field(description="Password of a Neo4j store")] = None
    work_dir: Annotated[Path, Field(description="Folder for work files; may be deleted between runs")] = Path(
        ".ringfence"
    )
    cases: Annotated[
        str | None,
        Field(description="URL of the casebook; by default a file beside the embedded store or the work folder"),
    ] = None
    cases_password: Annotated[SecretStr | None, Field(description="Password of a PostgreSQL casebook")] = None
    decisions: Annotated[
        str | None,
        Field(description="URL of the decision log; by default a file beside the embedded store or the work folder"),
    ] = None
    decisions_password: Annotated[SecretStr | None, Field(description="Password of a PostgreSQL decision log")] = None
    rules: Annotated[
        Path | None, Field(description="File with the rules of decisions; by default the built-in ones")
    ] = None
    rules_shadow: Annotated[
        Path | None, Field(description="File with rules that run beside them, decide nothing, and are reported")
    ] = None
    author: Annotated[str | None, Field(description="Who signs changes to the casebook; nobody checks the name")] = None
    four_eyes: Annotated[
        int, Field(ge=2, description="From so many members on, a verdict of fraud needs a second person")
    ] = 10
    case_days: Annotated[int, Field(ge=1, description="Days until a case should be decided")] = 5
    appeal_days: Annotated[int, Field(ge=1, description="Days until an appeal should be decided")] = 5
    appeal_snooze_days: Annotated[
        int, Field(ge=1, description="Days in which rules that hit a customer wrongly do not hit for the same things")
    ] = 180
    region: Annotated[str, Field(description="The lender's country, for phones without country code")] = "CN"
    max_bad_share: Annotated[
        float, Field(ge=0, le=1, description="A table with a larger share of bad rows is refused")
    ] = 0.05
    keep_runs: Annotated[int, Field(ge=1, description="How many published runs are kept")] = 14
    explorer_url: Annotated[
        str | None, Field(description="Where browsers find the explorer, such as `https://rings.example.com`")
    ] = None
    oidc_issuer: Annotated[
        str | None, Field(description="URL of the OIDC provider through which people log in to the explorer")
    ] = None
    oidc_client_id: Annotated[str | None, Field(description="What the provider calls the explorer")] = None
    oidc_client_secret: Annotated[SecretStr | None, Field(description="The secret that the provider gave it")] = None
    oidc_name_claim: Annotated[str, Field(description="Claim of the ID token that names the person")] = "email"
    oidc_role_claim: Annotated[
        str | None, Field(description="Claim that holds the role; without it roles are those of `ringfence users`")
    ] = None
    decision_ms: Annotated[int, Field(ge=10, description="Milliseconds that a decision may take")] = 200
    safe_outcome: Annotated[
        Outcome, Field(description="The mildest outcome of a decision that lacks something: review, or another")
    ] = Outcome.REVIEW
    stale_run_hours: Annotated[
        float, Field(gt=0, description="A run that looked so long ago is stale: decisions say so and are made safely")
    ] = 48.0
    api_keys: Annotated[
        tuple[str, ...],
        Field(description="Keys that the HTTP API accepts: a JSON list of the lines that `ringfence keys new` prints"),
    ] = ()
    rate_limit: Annotated[
        str | None,
        Field(description="How often a key may ask each worker, such as `500/second`; its line may end in another"),
    ] = None


def load_settings(**given: object) -> Settings:
    """The settings of the environment, with what was given in place of them. Values are not repeated in the error."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = [(".".join(map(str, fault["loc"])), fault["msg"]) for fault in error.errors()]
        raise _unfit("; ".join(f"{variable_of(name)}: {what}" for name, what in faults)) from None
    except SettingsError as error:
        name = next((name for name in Settings.model_fields if f'"{name}"' in str(error)), "")
        raise _unfit(f"{variable_of(name)}: not the JSON that it should be") from None


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return f"RINGFENCE_{name.upper()}"


def _unfit(where: str) -> ConfigurationError:
    return ConfigurationError("A setting does not fit", where=where, do="Correct the variable or the option.")
