"""Load plugins, check every declaration against every other, freeze the result.

A mistake stops start-up with a message that names the plugin, the declaration and what to do; nothing
is repaired silently, and no plugin can take over what core or another plugin declared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import TypeVar

import pluggy

from kehu.declassifiers import Declassifier, declassifiers_of
from kehu.errors import ClashError, DeclarationError, StartupError, UnenforcedError
from kehu.forms.demo import Demo
from kehu.forms.form import Form
from kehu.hookspecs import PROJECT, Hooks
from kehu.policy import Purpose, RetentionClass, ScopeDeclaration
from kehu.provenance import with_provenance
from kehu.records import Field, Owner, Record
from kehu.rules.grading import Grading
from kehu.rules.scheme import Scheme

T = TypeVar("T")
GROUP = "kehu.plugins"


@dataclass(frozen=True)
class Registry:
    """Everything declared, checked and frozen. ``owners`` says who declared what, by kind and key."""

    plugins: tuple[str, ...]
    records: Mapping[str, Record]
    schemes: Mapping[str, Scheme]
    gradings: tuple[Grading, ...]
    forms: Mapping[str, Form]
    scopes: Mapping[str, ScopeDeclaration]
    purposes: Mapping[str, Purpose]
    retention: Mapping[str, RetentionClass]
    demos: tuple[Demo, ...]
    owners: Mapping[tuple[str, str], str]

    @cached_property
    def children(self) -> Mapping[str, tuple[Record, ...]]:
        """Records by parent, in order of declaration."""
        found: dict[str, list[Record]] = {}
        for record in self.records.values():
            if record.parent is not None:
                found.setdefault(record.parent, []).append(record)
        return {name: tuple(records) for name, records in found.items()}

    @cached_property
    def current_gradings(self) -> tuple[Grading, ...]:
        """The newest version of each grading."""
        newest: dict[str, Grading] = {}
        for grading in self.gradings:
            if grading.key not in newest or grading.version > newest[grading.key].version:
                newest[grading.key] = grading
        return tuple(newest.values())

    @cached_property
    def declassifiers(self) -> tuple[Declassifier, ...]:
        return declassifiers_of(self.records.values(), self.gradings)

    @cached_property
    def policy_hash(self) -> str:
        """SHA-256 over every policy, purpose and plugin version in force; stands in each evidence entry."""
        lines = [
            f"{name}.{f.name} {f.policy!r}" for name, record in sorted(self.records.items()) for f in record.fields
        ]
        lines += [repr(purpose) for _, purpose in sorted(self.purposes.items())]
        lines += [repr(d) for d in self.declassifiers]
        lines += list(self.plugins)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def owner(self, kind: str, key: str) -> str:
        return self.owners[(kind, key)]


def installed_plugins() -> tuple[ModuleType, ...]:
    """The plugins that are installed here, by entry point group ``kehu.plugins``, alphabetised."""
    return tuple(point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name))


def load_registry(core: Iterable[ModuleType], plugins: Iterable[ModuleType]) -> Registry:
    """Call every hook once, check everything, freeze. Raises `StartupError` and its kinds."""
    return _Loader((*core, *plugins)).load()


class _Loader:
    def __init__(self, modules: tuple[ModuleType, ...]) -> None:
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(Hooks)
        self.modules = modules
        self.owners: dict[tuple[str, str], str] = {}
        for module in modules:
            self._register(module)

    def _register(self, module: ModuleType) -> None:
        known = {name for name in vars(Hooks) if name.startswith("kehu_")}
        hooks = [name for name in vars(module) if name.startswith("kehu_")]
        for name in hooks:
            if name not in known:
                raise DeclarationError(
                    f"plugin {module.__name__}: {name} is no hook of Kehu; known hooks: {', '.join(sorted(known))}"
                )
            if not hasattr(getattr(module, name), f"{PROJECT}_impl"):
                raise DeclarationError(f"plugin {module.__name__}: {name} lacks @hookimpl, it would never be called")
        try:
            self.manager.register(module, name=module.__name__)
            self.manager.check_pending()
        except (ValueError, pluggy.PluginValidationError) as error:
            raise StartupError(f"plugin {module.__name__}: {error}") from error

    def load(self) -> Registry:
        records: tuple[Record, ...] = self._collect("kehu_records", "record", lambda r: r.name)
        schemes: tuple[Scheme, ...] = self._collect("kehu_schemes", "scheme", lambda s: s.key)
        forms: tuple[Form, ...] = self._collect("kehu_forms", "form", lambda f: f.key)
        scopes: tuple[ScopeDeclaration, ...] = self._collect("kehu_scopes", "scope", lambda s: s.name)
        purposes: tuple[Purpose, ...] = self._collect("kehu_purposes", "purpose", lambda p: p.code)
        retention: tuple[RetentionClass, ...] = self._collect("kehu_retention", "retention class", lambda r: r.key)
        registry = Registry(
            plugins=tuple(_versioned(module) for module in self.modules),
            records=_frozen((r.name, with_provenance(r)) for r in records),
            schemes=_extended(schemes, self.owners),
            gradings=self._collect("kehu_gradings", "grading", lambda g: f"{g.key}@{g.version}"),
            forms=_frozen((f.key, f) for f in forms),
            scopes=_frozen(sorted((s.name, s) for s in scopes)),
            purposes=_frozen((p.code, p) for p in purposes),
            retention=_frozen((r.key, r) for r in retention),
            demos=self._collect("kehu_demo", "demo", lambda d: d.form),
            owners=MappingProxyType(self.owners),
        )
        for check in (_check_accessors, _check_fields, _check_citations, _check_gradings, _check_forms):
            check(registry)
        return registry

    def _collect(self, hook: str, kind: str, key: Callable[[T], str]) -> tuple[T, ...]:
        found: list[T] = []
        for module in self.modules:
            function = getattr(module, hook, None)
            for declared in function() if function else ():
                name = key(declared)
                if (kind, name) in self.owners:
                    first = self.owners[(kind, name)]
                    raise ClashError(f"{kind} {name!r} is declared by {first} and by {module.__name__}; rename one")
                self.owners[(kind, name)] = module.__name__
                found.append(declared)
        return tuple(found)


def _frozen(pairs: Iterable[tuple[str, T]]) -> Mapping[str, T]:
    return MappingProxyType(dict(pairs))


def _extended(schemes: tuple[Scheme, ...], owners: Mapping[tuple[str, str], str]) -> Mapping[str, Scheme]:
    """Schemes by key, each with the terms that plugins add to it; a term has one owner."""
    found = {s.key: s for s in schemes if s.extends is None}
    for added in (s for s in schemes if s.extends is not None):
        base, owner = found.get(str(added.extends)), owners[("scheme", added.key)]
        if base is None or not base.extensible:
            raise DeclarationError(f"{owner}: scheme {added.key} extends {added.extends!r}, which takes no more terms")
        if twice := sorted(set(base.codes) & set(added.codes)):
            raise ClashError(
                f"{owner}: scheme {added.key} repeats terms of {base.key}: {', '.join(twice)}; rename them"
            )
        cites = tuple(sorted({*base.cites, *added.cites}))
        found[base.key] = replace(base, terms=(*base.terms, *added.terms), cites=cites)
    return MappingProxyType(found)


def _versioned(module: ModuleType) -> str:
    return f"{module.__name__} {getattr(module, '__version__', '')}".strip()


def _check_accessors(registry: Registry) -> None:
    """One name on one type, whoever declares it: fields, accessors, roots and tables."""
    taken: dict[tuple[str, str], str] = {}

    def claim(where: str, name: str, owner: str) -> None:
        if (where, name) in taken:
            raise ClashError(f"{where}.{name} is declared by {taken[(where, name)]} and by {owner}; rename one")
        taken[(where, name)] = owner

    for name, record in registry.records.items():
        owner = registry.owner("record", name)
        for f in record.fields:
            claim(name, f.name, owner)
        claim("table", record.table, owner)
        if record.root is not None:
            claim("Query", record.root, owner)
    for name, record in registry.records.items():
        owner = registry.owner("record", name)
        if record.parent is not None:
            if record.parent not in registry.records:
                raise DeclarationError(f"{owner}: record {name} has parent {record.parent!r}, which isn't declared")
            claim(record.parent, str(record.accessor), owner)
            if registry.records[record.parent].owner is not record.owner:
                raise DeclarationError(f"{owner}: record {name} and its parent {record.parent} have different owners")


def _check_fields(registry: Registry) -> None:
    for name, record in registry.records.items():
        owner = registry.owner("record", name)
        needed = {f"{record.area}:read"} | ({f"{record.area}:write"} if record.writable else set())
        for f in record.fields:
            where = f"{owner}: {name}.{f.name}"
            if not f.policy.categories:
                raise UnenforcedError(f"{where} is classified in no category system; give its policy categories")
            if f.policy.retention not in registry.retention:
                raise DeclarationError(f"{where}: retention class {f.policy.retention!r} isn't declared")
            if unknown := sorted(set(f.policy.purposes) - set(registry.purposes)):
                raise DeclarationError(f"{where}: purposes not declared: {', '.join(unknown)}")
            if f.type.name in ("Code", "AgeBand") and f.scheme not in registry.schemes:
                raise DeclarationError(f"{where}: scheme {f.scheme!r} isn't declared")
            if f.refers_to is not None and f.refers_to not in registry.records:
                raise DeclarationError(f"{where}: refers to {f.refers_to!r}, which isn't declared")
            needed |= _scopes_of(f)
        if missing := sorted(needed - set(registry.scopes)):
            raise UnenforcedError(f"{owner}: {name} needs scopes that nobody declared: {', '.join(missing)}")


def _scopes_of(f: Field) -> set[str]:
    scopes = {str(f.policy.read_scope)}
    if f.policy.mask is not None:
        scopes.add(str(f.policy.reveal_scope))
    if f.policy.lookup:
        scopes.add(str(f.policy.lookup_scope))
    return scopes


def _check_citations(registry: Registry) -> None:
    for name, record in registry.records.items():
        if not record.cites:
            raise DeclarationError(f"{registry.owner('record', name)}: record {name} cites no rule")
        for f in record.fields:
            if not f.cites:
                raise DeclarationError(f"{registry.owner('record', name)}: {name}.{f.name} cites no rule")
    for kind, declared in (("scheme", registry.schemes), ("form", registry.forms), ("purpose", registry.purposes)):
        for key, declaration in declared.items():
            if not declaration.cites:
                raise DeclarationError(f"{registry.owner(kind, key)}: {kind} {key} cites no rule")


def _check_gradings(registry: Registry) -> None:
    for grading in registry.gradings:
        owner = registry.owner("grading", f"{grading.key}@{grading.version}")
        if not grading.cites:
            raise DeclarationError(f"{owner}: grading {grading.key} cites no rule")
        for record, name in grading.inputs:
            found = registry.records.get(record)
            if found is None or name not in found.by_name:
                raise DeclarationError(f"{owner}: grading {grading.key} reads {record}.{name}, which isn't declared")
            if found.by_name[name].sealed:
                raise DeclarationError(f"{owner}: grading {grading.key} reads {record}.{name}, which is sealed")
            if found.owner is not Owner.CUSTOMER:
                raise DeclarationError(f"{owner}: grading {grading.key} reads {record}, which isn't customer-owned")


def _check_forms(registry: Registry) -> None:
    for form in registry.forms.values():
        owner = registry.owner("form", form.key)
        for f in form.fields:
            record, _, name = f.to.partition(".")
            if record not in registry.records or name not in registry.records[record].by_name:
                raise DeclarationError(f"{owner}: form {form.key} field {f.name} goes to {f.to}, which isn't declared")
