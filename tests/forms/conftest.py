"""Forms of the realestate plugin, bound to the records and schemes that it and core declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

import kehu_realestate
from kehu.customers import plugin as core_plugin
from kehu.forms.bind import BoundForm, bind
from kehu.records import Record
from kehu.registry import Registry, load_registry
from kehu.rules.scheme import Scheme
from kehu_realestate.forms import FORMS


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry((core_plugin,), (kehu_realestate,))


@pytest.fixture(scope="session")
def records(registry: Registry) -> Mapping[str, Record]:
    return registry.records


@pytest.fixture(scope="session")
def schemes(registry: Registry) -> Mapping[str, Scheme]:
    return registry.schemes


@pytest.fixture(scope="session")
def bound_form(records: Mapping[str, Record], schemes: Mapping[str, Scheme]) -> Callable[[str], BoundForm]:
    forms = {form.key: bind(form, records, schemes) for form in FORMS}
    return forms.__getitem__
