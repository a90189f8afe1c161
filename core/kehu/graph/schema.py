"""Assembly: registry → Strawberry types → one executable schema, and the proof that declared = enforced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)
from strawberry.directive import DirectiveLocation
from strawberry.printer import print_schema
from strawberry.schema.config import StrawberryConfig

from kehu.errors import UnenforcedError
from kehu.graph.builder import TypeBuilder
from kehu.graph.catalogue import RESOLVERS, catalogue_members
from kehu.graph.differing import DIFFERING_RESOLVERS, differing_members
from kehu.graph.directives import area_directives, directives_of
from kehu.graph.duplicates import (
    DUPLICATE_RESOLVERS,
    case_customer,
    duplicate_members,
    duplicate_mutation,
)
from kehu.graph.file_acts import file_mutation
from kehu.graph.forms import FORM_RESOLVERS, form_members, form_mutations
from kehu.graph.gradings import GRADING_RESOLVERS, grading_members, grading_mutations
from kehu.graph.imports import IMPORT_RESOLVERS, import_members, import_mutations
from kehu.graph.objects import Objects
from kehu.graph.planner import CASE
from kehu.graph.regulations import REGULATION_RESOLVERS, regulation_members
from kehu.graph.resolvers import GOVERNED, Resolver, governed_resolver, island, mutation_resolver
from kehu.graph.roots import Roots
from kehu.graph.scalars import Vocabulary
from kehu.records import Record
from kehu.registry import Registry

QUERIES = {
    **RESOLVERS, **REGULATION_RESOLVERS, **FORM_RESOLVERS, **IMPORT_RESOLVERS, **DUPLICATE_RESOLVERS,
    **GRADING_RESOLVERS, **DIFFERING_RESOLVERS,
}  # fmt: skip
_STRUCTURAL = frozenset({"id", "version"})


@dataclass(frozen=True)
class Schema:
    """The executable schema, its SDL with directives, and what of it takes values from variables only.

    ``resolvers`` are the ones that assembly bound, by type and field: the schema may have no others.
    """

    registry: Registry
    made: strawberry.Schema
    graphql: GraphQLSchema
    variables_only: frozenset[str]
    roots: Roots
    resolvers: Mapping[tuple[str, str], Resolver | None]

    @cached_property
    def sdl(self) -> str:
        """Printed when first asked for."""
        return _field_by_line(print_schema(self.made))


def build_schema(registry: Registry) -> Schema:
    """Make the schema. Raises `UnenforcedError` naming plugin, type and field where SDL and enforcement differ."""
    builder = TypeBuilder()
    vocabulary = Vocabulary(builder, registry.schemes)
    objects = Objects(builder, registry, vocabulary)
    roots = Roots(builder, registry, vocabulary, objects)
    query = roots.query(
        catalogue_members(builder)
        | regulation_members(builder)
        | form_members(builder, vocabulary)
        | import_members(builder)
        | differing_members(builder)
        | duplicate_members(builder)
        | grading_members(builder)
    )
    further = form_mutations(vocabulary) | import_mutations(builder, vocabulary) | file_mutation(vocabulary)
    further |= duplicate_mutation(vocabulary)
    further |= grading_mutations(builder)
    mutation = roots.mutation(further)
    made = strawberry.Schema(
        query=query,
        mutation=mutation,
        types=[t for name, t in builder.types.items() if isinstance(t, type) and name in registry.records],
        directives=[_purpose_directive(vocabulary)],
        config=StrawberryConfig(auto_camel_case=False, scalar_map=vocabulary.scalar_map),
    )
    graphql = made._schema
    bound = _bind(graphql, registry, roots)
    schema = Schema(registry, made, graphql, frozenset(vocabulary.variables_only), roots, bound)
    verify_enforced(schema)
    return schema


def _field_by_line(sdl: str) -> str:
    """The printer breaks long lists of directives; one line per field makes a difference readable."""
    return re.sub(r'\[\n((?:  "[^"\n]*"\n)+)\]', lambda found: f"[{', '.join(found[1].split())}]", sdl)


def _purpose_directive(vocabulary: Vocabulary) -> Any:  # reason: Strawberry's decorator has no public type
    def purpose(code: str, reason: str) -> None:
        return None

    purpose.__annotations__ = {
        "code": Annotated[str, strawberry.directive_argument(description="目的代码 / Code of the purpose")]
        if hasattr(strawberry, "directive_argument")
        else str,
        "reason": vocabulary.reason,
    }
    return strawberry.directive(
        locations=[DirectiveLocation.QUERY, DirectiveLocation.MUTATION],
        name="purpose",
        description="使用目的与理由 / Purpose of use and reason",
    )(purpose)


def _bind(schema: GraphQLSchema, registry: Registry, roots: Roots) -> dict[tuple[str, str], Resolver | None]:
    """Give every field the one resolver that its kind has; Strawberry's own are not used."""
    bound: dict[tuple[str, str], Resolver | None] = {}
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        if isinstance(type_, GraphQLEnumType):
            type_.serialize = str  # type: ignore[method-assign,assignment]  # reason: codes are shown as stored
        elif isinstance(type_, GraphQLInterfaceType):
            type_.resolve_type = lambda value, *_: value.record
        elif isinstance(type_, GraphQLUnionType):
            type_.resolve_type = lambda value, *_: value["__typename"]
        elif isinstance(type_, GraphQLObjectType):
            type_.is_type_of = None
            for field_name, field in type_.fields.items():
                served = get_named_type(field.type).name
                field.resolve = bound[(name, field_name)] = _resolver(name, field_name, served, registry, roots)
    return bound


