"""The login in a real browser: by password and by a real OIDC provider; and what stands behind it."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from oidc_provider import CLIENT, SECRET, OidcProvider
from playwright.sync_api import Page, expect

from app.settings import Settings
from app.wiring import casebook_of
from cases.casebook import Casebook
from cases.people import Role

pytestmark = pytest.mark.browser

PASSWORD = "four quiet green herons"
PROGRAM = Path(sys.executable).with_name("ringfence")
Serve = Callable[..., str]
Publish = Callable[..., str]


@pytest.fixture(scope="module")
def url(publish: Publish, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of its own, with accounts beside it."""
    made = publish(f"sqlite:///{tmp_path_factory.mktemp('login')}/store.db")
    with casebook_of(Settings(store=made)) as book:
        for name, role in (("Ann", Role.ANALYST), ("Root", Role.ADMIN), ("Vic", Role.VIEWER), ("Rev", Role.REVIEWER)):
            book.accounts.add(name, role, PASSWORD, author="test")
    return made


@pytest.fixture
def book(url: str) -> Iterator[Casebook]:
    with casebook_of(Settings(store=url)) as opened:
        yield opened


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def queue(page: Page) -> None:
    expect(page.get_by_role("heading", name="Fraud rings")).to_be_visible()


def test_a_link_leads_through_the_login_to_its_ring_and_f5_stays(web: Page, serve: Serve, url: str) -> None:
    address = serve(url)
    web.goto(f"{address}/?ring=R-PLAIN")
    expect(web).to_have_url(f"{address}/login?ring=R-PLAIN")
    log_in(web, "ann", "not the password")
    expect(web.get_by_role("alert")).to_contain_text("wrong")
    log_in(web, "ann")
    expect(web).to_have_url(f"{address}/?ring=R-PLAIN")
    expect(web.get_by_text("Ann (analyst)")).to_be_visible()
    web.reload()
    expect(web.get_by_text("Ann (analyst)")).to_be_visible()
    cookie = next(each for each in web.context.cookies() if each["name"] == "ringfence_login")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert "ringfence_login" not in web.evaluate("document.cookie")


def test_whoever_logs_out_is_out_and_may_come_back(web: Page, serve: Serve, url: str) -> None:
    address = serve(url)
    web.goto(address)
    log_in(web, "ann")
    queue(web)
    web.get_by_role("button", name="Log out").click()
    expect(web.get_by_text("You are logged out.")).to_be_visible()
    expect(web.get_by_role("heading", name="Fraud rings")).to_have_count(0)
    web.get_by_role("link", name="Log in").click()
    expect(web).to_have_url(re.compile("/login"))
    web.goto(address)
    expect(web).to_have_url(re.compile("/login"))


def test_who_is_disabled_is_out_at_his_next_click(web: Page, serve: Serve, url: str, book: Casebook) -> None:
    web.goto(serve(url))
    log_in(web, "vic")
    queue(web)
    book.accounts.disable("vic", author="test")
    web.get_by_role("button", name="Runs").click()
    expect(web.get_by_text("You are logged out.")).to_be_visible()
    book.accounts.enable("vic", author="test")


def test_an_administrator_gives_roles_which_hold_at_once(web: Page, serve: Serve, url: str, book: Casebook) -> None:
    address = serve(url)
    web.goto(f"{address}/?page=people")
    log_in(web, "root")
    expect(web.get_by_role("button", name="Change role")).to_be_visible()
    web.get_by_role("combobox", name="Account").click()
    web.get_by_role("option", name="Vic").click()
    expect(web.get_by_role("combobox", name="Role")).to_have_value("viewer")
    web.get_by_role("combobox", name="Role").click()
    web.get_by_role("option", name="analyst").click()
    web.get_by_role("button", name="Change role").click()
    expect(web.get_by_role("button", name="Change role")).to_be_disabled()
    assert {each.name: each.role for each in book.accounts.list()}["Vic"] is Role.ANALYST
    assert book.access.lines()[0].what == "Vic: role analyst"
    book.accounts.set_role("vic", Role.VIEWER, author="test")


def test_who_is_no_administrator_has_no_page_of_people(web: Page, serve: Serve, url: str) -> None:
    web.goto(f"{serve(url)}/?page=people")
    log_in(web, "ann")
    expect(web.get_by_text("You may not do this.")).to_be_visible()
    expect(web.get_by_role("button", name="People")).to_have_count(0)


def test_a_reviewer_sees_one_value_when_he_says_what_for(web: Page, serve: Serve, url: str, book: Casebook) -> None:
    web.goto(f"{serve(url)}/?ring=R-PLAIN")
    log_in(web, "rev")
    web.get_by_role("button", name="Show a value unmasked").click()
    dialog = web.get_by_role("dialog")
    dialog.get_by_role("button", name="Show", exact=True).click()
    expect(dialog.get_by_text("The purpose is empty")).to_be_visible()
    expect(dialog.get_by_text("Ann Lee")).to_have_count(0)
    dialog.get_by_label("Purpose").fill("Call her back")
    dialog.get_by_role("button", name="Show", exact=True).click()
    expect(dialog.get_by_text("Ann Lee")).to_be_visible()
    line = book.access.lines()[0]
    assert (line.author, line.action, line.what, line.purpose) == (
        "Rev", "unmask", "Applicant A-001: name", "Call her back",
    )  # fmt: skip


def test_an_analyst_sees_no_value_unmasked(web: Page, serve: Serve, url: str) -> None:
    web.goto(f"{serve(url)}/?ring=R-PLAIN")
    log_in(web, "ann")
    expect(web.get_by_text("A-001").first).to_be_attached()
    expect(web.get_by_role("tab", name="Members")).to_be_visible()
    expect(web.get_by_role("button", name="Show a value unmasked")).to_have_count(0)


