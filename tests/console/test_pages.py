"""The console's page and files: headers, caching, and what is served before anything was built."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kehu.console import console_routes


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>客户信息控制台</title>", encoding="utf-8")
    (folder / "assets" / "index-0a1b.js").write_text("export {};", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("not for the web", encoding="utf-8")
    return folder


def client(built: Path) -> TestClient:
    return TestClient(Starlette(routes=console_routes(built=built)))


def test_page_is_never_kept_and_may_load_only_our_own_files(built: Path) -> None:
    answer = client(built).get("/console")
    assert answer.status_code == 200
    assert "客户信息控制台" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_files_with_a_hash_in_their_name_are_kept(built: Path) -> None:
    answer = client(built).get("/console/assets/index-0a1b.js")
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/console/assets/absent.js", "/console/assets/../index.html", "/console/assets/%2e%2e/%2e%2e/secret.txt"],
)
def test_nothing_else_is_served(built: Path, path: str) -> None:
    answer = client(built).get(path)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_without_a_build_the_page_says_in_both_languages_how_to_make_it(tmp_path: Path) -> None:
    answer = client(tmp_path / "absent").get("/console")
    assert answer.status_code == 503
    assert "make console" in answer.text
    assert "尚未构建" in answer.text
    assert "hasn't been built" in answer.text
