"""Ten analysts at once, each going between the queue and rings, and thinking meanwhile."""

import asyncio
import random
import time
from dataclasses import dataclass

from playwright.async_api import Page, async_playwright

from bench.explore_world import small_ring
from bench.explorer_pages import AT_REST
from bench.explorer_server import QUIET, chromium
from bench.measuring import resident_mib

ANALYSTS = 10
THINKING = 5.0
SWITCHES = 8


@dataclass(frozen=True, slots=True)
class Crowd:
    """Seconds of every page switch, and the server's memory (MiB) before the first session and at the end."""

    switches: list[float]
    before: float
    after: float


def crowd(address: str, process: int) -> Crowd:
    """What so many analysts meet, each in a session of his own with rings of his own."""
    return asyncio.run(_crowd(address, process))


async def _crowd(address: str, process: int) -> Crowd:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        before = resident_mib(process)
        pages = [await (await browser.new_context()).new_page() for _ in range(ANALYSTS)]
        switches = await asyncio.gather(*(_analyst(page, address, number) for number, page in enumerate(pages)))
        after = resident_mib(process)
        await browser.close()
    return Crowd([each for one in switches for each in one], before, after)


async def _analyst(page: Page, address: str, number: int) -> list[float]:
    """Opens a ring, goes back to the queue by its button, to the ring by the browser's, and so on."""
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, THINKING))
    await page.goto(f"{address}/?ring={small_ring(number)}")
    await page.wait_for_selector(f"{AT_REST} .canvas")
    taken = []
    for turn in range(SWITCHES):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING)
        begin = time.perf_counter()
        if turn % 2:
            await page.go_back()
            await page.wait_for_selector(f"{AT_REST} .canvas")
        else:
            await page.get_by_role("button", name="Queue").click()
            await page.wait_for_selector(".canvas", state="detached")
            await page.wait_for_selector(f'{AT_REST} [data-testid="stDataFrame"]')
        taken.append(time.perf_counter() - begin)
    return taken