def _resolver(type_name: str, field_name: str, served: str, registry: Registry, roots: Roots) -> Resolver | None:
    if type_name in registry.records:
        return governed_resolver(registry, registry.records[type_name], field_name)
    if type_name == "Query":
        found: Resolver = QUERIES.get(field_name, island)
        return found
    if type_name == "Mutation":
        return mutation_resolver(field_name, roots)
    if type_name == CASE and served in registry.records:
        return case_customer
    if type_name.endswith("Success") and served in registry.records:
        return island
    return None


def verify_enforced(schema: Schema) -> None:
    """Walk the finished schema: every field of a record's type has its policy's directives and the governed
    resolver; every other type is one that core made, served as core serves it. Raises `UnenforcedError`."""
    for name, record in schema.registry.records.items():
        type_ = schema.graphql.type_map.get(name)
        owner = schema.registry.owner("record", name)
        if not isinstance(type_, GraphQLObjectType):
            raise UnenforcedError(f"{owner}: {name} is declared but not in the schema")
        for field_name, field in type_.fields.items():
            if not getattr(field.resolve, GOVERNED, False):
                raise UnenforcedError(f"{owner}: {name}.{field_name} is served without the governed resolver")
            definition = field.extensions.get("strawberry-definition")
            _verify_directives(schema, record, field_name, definition.directives if definition else [], owner)
        _verify_all_served(schema.registry, record, type_, owner)
    for name, type_ in schema.graphql.type_map.items():
        if isinstance(type_, GraphQLObjectType) and not name.startswith("__"):
            _verify_resolvers(schema, name, type_)


def _verify_resolvers(schema: Schema, name: str, type_: GraphQLObjectType) -> None:
    owner = schema.registry.owner("record", name) if name in schema.registry.records else "kehu"
    for field_name, field in type_.fields.items():
        if (name, field_name) not in schema.resolvers:
            raise UnenforcedError(f"{owner}: {name}.{field_name} is in the schema, but nobody declared it")
        if field.resolve is not schema.resolvers[(name, field_name)]:
            raise UnenforcedError(f"{owner}: {name}.{field_name} has another resolver than the one it was given")


def _verify_directives(schema: Schema, record: Record, name: str, shown: list[object], owner: str) -> None:
    areas = {str(child.accessor): child.area for child in schema.registry.children.get(record.name, ())}
    areas |= dict.fromkeys(_STRUCTURAL, record.area)
    computed = schema.registry.computed.get(record.name, {}).get(name)
    f = record.by_name.get(computed.governed_by if computed else name)
    if f is not None:
        expected = directives_of(f.policy, schema.registry.retention[f.policy.retention])
    elif name in areas:
        expected = area_directives(areas[name])
    else:
        raise UnenforcedError(f"{owner}: {record.name}.{name} is classified by nobody")
    if list(map(repr, shown)) != list(map(repr, expected)):
        raise UnenforcedError(f"{owner}: {record.name}.{name} shows other directives than its policy")


def _verify_all_served(registry: Registry, record: Record, type_: GraphQLObjectType, owner: str) -> None:
    accessors = {str(child.accessor) for child in registry.children.get(record.name, ())}
    missing = ({f.name for f in record.fields} | accessors) - set(type_.fields)
    if missing:
        raise UnenforcedError(
            f"{owner}: {record.name} declares what the schema doesn't show: {', '.join(sorted(missing))}"
        )
