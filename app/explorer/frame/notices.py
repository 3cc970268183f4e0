"""What a page says when it has nothing to show: what happened, and what to do about it."""

import logging
import traceback
from urllib.parse import urlencode

import streamlit as st

from app.explorer.frame.language import said
from app.explorer.frame.roles import role_name
from app.explorer.frame.session import RoleError
from app.plain_text import shortened
from graph.errors import AccessError, RingfenceError
from graph.language import Saying

_log = logging.getLogger(__name__)

_FAILED = Saying("The store cannot be read right now. Nothing was lost.", "暂时无法读取数据库。数据没有丢失。")
_AGAIN = Saying("Try again", "重试")
_DEFECT = Saying("This page could not be shown. The log of the explorer says why.", "无法显示此页面。原因见系统日志。")
_REFUSED = Saying("You may not do this.", "您无权进行此操作。")
_ROLE = Saying(
    "It takes the role {needed}; you have the role {held}. An administrator can give it to you.",
    "此操作需要{needed}角色，您的角色是{held}。可请管理员授予。",
)
_OUT = Saying("You are logged out.", "您已退出登录。")
_WHY_OUT = Saying(
    "You logged out, nobody looked for an hour, a working day is over, or your account was changed.",
    "您已主动退出，或一小时内没有操作，或已满一个工作日，或您的账号有变动。",
)
_LOG_IN = Saying("Log in", "登录")
_UNKNOWN = Saying(
    "There is no such ring in the current run. It may have merged into another one, or the link is cut short.",
    "当前运行中没有这个团伙。它可能已并入其他团伙，或者链接不完整。",
)
_WHICH = Saying("Ring: {ring}\nRun: {run}", "团伙：{ring}\n运行：{run}")


def failed(error: RingfenceError) -> None:
    """The store or a setting is not as it should be."""
    st.error(said(_FAILED))
    st.text(str(error))
    st.button(said(_AGAIN), type="primary")


def refused(error: AccessError) -> None:
    """Whoever looks may not do what he asked for."""
    st.warning(said(_REFUSED))
    if isinstance(error, RoleError):
        st.text(said(_ROLE, needed=role_name(error.needed), held=role_name(error.held)))
    else:
        st.text(str(error))


def logged_out() -> None:
    """The session is over: the way to the login, and from there back to this page."""
    st.info(said(_OUT))
    st.text(said(_WHY_OUT))
    st.html(f'<a href="/login?{urlencode(st.query_params.to_dict())}">{said(_LOG_IN)}</a>')


def defect(error: Exception) -> None:
    """A fault of the program: logged with its place, but without its text, which may hold personal data."""
    _log.error("A page failed with %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    st.error(said(_DEFECT))


def unknown_ring(ring_id: str, run_id: str) -> None:
    """A link to a ring that the published run does not have."""
    st.warning(said(_UNKNOWN))
    st.text(said(_WHICH, ring=shortened(ring_id, 100), run=run_id))
