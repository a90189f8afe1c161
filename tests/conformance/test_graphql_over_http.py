"""GraphQL over HTTP: every audit of npm's graphql-http, all of its levels (MUST, SHOULD, MAY)."""

from __future__ import annotations

from typing import Any


def test_all_audits_pass(server: Any, run_script: Any) -> None:
    results = run_script("audits.mjs", KEHU_URL=server.graphql, KEHU_TOKEN=server.token("schema:read"))
    assert len(results) == 61
    failed = [f"{audit['id']} {audit['name']}: {audit['reason']}" for audit in results if audit["status"] != "ok"]
    assert failed == []
