"""What all commands share: language, consoles, and how errors are told without repeating what somebody sent."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import typer
from rich.console import Console
from rich.text import Text

from kehu.errors import ConfigurationError, Invalid, Refused, StartupError
from kehu.labels import Label, Locale
from kehu.logs import configure_logs

EXIT_REFUSED, EXIT_SET_UP, EXIT_UNEXPECTED = 2, 3, 70
_UNEXPECTED = Label(
    "内部错误({kind}),详情不予显示", "Internal error ({kind}); its details may hold data, so they aren't shown"
)
_log = logging.getLogger("kehu.cli")


@dataclass
class Words:
    """The language of this run: ``--lang``, else LANG, else Chinese."""

    locale: Locale = "zh"

    def __call__(self, label: Label, **values: object) -> str:
        return label.format(**values).for_(self.locale)


words = Words()
# Piped output keeps whole values: tables aren't cut to a terminal that isn't there.
_WIDTH = None if sys.stdout.isatty() else 240
out = Console(highlight=False, soft_wrap=True, width=_WIDTH)
err = Console(stderr=True, highlight=False, soft_wrap=True, width=_WIDTH)


def choose_language(given: str | None) -> None:
    """Raises `typer.BadParameter` for a language that we don't speak."""
    if given not in (None, "zh", "en"):
        raise typer.BadParameter("zh / en", param_hint="--lang")
    system = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    words.locale = "en" if given == "en" or (given is None and system.lower().startswith("en")) else "zh"


def say(label: Label, **values: object) -> None:
    out.print(Text(words(label, **values)))


def guarded(command: Callable[[], object]) -> int:
    """Run a command and give its exit code: 2 refused, 3 not set up, 70 unexpected. Typer itself exits with its own."""
    configure_logs(sys.stderr, logging.WARNING)
    try:
        command()
    except Invalid as error:
        for problem in error.problems:
            where = ".".join(str(part) for part in problem.path)
            _told(problem.code, f"{where}: {words(problem.message)}" if where else words(problem.message))
        return EXIT_REFUSED
    except Refused as error:
        _told(error.code, words(error.message))
        return EXIT_REFUSED
    except (ConfigurationError, StartupError) as error:
        _told(type(error).__name__, str(error))
        return EXIT_SET_UP
    except Exception as error:
        _log.error("command failed", exc_info=error)
        _told("UNEXPECTED", words(_UNEXPECTED, kind=type(error).__name__))
        return EXIT_UNEXPECTED
    return 0


def _told(code: str, text: str) -> None:
    err.print(Text.assemble((code, "bold red"), " ", text))
