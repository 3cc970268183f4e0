"""From page to page by the address, so that everything has a link and the browser's back button works."""

from enum import StrEnum

import streamlit as st

from graph.language import Saying

RING = "ring"
"""Names a ring in the address."""
PERSON = "person"
"""Names an applicant in the address."""
THING = "thing"
"""Stands for an identifier of that applicant."""
APPEAL = "appeal"
"""Names an appeal in the address."""
PAGE = "page"
"""Names a page in the address; the queue where nothing is named."""


class Page(StrEnum):
    """The pages that the bar above every page leads to."""

    QUEUE = "queue"
    APPEALS = "appeals"
    RUNS = "runs"
    PEOPLE = "people"


TITLES = {
    Page.QUEUE: Saying("Queue", "队列"),
    Page.APPEALS: Saying("Appeals", "申诉"),
    Page.RUNS: Saying("Runs", "运行记录"),
    Page.PEOPLE: Saying("People", "人员"),
}


def asked(name: str) -> str | None:
    """What the address says of this."""
    return st.query_params.get(name) or None


def asked_page() -> Page:
    """The page that the address names, or the queue."""
    name = asked(PAGE)
    return Page(name) if name in set(Page) else Page.QUEUE


def go(**query: str) -> None:
    """Go to another address."""
    st.query_params.from_dict(query)
    st.rerun()


def open_ring(ring_id: str) -> None:
    """Go to a ring's page."""
    go(**{RING: ring_id})


def open_person(applicant_id: str) -> None:
    """Go to the page of an applicant."""
    go(**{PERSON: applicant_id})


def open_thing(applicant_id: str, reference: str) -> None:
    """Go to the page of an identifier that this applicant has."""
    go(**{PERSON: applicant_id, THING: reference})


def open_appeal(number: str) -> None:
    """Go to the page of an appeal."""
    go(**{APPEAL: number})


def open_page(page: Page) -> None:
    """Go to a page of the bar."""
    go(**({} if page is Page.QUEUE else {PAGE: page.value}))
