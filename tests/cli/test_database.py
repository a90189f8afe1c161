"""``kehu db`` as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from kehu.app import open_database
from kehu.cli.main import cli
from kehu.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEHU_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("KEHU_DATABASE_URL", database_url)
    return Settings()


def kehu(*arguments: str) -> object:
    return cli(["--lang", "en", "db", *arguments], standalone_mode=False)


def change(settings: Settings, statement: str) -> None:
    engines = open_database(settings)
    with engines.write.begin() as conn:
        conn.execute(text(statement))
    engines.dispose()


def test_status_and_upgrade(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert kehu("status") == 0
    assert "The database is empty" in capsys.readouterr().out
    kehu("upgrade")
    assert "core: — → 0" in capsys.readouterr().out
    assert kehu("status") == 0
    assert "Current" in capsys.readouterr().out
    kehu("upgrade")
    assert capsys.readouterr().out == "Up to date; nothing to do\n"
    change(settings, "CREATE TABLE kehu_version_gone (version_num VARCHAR(32))")
    assert kehu("status") == 0
    assert "Plugin not installed; its tables stay" in capsys.readouterr().out
    change(settings, "UPDATE kehu_version_core SET version_num = '9999'")
    assert kehu("status") == 1
    assert "At a version that isn't installed here" in capsys.readouterr().out


def test_a_database_that_is_behind_has_status_1(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    kehu("upgrade")
    change(settings, "DELETE FROM kehu_version_core")
    assert kehu("status") == 1
    assert "Behind; upgrade" in capsys.readouterr().out


def test_no_version_is_written_where_nothing_changed(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    kehu("revision", "core", "-m", "Nothing")
    assert "nothing written" in capsys.readouterr().out
