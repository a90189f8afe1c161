"""The console's page and its files; nothing in them comes from another host.

The page itself holds no data: it trades the code of the one-time link for a token and asks GraphQL like any
other client. It is built by ``make console``; without that a plain page says so, and everything else is served.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kehu.labels import Label

BUILT = Path(__file__).parent / "static"

# GraphiQL's editor sets styles and fonts inline; scripts and workers are files of ours.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "font-src 'self' data:",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
_TITLE = Label("客户信息控制台", "Kehu console")
_NOT_BUILT = Label(
    "控制台页面尚未构建。请在源代码目录运行 make console(需要能访问 npm 软件源),然后重新打开此页。"
    "GraphQL 接口不受影响。",
    "The console hasn't been built. Run make console in the source folder (it needs npm's registry), then open this "
    "page again. The GraphQL endpoint works without it.",
)


def console_routes(path: str = "/console", built: Path = BUILT) -> list[BaseRoute]:
    """The page at ``path`` and its files below it; ``path`` must be the base that the page was built for."""
    assets = StaticFiles(directory=built / "assets", check_dir=False)
    return [
        Route(path, _Page(built).answer, methods=["GET"]),
        Mount(f"{path}/assets", app=_Immutable(assets)),
    ]


class _Page:
    def __init__(self, built: Path) -> None:
        self._index = built / "index.html"

    def answer(self, request: Request) -> Response:
        try:
            html, status = self._index.read_text(encoding="utf-8"), 200
        except FileNotFoundError:
            html, status = _plain_page(), 503
        return HTMLResponse(html, status_code=status, headers=_HEADERS)


def _plain_page() -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{_TITLE.zh} · {_TITLE.en}</title>'
        f'<p>{_NOT_BUILT.zh}</p><p lang="en">{_NOT_BUILT.en}</p></html>'
    )


class _Immutable:
    """Files whose names carry a hash of their content never change, so browsers may keep them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_kept(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                kept = (b"cache-control", b"public, max-age=31536000, immutable")
                message["headers"] = [*message["headers"], kept, (b"x-content-type-options", b"nosniff")]
            await send(message)

        await self._app(scope, receive, send_kept)
