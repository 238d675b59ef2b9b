"""The built wheel, installed elsewhere: it has all that it needs, and works from another folder."""

import os
import subprocess
import zipfile
from pathlib import Path


def test_the_wheel_has_migrations_seeds_and_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    repository = Path(__file__).parent.parent
    tracked = subprocess.run(
        ["git", "ls-files", "quotes", "migrations", "seeds"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    )
    expected = {name if name.startswith("quotes/") else f"quotes/{name}" for name in tracked.stdout.split()}
    assert expected <= names
    assert not [name for name in names if not name.startswith(("quotes/", "quote_attribution-"))]
    assert "quotes/py.typed" in names


def test_the_installed_command_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    clean = {"PATH": os.environ["PATH"]}

    def run(*words: str) -> str:
        done = subprocess.run(
            [installed / "bin" / "quotes", *words],
            cwd=tmp_path,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "rain.txt").write_text("“It rains,” Ada Moss said.", encoding="utf-8")
    run("load", "rain.txt")
    run("seed")
    assert run("list", "--article", "iom-director-general-2018-06-29", "-f", "jsonl").count("\n") == 10
    assert "Mark Hetfield" in run("speakers")
    where = subprocess.run(
        [installed / "bin" / "python", "-c", "import quotes; print(quotes.__file__)"],
        cwd=tmp_path,
        env=clean,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))
