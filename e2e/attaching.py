"""Files in a chat, as people send, see and save them."""

from pathlib import Path

from playwright.sync_api import Frame, Locator, Page, expect

LOADED = "(alt) => [...document.querySelectorAll('[role=log] img')].some((img) => img.alt === alt && img.naturalWidth === 60)"


def log(where: Frame | Page | Locator) -> Locator:
    return where.get_by_role("log")


def tray(where: Frame | Page) -> Locator:
    return where.get_by_role("list", name="Files to send")


def send(where: Frame | Page) -> None:
    where.get_by_role("button", name="Send", exact=True).click()
    expect(tray(where)).to_have_count(0)


def attach(where: Frame | Page, *files: Path) -> None:
    picker(where).set_input_files(files)


def picker(where: Frame | Page) -> Locator:
    return where.locator(".composer input[type=file]")


def sees_picture(where: Frame | Page, name: str) -> None:
    """Not only its box: the picture itself has been loaded."""
    expect(log(where).get_by_role("img", name=f"Picture {name}")).to_have_count(1)
    where.wait_for_function(LOADED, arg=f"Picture {name}")


def looks_at_picture(page: Page, where: Page | Locator, name: str) -> None:
    log(where).get_by_role("button", name=f"Show {name} larger").click()
    large = page.get_by_role("dialog", name=name)
    expect(large.get_by_role("img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)


def downloaded(page: Page, where: Frame | Page | Locator, name: str) -> bytes:
    with page.expect_download() as download:
        log(where).get_by_role("button", name=f"Download {name}").click()
    assert download.value.suggested_filename == name
    return Path(download.value.path()).read_bytes()
