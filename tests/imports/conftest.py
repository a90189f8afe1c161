"""Forms of the realestate plugin, bound to the records and schemes that it and core declare."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kehu.customers.records import RECORDS
from kehu.customers.schemes import SCHEMES
from kehu.forms.bind import BoundForm, bind
from kehu.records import Record
from kehu.rules.scheme import Scheme
from kehu_realestate.forms import FORMS
from kehu_realestate.records import RECORDS as PLUGIN_RECORDS
from kehu_realestate.schemes import SCHEMES as PLUGIN_SCHEMES


@pytest.fixture(scope="session")
def records() -> dict[str, Record]:
    return {record.name: record for record in (*RECORDS, *PLUGIN_RECORDS)}


@pytest.fixture(scope="session")
def schemes() -> dict[str, Scheme]:
    return {scheme.key: scheme for scheme in (*SCHEMES, *PLUGIN_SCHEMES)}


@pytest.fixture(scope="session")
def bound_form(records: dict[str, Record], schemes: dict[str, Scheme]) -> Callable[[str], BoundForm]:
    forms = {form.key: bind(form, records, schemes) for form in FORMS}
    return forms.__getitem__
