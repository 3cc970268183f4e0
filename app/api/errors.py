"""What can go wrong in a request beyond what can go wrong anywhere."""

from graph.errors import AccessError, BusyError, NotFoundError


class BadKeyError(AccessError):
    """The caller has no key, or a wrong one."""

    def __init__(self) -> None:
        super().__init__("The API key is missing or wrong", do="Send it as X-API-Key or as a bearer token.")


class NotLocalError(AccessError):
    """Somebody from another machine called a server that runs without keys."""

    def __init__(self) -> None:
        super().__init__("Without keys, only this machine is served", do="Start the server with RINGFENCE_API_KEYS.")


class MissingScopeError(AccessError):
    """The key is right, but opens other things."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"The API key has no scope `{scope}`", do="Ask the operator for a key that has it.")


class TooManyError(BusyError):
    """The key asks more often than it may; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__("The API key asks more often than it may", do=f"Ask again in {wait} s.")
        self.wait = wait


class NoSuchPathError(NotFoundError):
    """Nothing is served at the path."""

    def __init__(self) -> None:
        super().__init__("Nothing is here", do="GET /openapi.json says what is where.")


class UnknownApplicantError(NotFoundError):
    """No applicant has this id."""

    def __init__(self) -> None:
        super().__init__("No applicant has this id", do="Do not take this for a low score: have a person look.")


class UnknownRingError(NotFoundError):
    """No ring of the run has this id."""

    def __init__(self) -> None:
        super().__init__("No ring has this id in this run", do="List the rings with GET /v1/rings.")


class UnknownRunError(NotFoundError):
    """The run does not exist or is no longer kept."""

    def __init__(self) -> None:
        super().__init__("No such run is kept", do="Leave run_id out to ask the published run.")


class NoRunError(NotFoundError):
    """Nothing was published yet."""

    def __init__(self) -> None:
        super().__init__("No detection run is published yet", do="Run `ringfence nightly` or `ringfence detect`.")


class UnknownDecisionError(NotFoundError):
    """No decision has this id."""

    def __init__(self) -> None:
        super().__init__("No decision has this id", do="List the decisions with GET /v1/decisions.")
