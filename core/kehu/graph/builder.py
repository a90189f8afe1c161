"""A small builder of Strawberry types whose members are known only when the registry is loaded.

Types of one schema live in a module of their own, so that they can name each other before they exist.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from inspect import Parameter, Signature
from itertools import count
from keyword import iskeyword
from types import ModuleType, new_class
from typing import Annotated, Any

import strawberry

from kehu.labels import Label

_serial = count(1)
Annotation = Any
"""A Python annotation as Strawberry reads it: a type, or text that names one of the module."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field; without ``default`` it must be given unless its annotation is optional."""

    annotation: Annotation
    label: Label
    default: object = Parameter.empty


@dataclass(frozen=True, slots=True)
class Member:
    """A field of an object or input type."""

    annotation: Annotation
    label: Label
    directives: Sequence[object] = ()
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    deprecated: str | None = None


class TypeBuilder:
    """Makes the types of one schema."""

    def __init__(self) -> None:
        self.module = ModuleType(f"kehu.graph._schema_{next(_serial)}")
        sys.modules[self.module.__name__] = self.module
        self.types: dict[str, type] = {}

    def object_type(
        self,
        name: str,
        label: Label,
        members: Mapping[str, Member],
        interfaces: tuple[type, ...] = (),
        *,
        interface: bool = False,
    ) -> type:
        """An object or interface type."""
        return self._type(name, label, members, interfaces, is_interface=interface)

    def input_type(self, name: str, label: Label, members: Mapping[str, Member]) -> type:
        """An input type; every member may be left out unless its annotation says otherwise."""
        return self._type(name, label, members, (), is_input=True)

    def enum_type(
        self, name: str, values: Mapping[str, Label | None], label: Label
    ) -> Any:  # reason: an enum made from data
        """An enum type with these values."""
        members = {
            code: strawberry.enum_value(code, description=str(text) if text else None) for code, text in values.items()
        }
        made = Enum(name, members)  # type: ignore[misc]  # reason: mypy wants literal names
        return self.put(name, strawberry.enum(made, name=name, description=str(label)))

    def put(self, name: str, made: Any) -> Any:  # reason: an enum, union or scalar as Strawberry makes it
        """Let other types refer to ``made`` by name."""
        setattr(self.module, name, made)
        self.types[name] = made
        return made

    def _type(
        self, name: str, label: Label, members: Mapping[str, Member], bases: tuple[type, ...], **kind: bool
    ) -> type:
        is_input = kind.get("is_input", False)
        namespace: dict[str, object] = {"__module__": self.module.__name__, "__annotations__": {}}
        for key, member in members.items():
            attribute = f"{key}_" if iskeyword(key) else key
            namespace["__annotations__"][attribute] = member.annotation  # type: ignore[index]  # reason: made a dict above
            namespace[attribute] = _input_field(key, member) if is_input else self._field(key, member)
        made = new_class(name, bases, {}, lambda body: body.update(namespace))
        typed: type = self.put(name, strawberry.type(made, name=name, description=str(label), **kind))  # type: ignore[call-overload]  # reason: overloads want literal flags
        return typed

    def _field(self, key: str, member: Member) -> object:
        options: dict[str, Any] = {
            "name": key,
            "description": str(member.label),
            "directives": list(member.directives),
            "deprecation_reason": member.deprecated,
        }
        if member.arguments:
            return strawberry.field(resolver=self._signature(key, member), **options)
        return strawberry.field(**options)

    def _signature(self, key: str, member: Member) -> Callable[..., object]:
        """A function that only carries a signature: real resolvers are bound to the finished schema."""

        def unbound(**arguments: object) -> object:
            raise AssertionError(f"{key} was never bound")

        parameters = [
            Parameter(
                name,
                Parameter.KEYWORD_ONLY,
                default=argument.default,
                annotation=Annotated[argument.annotation, strawberry.argument(description=str(argument.label))],
            )
            for name, argument in member.arguments.items()
        ]
        unbound.__signature__ = Signature(parameters, return_annotation=member.annotation)  # type: ignore[attr-defined]  # reason: functions take one
        unbound.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": member.annotation}
        unbound.__module__ = self.module.__name__
        return unbound


def _input_field(key: str, member: Member) -> object:
    optional = "None" in str(member.annotation)
    default = {"default": strawberry.UNSET} if optional else {}
    return strawberry.field(name=key, description=str(member.label), directives=list(member.directives), **default)
