"""What a release would break for clients, or protect less, compared with the golden files of the last one.

Every finding is one line, the same for the same change, so that schema/accepted-changes.txt can name it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from graphql import ConstDirectiveNode, GraphQLObjectType, GraphQLSchema, build_schema, print_ast
from graphql.utilities import find_breaking_changes

from kehu.errors import DeclarationError
from kehu.policy import Audit, Category

Row: TypeAlias = Mapping[str, Any]  # reason: a row of policy.json, whose shape `golden` makes


def breaking_changes(old_sdl: str, new_sdl: str) -> tuple[str, ...]:
    """What clients of the old SDL can't rely on any more, sorted; changed directives of a field included.

    ``FIELD_REMOVED Field Customer.name was removed.`` · ``DIRECTIVE_CHANGED Customer.name @retain``.
    """
    old, new = build_schema(old_sdl), build_schema(new_sdl)
    found = [f"{change.type.name} {change.description}" for change in find_breaking_changes(old, new)]
    return tuple(sorted([*found, *_directive_changes(old, new)]))


def _directive_changes(old: GraphQLSchema, new: GraphQLSchema) -> Iterator[str]:
    for name, before in old.type_map.items():
        after = new.type_map.get(name)
        if not isinstance(before, GraphQLObjectType) or not isinstance(after, GraphQLObjectType):
            continue
        for field in before.fields.keys() & after.fields.keys():
            was, now = _directives(before, field), _directives(after, field)
            for directive, text in was.items():
                if directive not in now:
                    yield f"DIRECTIVE_GONE {name}.{field} @{directive}"
                elif now[directive] != text:
                    yield f"DIRECTIVE_CHANGED {name}.{field} @{directive}"


def _directives(type_: GraphQLObjectType, field: str) -> dict[str, str]:
    """A field's directives by name, without citations: those may grow, and weakening is found in the policy."""
    node = type_.fields[field].ast_node
    directives: tuple[ConstDirectiveNode, ...] = tuple(node.directives or ()) if node else ()
    return {d.name.value: print_ast(d) for d in directives if d.name.value != "cites"}


def changed_forms(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> tuple[str, ...]:
    """Forms whose JSON Schema isn't what stood under the same ``$id``, by file name, sorted; layouts may change.

    ``FORM_CHANGED realestate.visit.1``: give it a new version.
    """
    return tuple(
        f"FORM_CHANGED {name.removeprefix('forms/').removesuffix('.json')}"
        for name in sorted(old.keys() & new.keys())
        if _schemas(old[name]) != _schemas(new[name])
    )


def _schemas(file: bytes) -> list[object]:
    return [shown["schema"] for shown in json.loads(file).values()]


def weakened(old_policy: bytes, new_policy: bytes) -> tuple[str, ...]:
    """What the new policy.json protects less than the old one, sorted: ``UNSEALED Customer.name``.

    That a mask shows more can't be seen from its name, so another mask is always a finding; so is
    another area, since it changes who may read.
    """
    old, new = json.loads(old_policy), json.loads(new_policy)
    before, after = _by("field", old["fields"]), _by("field", new["fields"])
    found = [f"FIELD_GONE {name}" for name in before.keys() - after.keys()]
    for name in before.keys() & after.keys():
        found += [f"{kind} {name}{detail}" for kind, detail in _field_changes(before[name], after[name])]
    found += _declassifier_changes(old, new)
    now = _by("code", new["purposes"])
    found += [
        f"PURPOSE_WIDENED {code}: no longer {row['condition']}"
        for code, row in _by("code", old["purposes"]).items()
        if code in now and row["condition"] not in (None, now[code]["condition"])
    ]
    classes = _by("class", new["retention"])
    for key, row in _by("class", old["retention"]).items():
        if _shorter(row["minimumYears"], classes[key]["minimumYears"] if key in classes else None):
            found.append(f"RETENTION_SHORTENED class {key}")
    return tuple(sorted(found))


def _field_changes(was: Row, now: Row) -> Iterator[tuple[str, str]]:
    if now["level"] < was["level"]:
        yield "LEVEL_LOWERED", f": {was['level']} to {now['level']}"
    if was["mask"] is not None and now["mask"] is None:
        yield "MASK_REMOVED", ""
    elif was["mask"] is not None and now["mask"] != was["mask"]:
        yield "MASK_CHANGED", f": {was['mask']} to {now['mask']}"
    if was["sealed"] and not now["sealed"]:
        yield "UNSEALED", ""
    if now["lookup"] and not was["lookup"]:
        yield "LOOKUP_ADDED", ""
    # A field that had no mask was clear for every purpose: its first purposes narrow it.
    if was["mask"] is not None:
        for purpose in sorted(set(now["purposes"]) - set(was["purposes"])):
            yield "PURPOSE_ADDED", f": {purpose}"
    if Audit[now["audit"]] < Audit[was["audit"]]:
        yield "AUDIT_LOWERED", f": {was['audit']} to {now['audit']}"
    if now["area"] != was["area"]:
        yield "AREA_CHANGED", f": {was['area']} to {now['area']}"
    for category in sorted(set(was["categories"]) - set(now["categories"])):
        yield "CATEGORY_DROPPED", f": {Category(category).value}"
    if _shorter(was["minimumYears"], now["minimumYears"]):
        yield "RETENTION_SHORTENED", f": {was['minimumYears']} to {now['minimumYears']}"


def _declassifier_changes(old: Row, new: Row) -> Iterator[str]:
    before = {(row["kind"], row["name"]): row for row in old["declassifiers"]}
    for row in new["declassifiers"]:
        was = before.get((row["kind"], row["name"]))
        if was is None:
            yield f"DECLASSIFIER_ADDED {row['kind']} {row['name']}"
        else:
            for source in sorted(set(row["inputs"]) - set(was["inputs"])):
                yield f"DECLASSIFIER_WIDENED {row['kind']} {row['name']}: {source}"


def _shorter(was: int | None, now: int | None) -> bool:
    return was is not None and (now is None or now < was)


def _by(key: str, rows: list[Row]) -> dict[str, Row]:
    return {row[key]: row for row in rows}


def accepted_changes(text: str) -> frozenset[str]:
    """The findings that schema/accepted-changes.txt names, each below a comment that says why.

    Raises `DeclarationError` for a finding without a reason.
    """
    accepted, reason = set(), ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            reason = line.lstrip("# ")
        elif not line:
            reason = ""
        elif not reason:
            raise DeclarationError(f"accepted change {line!r} has no comment above it that says why")
        else:
            accepted.add(line)
    return frozenset(accepted)
