"""What the README says is there, is there; and what is there, it names."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
MAP = README.split("<!-- map -->")[1] if "<!-- map -->" in README else ""
FEATURE_FOLDERS = {path.name for path in (ROOT / "src/switchboard").iterdir() if path.is_dir() and path.name != "__pycache__"}


def test_every_path_on_the_map_exists() -> None:
    named = re.findall(r"`([\w./{}-]+)`", MAP)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_map_names_every_top_level_folder_and_feature() -> None:
    tracked = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    top = {name.split("/")[0] for name in tracked if "/" in name and not name.startswith(".")}
    assert [folder for folder in top if f"`{folder}/" not in MAP] == []
    assert [folder for folder in FEATURE_FOLDERS if f"`src/switchboard/{folder}/`" not in MAP] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        links = re.findall(r"\]\(([^)#:]+)\)", document.read_text())
        assert [link for link in links if not (document.parent / link).exists()] == [], document


def test_no_document_names_a_machine_or_a_host_of_somebody_else() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        text = document.read_text()
        assert not re.search(r"/(home|root|work|Users)/", text), document
        hosts = set(re.findall(r"https?://([\w.-]+)", text))
        assert not {host for host in hosts if host != "localhost" and not host.endswith(".example.com")}, document
