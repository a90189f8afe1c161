"""The console (控制台): GraphiQL from our own files, opened by the administrator's one-time link."""

from kehu.console.pages import console_routes

__all__ = ["console_routes"]
