"""The pages at the door, in the language that the browser asks for. Every value is escaped."""

from html import escape
from importlib.resources import files

from jinja2 import Environment

from graph.language import Language, Saying

TITLE = Saying("Log in to Ringfence", "登录 Ringfence")
NAME = Saying("Name", "用户名")
PASSWORD = Saying("Password", "密码")
GO = Saying("Log in", "登录")
PROVIDER = Saying("Log in with your organisation's account", "使用单位账号登录")
WRONG = Saying("Name or password is wrong, or the account is disabled.", "用户名或密码错误，或账号已停用。")
SLOWLY = Saying(
    "Too many tries for this name. Wait a quarter of an hour, or ask an administrator.",
    "该用户名尝试次数过多。请十五分钟后再试，或联系管理员。",
)
NOT_LET_IN = Saying(
    "You are known to your organisation, but not let in here. Ask an administrator of Ringfence.",
    "您的单位账号有效，但无权进入本系统。请联系 Ringfence 管理员。",
)
FAILED = Saying("The login did not succeed. Try again.", "登录未成功，请重试。")

_PAGE = Environment(autoescape=True).from_string(files(__package__).joinpath("login.html").read_text("utf-8"))


def wanted(accept_language: str) -> Language:
    """Chinese where the browser asks for it first, else English."""
    return Language.ZH if accept_language.lower().startswith("zh") else Language.EN


def login_page(language: Language, *, query: str, password: bool, oidc: bool, problem: Saying | None = None) -> str:
    """The login, by password or OIDC. `query`: what the address named, to come back to."""
    words = {"title": TITLE, "name": NAME, "password": PASSWORD, "go": GO, "provider": PROVIDER}
    return _PAGE.render(
        language=language.value,
        words={key: saying.say(language) for key, saying in words.items()},
        query=query,
        by_password=password,
        by_oidc=oidc,
        problem=problem.say(language) if problem else "",
    )


def bounce(query: str) -> str:
    """A page that goes on to the explorer at once. The browser sends its cookie there, because it comes from here."""
    return f'<!doctype html><title>Ringfence</title><meta http-equiv="refresh" content="0; url=/?{escape(query)}">'
