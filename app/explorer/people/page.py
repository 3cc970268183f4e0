"""The page of people: accounts with their roles, and the log of access. For administrators."""

import polars as pl
import streamlit as st

from app.explorer.frame import session, state
from app.explorer.frame.language import said
from app.explorer.frame.roles import role_name
from app.explorer.wording import moment
from app.plain_text import printable, shortened
from cases.access import Access
from cases.casebook import Casebook
from cases.people import Account, Role
from graph.errors import AccessError, RingfenceError
from graph.language import Saying

_TITLE = Saying("People", "人员")
_TABS = (Saying("Accounts", "账号"), Saying("Access log", "访问日志"))
_NOBODY = Saying(
    "There are no accounts yet: whoever uses this machine is an administrator. "
    "Add the first one on the command line, yourself; from then on everybody logs in.",
    "尚无账号：使用本机的任何人都是管理员。请先在命令行为自己添加第一个账号，此后所有人都须登录。",
)
_NAME = Saying("Name", "姓名")
_ROLE = Saying("Role", "角色")
_BY = Saying("Logs in by", "登录方式")
_PASSWORD = Saying("Password", "密码")
_STATE = Saying("State", "状态")
_SINCE = Saying("Since", "创建时间")
_ACTIVE = Saying("active", "正常")
_DISABLED = Saying("disabled", "已停用")
_WHOM = Saying("Account", "账号")
_GIVE = Saying("Change role", "更改角色")
_DISABLE = Saying("Disable", "停用")
_ENABLE = Saying("Enable", "启用")
_ONESELF = Saying(
    "This is your own account: another administrator changes it, so that one always remains.",
    "这是您自己的账号，须由其他管理员更改，以确保始终有管理员在任。",
)
_ELSEWHERE = Saying(
    "Roles come from the OIDC provider: what is changed here holds until the next login.",
    "角色由单位身份平台（OIDC）决定：此处的更改仅保留到该用户下次登录。",
)
_EMPTY = Saying("Nobody has logged in, unmasked or exported anything yet.", "尚无登录、查看明文或导出记录。")
_COLUMNS = (
    Saying("When", "时间"),
    Saying("Who", "操作人"),
    Saying("Action", "操作"),
    Saying("What", "对象"),
    Saying("Purpose", "用途"),
)
_ACTIONS = {
    "login": Saying("Logged in", "登录"),
    "account added": Saying("Account added", "添加账号"),
    "account changed": Saying("Account changed", "更改账号"),
    "unmask": Saying("Unmasked", "查看明文"),
    "export": Saying("Exported", "导出"),
}


def show() -> None:
    """The page; `AccessError` for who is no administrator."""
    session.acting(Role.ADMIN)
    st.title(said(_TITLE), anchor=False)
    book = state.casebook()
    first, second = st.tabs([said(name) for name in _TABS])
    with first:
        _accounts(book)
    with second:
        _log(book.access.lines())


def _accounts(book: Casebook) -> None:
    accounts = book.accounts.list()
    if not accounts:
        st.info(said(_NOBODY))
        st.code("ringfence users add NAME --role admin", language=None)
        return
    st.dataframe(frame(accounts), hide_index=True, height="content" if len(accounts) < 20 else "auto")
    if state.settings().oidc_role_claim:
        st.text(said(_ELSEWHERE))
    known = {account.name: account for account in accounts}
    left, middle, right = st.columns([3, 2, 3], vertical_alignment="bottom")
    chosen = known[left.selectbox(said(_WHOM), list(known), key="account", format_func=printable)]
    roles = list(Role)
    number = middle.selectbox(
        said(_ROLE),
        range(len(roles)),
        format_func=lambda one: role_name(roles[one]),
        key=f"role {chosen.name}",
        index=roles.index(chosen.role),
    )
    oneself = chosen.name == session.person().name
    with right.container(horizontal=True):
        if st.button(said(_GIVE), disabled=oneself or roles[number] is chosen.role, key="give role"):
            _change(book, chosen, roles[number])
        words = _ENABLE if chosen.disabled else _DISABLE
        if st.button(said(words), disabled=oneself, key="disable"):
            _switch(book, chosen)
    if oneself:
        st.caption(said(_ONESELF))


def _change(book: Casebook, account: Account, role: Role) -> None:
    try:
        book.accounts.set_role(account.name, role, author=_other(account))
    except RingfenceError as error:
        st.text(str(error))
        return
    st.rerun()


def _switch(book: Casebook, account: Account) -> None:
    change = book.accounts.enable if account.disabled else book.accounts.disable
    try:
        change(account.name, author=_other(account))
    except RingfenceError as error:
        st.text(str(error))
        return
    st.rerun()


def _other(account: Account) -> str:
    """The administrator who makes the change, once more on the server's side; never on his own account."""
    who = session.acting(Role.ADMIN)
    if who.name == account.name:
        raise AccessError("Nobody changes his own account", do="Ask another administrator.")
    return who.name


def frame(accounts: list[Account]) -> pl.DataFrame:
    """A line for each account, in the language of the page."""
    return pl.DataFrame(
        {
            said(_NAME): [printable(each.name) for each in accounts],
            said(_ROLE): [role_name(each.role) for each in accounts],
            said(_BY): [said(_PASSWORD) if each.has_password else "OIDC" for each in accounts],
            said(_STATE): [said(_DISABLED if each.disabled else _ACTIVE) for each in accounts],
            said(_SINCE): [moment(each.at) for each in accounts],
        }
    )


def _log(lines: list[Access]) -> None:
    if not lines:
        st.info(said(_EMPTY))
        return
    rows = [
        (
            moment(line.at),
            printable(line.author),
            said(_ACTIONS[line.action]) if line.action in _ACTIONS else printable(line.action),
            shortened(line.what, 200),
            shortened(line.purpose, 200),
        )
        for line in lines
    ]
    st.dataframe(pl.DataFrame(rows, schema=[said(name) for name in _COLUMNS], orient="row"), hide_index=True)
