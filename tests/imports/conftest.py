"""Forms of the realestate plugin, bound to the records and schemes that it and core declare."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest

import kehu_realestate
from kehu.customers import plugin as core
from kehu.forms.bind import BoundForm, bind
from kehu.registry import Registry, load_registry


@lru_cache
def _registry() -> Registry:
    return load_registry((core,), (kehu_realestate,))


@pytest.fixture(scope="session")
def bound_form() -> Callable[[str], BoundForm]:
    found = _registry()
    forms = {key: bind(form, found.records, found.schemes) for key, form in found.forms.items()}
    return forms.__getitem__
