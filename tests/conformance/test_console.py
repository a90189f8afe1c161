"""The console in a real browser: one link, one session, our own files, nothing kept."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def visit(server: Any, console: None, run_script: Any, chromium: str) -> Any:
    return run_script("console.mjs", KEHU_LINK=server.link(), KEHU_CHROMIUM=chromium)


def test_first_query_shows_masked_customers(visit: Any) -> None:
    customers = visit["body"]["data"]["customers"]
    assert customers["totalCount"] >= 2000
    names = [edge["node"]["name"] for edge in customers["edges"] if edge["node"]["name"]]
    assert names
    assert all("*" in name for name in names)


def test_schema_reaches_the_editor(visit: Any) -> None:
    assert visit["types"] > 50


def test_page_says_in_both_languages_what_it_is_and_how_long_it_lasts(visit: Any) -> None:
    assert "客户信息控制台" in visit["title"]
    assert "Kehu console" in visit["title"]
    assert "10 min left" in visit["remaining"]


def test_nothing_comes_from_elsewhere_and_nothing_breaks(visit: Any) -> None:
    assert visit["foreign"] == []
    assert visit["faults"] == []


def test_browser_keeps_neither_code_nor_queries(visit: Any) -> None:
    assert "code" not in visit["address"]
    assert visit["kept"] == {"local": {}, "session": {}}


def test_link_works_once(visit: Any) -> None:
    assert "链接" in visit["secondTry"]