def test_nothing_is_served_without_a_session(serve: Serve, url: str) -> None:
    address = serve(url)
    html = {"Accept": "text/html"}
    assert httpx2.get(f"{address}/?ring=R-1", headers=html).headers["location"] == "/login?ring=R-1"
    for path in ("/_stcore/host-config", "/media/x", "/component/x", "/_stcore/upload_file/a/b", "/anything"):
        assert httpx2.get(address + path).status_code == 403
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": address, "Cookie": "ringfence_login=guess",
    }  # fmt: skip
    assert httpx2.get(f"{address}/_stcore/stream", headers=upgrade).status_code == 403
    assert httpx2.get(f"{address}/_stcore/health").status_code == 200
    other = httpx2.post(f"{address}/login", data={"name": "ann"}, headers={"Origin": "http://evil.example"})
    assert other.status_code == 403


def test_guessing_is_slowed_down_for_known_and_unknown_names(serve: Serve, url: str) -> None:
    address = serve(url)
    for name in ("root", "nobody at all"):
        codes = [
            httpx2.post(f"{address}/login", data={"name": name, "password": f"guess {number}"}).status_code
            for number in range(6)
        ]
        assert codes == [401] * 5 + [429]


@pytest.fixture(scope="module")
def provider() -> Iterator[OidcProvider]:
    with OidcProvider(free_port()) as running:
        yield running


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def by_oidc(provider: OidcProvider, publish: Publish, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An explorer that takes its people from the provider, and their roles from a claim."""
    store = publish(f"sqlite:///{tmp_path_factory.mktemp('oidc')}/store.db")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {
        "OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_ROLE_CLAIM": "groups", "EXPLORER_URL": address,
    }  # fmt: skip
    environment = os.environ | {f"RINGFENCE_{name}": value for name, value in settings.items()}
    command = [PROGRAM, "explore", "--no-browser", "--port", str(port), "--store", store]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        transport = httpx2.HTTPTransport(retries=20)
        with httpx2.Client(transport=transport) as client:
            assert client.get(f"{address}/_stcore/health").is_success
        yield address
        process.terminate()
        said = process.communicate(timeout=30)[0].decode()
    assert "Traceback" not in said, said


def come_from(page: Page, address: str, provider: OidcProvider, **claims: object) -> None:
    """Log in through the provider, which names this person."""
    provider.claims = claims
    page.context.unroute_all()  # the provider is at localhost, which the fixture keeps out
    page.goto(f"{address}/?ring=R-PLAIN")
    page.get_by_role("link", name="Log in with your organisation").click()
    page.get_by_role("link", name="I am who I am").click()


def test_the_provider_says_who_one_is_and_the_ring_is_kept(web: Page, provider: OidcProvider, by_oidc: str) -> None:
    come_from(web, by_oidc, provider, email="li@bank.example", groups=["staff", "reviewer", "viewer"])
    expect(web).to_have_url(f"{by_oidc}/?ring=R-PLAIN")
    expect(web.get_by_text("li@bank.example (reviewer)")).to_be_visible()
    cookie = next(each for each in web.context.cookies() if each["name"] == "ringfence_login")
    assert cookie["expires"] - web.evaluate("Date.now() / 1000") <= 10 * 3600 + 5
    assert "prompt" not in provider.asked[-1]
    web.goto(f"{provider.issuer}/authorize?redirect_uri={by_oidc}/&state=x")
    web.evaluate("to => { document.querySelector('a').href = to }", f"{by_oidc}/?ring=R-LARGE")
    web.get_by_role("link", name="I am who I am").click()  # a link of another site, as in a mail
    expect(web).to_have_url(f"{by_oidc}/?ring=R-LARGE")
    expect(web.get_by_text("li@bank.example (reviewer)")).to_be_visible()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "li@bank.example", "groups": ["staff"]}, "did not succeed"),
        ({"email": "li@bank.example", "email_verified": False, "groups": ["admin"]}, "did not succeed"),
        ({"groups": ["admin"]}, "did not succeed"),
        ({"email": "li@bank.example", "groups": "admin", "aud": "another"}, "did not succeed"),
        ({"email": "li@bank.example", "groups": "admin", "nonce": "stale"}, "did not succeed"),
        ({"email": "li@bank.example", "groups": "admin", "exp": 1}, "did not succeed"),
    ],
)
def test_who_is_not_vouched_for_is_not_let_in(
    web: Page, provider: OidcProvider, by_oidc: str, claims: dict[str, object], said: str
) -> None:
    come_from(web, by_oidc, provider, **claims)
    expect(web.get_by_role("alert")).to_contain_text(said)
    web.goto(by_oidc)
    expect(web).to_have_url(re.compile("/login"))


def test_an_answer_that_nobody_asked_for_lets_nobody_in(by_oidc: str) -> None:
    answer = httpx2.get(f"{by_oidc}/login/done?code=x&state=y")
    assert answer.status_code == 401
    assert "ringfence_login" not in answer.cookies


def test_for_others_the_explorer_needs_accounts(tmp_path: Path) -> None:
    command = [PROGRAM, "explore", "--no-browser", "--host", "127.0.0.2", "--port", str(free_port())]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 78
    assert "ringfence users add" in answer.stderr
    environment = os.environ | {"RINGFENCE_OIDC_ISSUER": "https://id.example"}
    answer = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.returncode == 78
    assert "set by half" in answer.stderr
