"""Doing something to an appeal: checked on the server, signed, and told on the page that is drawn next."""

from collections.abc import Callable

from app.explorer.frame import notices, session
from app.explorer.frame.language import said, spoken
from app.explorer.work.acting import tell_next
from app.plain_text import printable
from cases.errors import ChangedError, LockedError
from cases.people import Role
from graph.errors import AccessError, RingfenceError, StoreUnavailableError, UsageError
from graph.language import Language, Saying

_REFUSED: tuple[tuple[type[RingfenceError], Saying], ...] = (
    (LockedError, Saying("Somebody else is at this appeal. Take it over first.", "该申诉正由他人复核。请先接手。")),
    (
        ChangedError,
        Saying(
            "Somebody changed this appeal since you looked at it. Nothing was done: read it again, then decide.",
            "在您查看期间，该申诉已有变动。本次操作未生效：请先查看最新内容，再作决定。",
        ),
    ),
    (
        AccessError,
        Saying(
            "You may not do this: it takes a reviewer who had no hand in the decision.",
            "您无权进行此操作：须由未参与原决定的复核员处理。",
        ),
    ),
    (
        StoreUnavailableError,
        Saying(
            "The casebook or the decision log does not answer. Look at the appeal again before you try once more.",
            "案件库或决策日志没有响应。请先重新查看该申诉，再重试。",
        ),
    ),
)
_INCOMPLETE = Saying(
    "This cannot be done as it stands. Check the reason and the state of the appeal.",
    "无法完成操作。请检查理由和申诉状态。",
)


def place(number: int) -> str:
    """Where it is told what was done to an appeal."""
    return f"appeal {number}"


def act(number: int, done: Saying, change: Callable[[str], object]) -> bool:
    """Make a change in the name of whoever looks, if he reviews; tells what was done, or why not."""
    try:
        change(session.acting(Role.REVIEWER).name)
    except RingfenceError as error:
        tell_next(place(number), _reason_of(error), wrong=True)
        return False
    except Exception as error:  # Streamlit would log the error's text, and show it
        notices.defect(error)
        return False
    tell_next(place(number), said(done), wrong=False)
    return True


def _reason_of(error: RingfenceError) -> str:
    if isinstance(error, UsageError) and spoken() is Language.EN:
        return printable(str(error))
    return said(next((told for kind, told in _REFUSED if isinstance(error, kind)), _INCOMPLETE))
