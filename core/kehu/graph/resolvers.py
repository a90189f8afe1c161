"""The few resolvers that there are: governed fields, islands of governed rows, the catalogue, mutations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from kehu.access.output import Denied, Row, denial
from kehu.errors import Forbidden, Invalid, Refused, json_pointer
from kehu.graph.catalogue import Info
from kehu.graph.operation import OperationContext
from kehu.graph.planner import child_key
from kehu.graph.roots import Roots
from kehu.labels import Label
from kehu.records import Record
from kehu.registry import Registry

GOVERNED = "kehu_governed"
"""The mark of the one resolver of governed fields, which verify_enforced looks for."""
Resolver: TypeAlias = Callable[..., Any]  # reason: graphql-core's own resolver type


def governed_resolver(registry: Registry, record: Record, name: str) -> Resolver:
    """Reads what the plan decided; it never decides, and there is no other way to a governed value."""
    resolve: Resolver
    if name == "id":
        resolve = _global_id
    elif name in {"version", *registry.computed.get(record.name, ()), *_scalars(record)}:
        resolve = _value(name)
    else:
        resolve = _below
    setattr(resolve, GOVERNED, True)
    return resolve


def _scalars(record: Record) -> set[str]:
    return {f.name for f in record.fields if f.refers_to is None}


def _global_id(row: Row, info: Info) -> str:
    return row.global_id


def _value(name: str) -> Resolver:
    def resolve(row: Row, info: Info) -> object:
        value = row[name]
        return _tell(value) if type(value) is Denied else value

    return resolve


def _below(row: Row, info: Info, **_: object) -> object:
    value = row[child_key(info.field_nodes[0])]
    return _tell(value) if type(value) is Denied else value


def _tell(denied: Denied) -> object:
    """The first denied value of a pattern raises, so that a page has one error for it; the others are null."""
    if denied.told:
        return None
    denied.told = True
    raise denial(denied)


def island(source: object, info: Info, **arguments: Any) -> object:
    """Governed rows from the root or from a mutation's payload, by the plan made before execution."""
    operation: OperationContext = info.context
    path = tuple(key for key in info.path.as_list() if isinstance(key, str))
    above: Mapping[str, Any] = source if isinstance(source, dict) else {}
    return operation.island(path, arguments, above)


def mutation_resolver(name: str, roots: Roots) -> Resolver:
    """One act, with a union as its result: carried out, or what is wrong with the request."""
    title = name[0].upper() + name[1:]

    def resolve(source: object, info: Info, **arguments: Any) -> dict[str, object]:
        operation: OperationContext = info.context
        try:
            return {"__typename": f"{title}Success", **operation.act(name, roots, arguments)}
        except Invalid as refused:
            problems = refused.problems
        except Forbidden:
            raise
        except Refused as refused:
            if refused.status >= 500:
                raise
            return {"__typename": "Problems", "problems": [_problem(refused.code, refused.message, ())]}
        return {"__typename": "Problems", "problems": [_problem(p.code, p.message, p.path) for p in problems]}

    return resolve


def _problem(code: str, message: Label, path: tuple[str | int, ...]) -> dict[str, object]:
    parts = [str(part) for part in path]
    text = {"zh": message.zh, "en": message.en}
    return {"code": code, "message": text, "path": parts, "pointer": json_pointer(path)}
