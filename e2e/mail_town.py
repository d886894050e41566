"""A town with a worker and the mail catcher of `make up`, and with rate limits on: what sign-up is like for real."""

import subprocess
import sys
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from e2e.town import ROOT, Town, wait_for
from tests.ports import free_port


@dataclass
class MailTown(Town):
    """Mail lands on the catcher's page."""

    rate_limits: str = "on"
    smtp_port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    parts: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def mail(self) -> str:
        return f"http://127.0.0.1:{self.mail_port}/"

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}?starttls=never", "METRICS_PORT": "0"}

    def rise(self) -> None:
        super().rise()
        ports = ["--smtp-port", str(self.smtp_port), "--port", str(self.mail_port)]
        self._start("switchboard.embedded.mail", *ports, "--folder", str(self.folder / "mail"))
        self._start("switchboard.cli", "worker")
        wait_for(self.mail)

    def fall(self) -> None:
        for part in self.parts:
            part.kill()
            part.wait()
        super().fall()

    def _start(self, *command: str) -> None:
        with (self.folder / "parts.log").open("ab") as log:
            command = (sys.executable, "-m", *command)
            self.parts.append(subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log))


def follow_mail(page: Page, town: MailTown, subject: str, label: str) -> None:
    """Waits for the mail, opens it, and follows its button."""
    open_mail(page, town, subject)
    letter = page.frame_locator("iframe")
    expect(letter.get_by_role("link", name=label)).to_be_visible()
    letter.get_by_role("link", name=label).click()


def expect_mail(page: Page, town: MailTown, text: str) -> None:
    """A transcript that says this."""
    open_mail(page, town, "Your chat with")
    expect(page.frame_locator("iframe").get_by_text(text)).to_be_visible()


def open_mail(page: Page, town: MailTown, subject: str) -> None:
    link = page.get_by_role("link", name=subject).first
    for _ in range(100):
        page.goto(town.mail)
        if link.count():
            break
        page.wait_for_timeout(200)
    link.click()
