"""Appeals: a customer objects to a decision, and asks later what came of that."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Self

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from app.api.language import Lang, spoken
from app.api.lazily import Lazily
from app.api.problems import Problem
from app.objecting import objection_of
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of
from cases.appeal_model import Appeal, AppealState
from cases.appeal_model import Outcome as AppealedOutcome
from cases.texts import LONGEST_TEXT
from decisions.as_written import whole
from graph.errors import NotFoundError
from graph.language import Language, Saying

if TYPE_CHECKING:
    from cases.casebook import Casebook
    from decisions.log.log import DecisionLog

_MOST = 2**31 - 1
_MESSAGES = {
    AppealState.OPEN: Saying(
        "We have received your appeal. Somebody who had no part in the decision will look at it.",
        "我们已收到您的申诉，将由未参与原决定的人员进行复核。",
    ),
    AppealState.TAKEN: Saying("Your appeal is being looked at.", "您的申诉正在复核中。"),
    AppealState.UPHELD: Saying("We have looked at the decision again, and it stands.", "我们已重新审核，维持原决定。"),
    AppealState.OVERTURNED: Saying(
        "We have looked at the decision again: it was wrong. You may apply anew.",
        "我们已重新审核，原决定有误，现予撤销。您可以重新申请。",
    ),
    AppealState.WITHDRAWN: Saying(
        "We have looked at the decision once more, and it stands.", "我们已再次审核，维持原决定。"
    ),
}


class AppealRequest(BaseModel):
    """What the customer says."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "decision_id": "019aba4e-7c00-7a1b-9c2d-3e4f5a6b7c8d",
                    "text": "The WiFi is that of my university.",
                    "language": "en",
                }
            ]
        },
    )

    decision_id: str = Field(description="As the decision was answered", pattern=r"^[\x21-\x7e]{1,100}$")
    text: Annotated[
        str,
        AfterValidator(whole),
        Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$"),
    ]
    language: Language | None = Field(default=None, description="The customer's; else what `Accept-Language` prefers")


class AppealAnswer(BaseModel):
    """How far an appeal has come. `message` is for the customer; what was found of others is in none of it."""

    appeal_id: int = Field(examples=[17])
    decision_id: str = Field(examples=["019aba4e-7c00-7a1b-9c2d-3e4f5a6b7c8d"])
    application_id: str = Field(examples=["P-000981"])
    outcome: AppealedOutcome = Field(description="What had been decided")
    state: AppealState
    filed_at: datetime
    due_at: datetime = Field(description="By when it should be decided")
    decided_at: datetime | None = Field(default=None, description="When it was; null while it waits")
    message: str

    @classmethod
    def of(cls, appeal: Appeal, language: Language) -> Self:
        """The appeal as it is told."""
        waits = appeal.state in {AppealState.OPEN, AppealState.TAKEN}
        return cls(
            appeal_id=appeal.id,
            decision_id=appeal.decision_id,
            application_id=appeal.application_id,
            outcome=appeal.outcome,
            state=appeal.state,
            filed_at=datetime.fromtimestamp(appeal.at, UTC),
            due_at=datetime.fromtimestamp(appeal.due_at, UTC),
            decided_at=None if waits else datetime.fromtimestamp(appeal.steps[-1].at, UTC),
            message=_MESSAGES[appeal.state].say(language),
        )


class AppealDesk:
    """Where appeals are filed: between the decision log and the casebook. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        self._log: Lazily[DecisionLog] = Lazily(partial(decision_log_of, settings))
        self._book: Lazily[Casebook] = Lazily(partial(casebook_of, settings))

    def file(self, decision_id: str, text: str) -> Appeal:
        """File it; `NotFoundError` where there is no such decision, `NotAppealableError` where it was an approval."""
        decision = self._log.get().decision(decision_id)
        if decision is None:
            raise NotFoundError("No decision has this id", do="Send the id that came with the decision.")
        return self._book.get().appeals.file(objection_of(decision, text))

    def appeal(self, number: int) -> Appeal:
        """One of them; `NotFoundError` where there is none."""
        return self._book.get().appeals.appeal(number)

    def close(self) -> None:
        """Give back what was opened."""
        self._log.close()
        self._book.close()


async def _desk(request: Request) -> AppealDesk:
    desk: AppealDesk = request.app.state.appeals
    return desk


Desk = Annotated[AppealDesk, Depends(_desk)]

router = APIRouter(
    prefix="/v1",
    tags=["appeals"],
    responses={
        401: {"model": Problem, "description": "Key missing or wrong"},
        404: {"model": Problem, "description": "No such decision or appeal"},
        422: {"model": Problem, "description": "The request makes no sense"},
        503: {"model": Problem, "description": "Casebook or decision log down"},
    },
)


@router.post(
    "/appeals",
    summary="Object to a decision",
    responses={409: {"model": Problem, "description": "Not appealable: the application was approved"}},
)
async def file(asked: AppealRequest, desk: Desk, request: Request, response: Response) -> AppealAnswer:
    """File an appeal. One that waits, or that was granted, is given back in place of a second one."""
    appeal = await run_in_threadpool(desk.file, asked.decision_id, asked.text)
    return AppealAnswer.of(appeal, spoken(request, response, asked.language))


@router.get("/appeals/{appeal_id}", summary="How far an appeal has come")
async def appeal_of(
    appeal_id: Annotated[int, Path(ge=1, le=_MOST)], desk: Desk, request: Request, response: Response, lang: Lang = None
) -> AppealAnswer:
    """The state of an appeal, and what to tell the customer."""
    appeal = await run_in_threadpool(desk.appeal, appeal_id)
    return AppealAnswer.of(appeal, spoken(request, response, lang))
