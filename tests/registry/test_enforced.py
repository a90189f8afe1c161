"""Declared = enforced: what the finished schema and tables have is what was declared, and tampering is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLString,
    is_specified_scalar_type,
)

import kehu_realestate
from kehu.errors import UnenforcedError
from kehu.evidence.tables import metadata as evidence_metadata
from kehu.graph.schema import Schema, build_schema, verify_enforced
from kehu.names import Name, core_names, form_names, given_names, record_names, scheme_names
from kehu.oauth import oauth_metadata
from kehu.registry import Registry
from kehu.store.system import system_metadata
from kehu.store.tables import build_tables

from .samples import load

pytestmark = pytest.mark.promise(1)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(kehu_realestate)


@pytest.fixture
def schema(registry: Registry) -> Schema:
    return build_schema(registry)


def fields_of(schema: Schema, name: str) -> dict[str, GraphQLField]:
    type_ = schema.graphql.type_map[name]
    assert isinstance(type_, GraphQLObjectType)
    return type_.fields


def shown(schema: Schema, type_: str, name: str) -> list[object]:
    directives: list[object] = fields_of(schema, type_)[name].extensions["strawberry-definition"].directives
    return directives


def leak(*_: object) -> str:
    return "clear text"


def replace_resolver(schema: Schema) -> None:
    fields_of(schema, "ContactPoint")["mobile"].resolve = leak


def remove_resolver(schema: Schema) -> None:
    fields_of(schema, "ContactPoint")["mobile"].resolve = None


def swap_resolvers(schema: Schema) -> None:
    fields = fields_of(schema, "Customer")
    fields["kind"].resolve = fields["name"].resolve


def drop_directive(schema: Schema) -> None:
    shown(schema, "Customer", "name").pop(0)


def add_directive(schema: Schema) -> None:
    shown(schema, "Customer", "kind").append(shown(schema, "Customer", "name")[0])


def drop_structural_directive(schema: Schema) -> None:
    shown(schema, "Holding", "id").clear()


def drop_accessor_directive(schema: Schema) -> None:
    shown(schema, "Customer", "holdings").clear()


def add_field(schema: Schema) -> None:
    fields_of(schema, "Customer")["nickname"] = GraphQLField(GraphQLString, resolve=leak)


def add_field_with_governed_resolver(schema: Schema) -> None:
    fields = fields_of(schema, "Customer")
    fields["nickname"] = GraphQLField(GraphQLString, resolve=fields["name"].resolve)


def drop_field(schema: Schema) -> None:
    del fields_of(schema, "RealestateProfile")["source"]


def drop_type(schema: Schema) -> None:
    del schema.graphql.type_map["RealestateProfile"]


def add_type(schema: Schema) -> None:
    schema.graphql.type_map["Backdoor"] = GraphQLObjectType(
        "Backdoor", {"all": GraphQLField(GraphQLString, resolve=leak)}
    )


def add_root_field(schema: Schema) -> None:
    fields_of(schema, "Query")["everything"] = GraphQLField(GraphQLString, resolve=leak)


def replace_root(schema: Schema) -> None:
    fields_of(schema, "Query")["customers"].resolve = leak


def replace_mutation(schema: Schema) -> None:
    fields_of(schema, "Mutation")["createCustomer"].resolve = leak


def replace_payload(schema: Schema) -> None:
    fields_of(schema, "CreateCustomerSuccess")["customer"].resolve = leak


def replace_page(schema: Schema) -> None:
    fields_of(schema, "CustomerConnection")["nodes"].resolve = leak


TAMPERING: list[tuple[Callable[[Schema], None], str, str]] = [
    (replace_resolver, "kehu.customers.plugin", "ContactPoint.mobile"),
    (remove_resolver, "kehu.customers.plugin", "ContactPoint.mobile"),
    (swap_resolvers, "kehu.customers.plugin", "Customer.kind"),
    (drop_directive, "kehu.customers.plugin", "Customer.name"),
    (add_directive, "kehu.customers.plugin", "Customer.kind"),
    (drop_structural_directive, "kehu.customers.plugin", "Holding.id"),
    (drop_accessor_directive, "kehu.customers.plugin", "Customer.holdings"),
    (add_field, "kehu.customers.plugin", "Customer.nickname"),
    (add_field_with_governed_resolver, "kehu.customers.plugin", "Customer.nickname"),
    (drop_field, "kehu_realestate", "RealestateProfile"),
    (drop_type, "kehu_realestate", "RealestateProfile"),
    (add_type, "kehu", "Backdoor.all"),
    (add_root_field, "kehu", "Query.everything"),
    (replace_root, "kehu", "Query.customers"),
    (replace_mutation, "kehu", "Mutation.createCustomer"),
    (replace_payload, "kehu", "CreateCustomerSuccess.customer"),
    (replace_page, "kehu", "CustomerConnection.nodes"),
]


@pytest.mark.parametrize(("tamper", "owner", "where"), TAMPERING, ids=[tamper.__name__ for tamper, *_ in TAMPERING])
def test_tampering_is_found(schema: Schema, tamper: Callable[[Schema], None], owner: str, where: str) -> None:
    verify_enforced(schema)
    tamper(schema)
    with pytest.raises(UnenforcedError) as caught:
        verify_enforced(schema)
    assert str(caught.value).startswith(f"{owner}: {where}")


def claimed(registry: Registry) -> set[Name]:
    names = set(core_names())
    for record in registry.records.values():
        names |= {*record_names(record), *given_names(record)}
    for scheme in registry.schemes.values():
        names |= set(scheme_names(scheme))
    for form in registry.forms.values():
        names |= set(form_names(form))
    return names


def test_every_name_of_the_schema_is_claimed(registry: Registry, schema: Schema) -> None:
    names = claimed(registry)
    types: list[GraphQLNamedType] = [t for n, t in schema.graphql.type_map.items() if not n.startswith("__")]
    assert not {t.name for t in types if not is_specified_scalar_type(t)} - {
        n.name for n in names if n.where == "GraphQL type"
    }
    for root in ("Query", "Mutation"):
        assert set(fields_of(schema, root)) == {n.name for n in names if n.where == root}
    for name, record in registry.records.items():
        accessors = {str(child.accessor) for child in registry.children.get(name, ())}
        assert set(fields_of(schema, name)) - accessors <= {n.name for n in names if n.where == name}, record


def test_every_name_of_the_database_is_claimed(registry: Registry) -> None:
    names = claimed(registry)
    metadatas = (build_tables(registry.records.values()).metadata, system_metadata, oauth_metadata, evidence_metadata)
    tables = {table.name: table for metadata in metadatas for table in metadata.tables.values()}
    assert set(tables) == {n.name for n in names if n.where == "table"}
    for record in registry.records.values():
        columns = {column.name for column in tables[record.table].columns}
        assert columns <= {n.name for n in names if n.where == f"column of {record.table}"}


def test_every_governed_field_shows_level_audit_scopes_retention_and_rules(registry: Registry, schema: Schema) -> None:
    for name, record in registry.records.items():
        for f in record.fields:
            found = [type(directive).__name__ for directive in shown(schema, name, f.name)]
            assert found == ["Sensitive", "Audited", "RequiresScopes", "Authenticated", "Retain", "Cites"], (
                name,
                f.name,
            )


def test_no_input_has_what_nobody_may_write(registry: Registry, schema: Schema) -> None:
    for record in registry.records.values():
        for suffix in ("Input", "Changes"):
            made = schema.graphql.type_map.get(f"{record.name}{suffix}")
            if isinstance(made, GraphQLInputObjectType):
                system = {f.name for f in record.fields if f.written_by_system or f.projection is not None}
                assert not system & set(made.fields)
