"""``kehu run``: serve on one address, with what a person needs to begin printed first."""

from __future__ import annotations

import logging
import socket

import uvicorn
from rich.text import Text

from kehu import oauth
from kehu.app import Installation, create_app
from kehu.cli.words import out, say, words
from kehu.errors import ConfigurationError
from kehu.filling import count_customers, fill_demo
from kehu.founding import (
    Place,
    administrator_of,
    found,
    is_founded,
    place_of,
    put_act_on_record,
    require_sample,
    staff_of,
)
from kehu.labels import Label
from kehu.logs import configure_logs
from kehu.settings import Settings

DEMO_CLIENT = "demo"
_ADDRESSES = (
    (Label("GraphQL", "GraphQL"), "/graphql"),
    (Label("令牌", "Tokens"), oauth.config.TOKEN_PATH),
    (Label("控制台", "Console"), oauth.config.CONSOLE_PATH),
)
_LINK = Label("管理员一次性链接(10 分钟内有效,只能用一次):", "The administrator's link (good once, within 10 minutes):")
_CUSTOMERS = Label("{count} 位虚构客户", "{count} synthetic customers")
_FILLING = Label("正在生成虚构客户…", "Making synthetic customers …")
_TRY = Label("可直接运行的三条命令:", "Three commands to try:")
_TOKEN = Label("# 1. 取得令牌(10 分钟)", "# 1. a token, good for 10 minutes")
_MASKED = Label("# 2. 查询(遮盖)", "# 2. a query, masked")
_REVEAL = Label("# 3. 按用途查看明文,随后可在留痕中查到", "# 3. a reveal for a purpose; find it in kehu evidence list")
_NOT_FREE = Label("无法监听 {host}:{port}", "Can't listen on {host}:{port}")
_SELECTION = "customers(first: 3) { edges { node { id name grades { band } contacts { mobile } } } }"


def serve(*, demo: bool, host: str | None, port: int | None, customers: int) -> None:
    """Serve until stopped. Raises `ConfigurationError`, `StartupError`, `Conflict` DEMO_REFUSED."""
    settings = Settings()
    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = settings.model_copy(update=chosen)
    listener = _listener(settings.host, settings.port)
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})
    with listener, Installation.open(settings) as installation:
        if demo and not is_founded(installation):
            found(installation)
        if demo:
            require_sample(installation)
        place = place_of(installation)
        if demo:
            _fill(installation, customers)
        app = create_app(installation)
        _greet(installation, place)
        if demo:
            _show_commands(installation, _demo_client(installation, place))
        configure_logs(level=logging.INFO)
        config = uvicorn.Config(app, log_config=None, access_log=False, server_header=False, date_header=True)
        uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    """Bound before anything is printed: the addresses name the port that was really got."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle off only where the protocol is named; without it each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise ConfigurationError(str(_NOT_FREE.format(host=host, port=port))) from None
    return listener


def _fill(installation: Installation, customers: int) -> None:
    if count_customers(installation) == 0:
        say(_FILLING)
    say(_CUSTOMERS, count=fill_demo(installation, customers))


def _greet(installation: Installation, place: Place) -> None:
    base = installation.settings.base_url
    for label, path in _ADDRESSES:
        out.print(Text(f"{words(label)}: {base}{path}"))
    staff = str(administrator_of(installation))
    template = oauth.LinkTemplate(
        subject=staff,
        scopes=tuple(installation.registry.scopes),
        purposes=tuple(installation.registry.purposes),
        legal_entity=str(place.legal_entity),
        unit=str(place.unit),
        staff=staff,
    )
    with installation.engines.write.begin() as conn:
        code = oauth.create_link(conn, template, catalogue=installation.oauth.catalogue, now=installation.now)
        put_act_on_record(installation, conn, place, "link.create", {"staff": staff})
    say(_LINK)
    out.print(Text(f"  {oauth.link_url(installation.oauth.config, code)}"))


def _demo_client(installation: Installation, place: Place) -> oauth.Credentials:
    """The demo's service account with a fresh secret, since the last one isn't known any more."""
    catalogue = installation.oauth.catalogue
    with installation.engines.write.begin() as conn:
        there = [one for one in oauth.list_clients(conn) if one.name == DEMO_CLIENT and one.disabled_at is None]
        if there:
            made = oauth.rotate_secret(conn, there[0].client_id, now=installation.now)
        else:
            made = oauth.create_client(
                conn,
                name=DEMO_CLIENT,
                scopes=tuple(catalogue.scopes),
                purposes=tuple(catalogue.purposes),
                legal_entity=str(place.legal_entity),
                unit=str(place.unit),
                catalogue=catalogue,
                staff=str(staff_of(installation, "M001")),
                now=installation.now,
            )
        put_act_on_record(installation, conn, place, "client.demo", {"client": made.client_id})
    return made


def _show_commands(installation: Installation, made: oauth.Credentials) -> None:
    base = installation.settings.base_url
    take_it = "python3 -c 'import json,sys; print(json.load(sys.stdin)[\"access_token\"])'"
    ask = f"curl -s -u {made.client_id}:{made.secret} -d grant_type=client_credentials {base}/oauth/token"
    post = (
        f"curl -s {base}/graphql -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' --data-binary"
    )
    reveal = f'query ($why: Reason!) @purpose(code: \\"SERVICE\\", reason: $why) {{ {_SELECTION} }}'
    say(_TRY)
    lines = (
        words(_TOKEN),
        f"TOKEN=$({ask} | {take_it})",
        words(_MASKED),
        f'{post} \'{{"query": "{{ {_SELECTION} }}"}}\'',
        words(_REVEAL),
        f'{post} \'{{"query": "{reveal}", "variables": {{"why": "客户来电核对联系方式"}}}}\'',
    )
    out.print(Text("\n".join(lines)))
