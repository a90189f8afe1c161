"""Load plugins, check every declaration against every other, freeze the result.

A mistake stops start-up with a message that names the plugin, the declaration and what to do; nothing
is repaired silently, and no plugin can take over what core or another plugin declared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from importlib.metadata import entry_points
from types import MappingProxyType, ModuleType
from typing import TypeVar

import pluggy

from kehu.computed import Computed, computed_fields
from kehu.declassifiers import Declassifier, declassifiers_of
from kehu.enforcement import enforces
from kehu.errors import ClashError, DeclarationError, StartupError, UnenforcedError
from kehu.forms.bind import bind
from kehu.forms.demo import Demo
from kehu.forms.form import Form
from kehu.hookspecs import PROJECT, Hooks
from kehu.names import CUSTOMER, Name, core_names, form_names, given_names, record_names, scheme_names
from kehu.policy import Purpose, RetentionClass, Role, ScopeDeclaration
from kehu.provenance import CORRECTS, PROVENANCE, with_provenance
from kehu.records import Field, Owner, Record
from kehu.rules.grading import Grading, check_grading
from kehu.rules.match import MatchRule
from kehu.rules.measure import Measure
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import Storage

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
    roles: Mapping[str, Role]
    measures: Mapping[str, Measure]
    match_rules: Mapping[str, MatchRule]
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
    def computed(self) -> Mapping[str, Mapping[str, Computed]]:
        """Computed fields by record and name."""
        return computed_fields(self.gradings)

    @cached_property
    def declassifiers(self) -> tuple[Declassifier, ...]:
        return declassifiers_of(self.records.values(), self.gradings, self.match_rules.values())

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
    """The plugins that are installed here, by entry point group ``kehu.plugins``. Raises `StartupError` naming the
    plugin whose declarations contradict themselves."""
    return tuple(_named(f"plugin {point.name}", point.load) for point in entry_points(group=GROUP))


def load_registry(core: Iterable[ModuleType], plugins: Iterable[ModuleType]) -> Registry:
    """Call every hook once, check everything, freeze. Raises `StartupError` and its kinds.

    Plugins are taken in the order of their names, so that nothing depends on who was installed first.
    """
    return _Loader((*core, *sorted(plugins, key=lambda module: module.__name__))).load()


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
        hooks = [name for name in vars(module) if name.startswith("kehu_") and callable(getattr(module, name))]
        for name in hooks:
            if name not in known:
                raise DeclarationError(
                    f"plugin {module.__name__}: {name} is no hook of Kehu; known hooks: {', '.join(sorted(known))}"
                )
            if not hasattr(getattr(module, name), f"{PROJECT}_impl"):
                raise DeclarationError(
                    f"plugin {module.__name__}: {name} would never be called; put @hookimpl above it"
                )
        try:
            self.manager.register(module, name=module.__name__)
            self.manager.check_pending()
        except (ValueError, pluggy.PluginValidationError) as error:
            raise StartupError(f"plugin {module.__name__}: {error}") from error

    def load(self) -> Registry:
        records = self._collect("kehu_records", "record", Record, lambda r: r.name)
        gradings = self._collect("kehu_gradings", "grading", Grading, lambda g: f"{g.key}@{g.version}")
        scopes = self._collect("kehu_scopes", "scope", ScopeDeclaration, lambda s: s.name)
        purposes = self._collect("kehu_purposes", "purpose", Purpose, lambda p: p.code)
        measures = self._collect("kehu_measures", "measure", Measure, lambda m: m.document)
        matches = self._collect("kehu_match_rules", "match rule", MatchRule, lambda m: m.key)
        roles = self._collect("kehu_roles", "role", Role, lambda r: r.key)
        retention = self._collect("kehu_retention", "retention class", RetentionClass, lambda r: r.key)
        registry = Registry(
            plugins=tuple(_versioned(module) for module in self.modules),
            records=_frozen((r.name, self._with_provenance(r)) for r in records),
            schemes=_extended(self._collect("kehu_schemes", "scheme", Scheme, lambda s: s.key), self.owners),
            gradings=gradings,
            forms=_frozen((f.key, f) for f in self._collect("kehu_forms", "form", Form, lambda f: f.key)),
            scopes=_frozen(sorted((s.name, s) for s in scopes)),
            purposes=_frozen((p.code, p) for p in purposes),
            measures=_frozen((m.document, m) for m in measures),
            match_rules=_frozen(sorted((m.key, m) for m in matches)),
            roles=_frozen((r.key, r) for r in roles),
            retention=_frozen((r.key, r) for r in retention),
            demos=self._collect("kehu_demo", "demo", Demo, lambda d: d.form),
            owners=MappingProxyType(self.owners),
        )
        for check in (
            _check_parents, _check_names, _check_purposes, _check_fields, _check_histories, _check_classified,
            _check_roles, _check_matches, _check_citations, _check_gradings, _check_forms,
        ):  # fmt: skip
            check(registry)
        return registry

    def _collect(self, hook: str, kind: str, made: type[T], key: Callable[[T], str]) -> tuple[T, ...]:
        found: list[T] = []
        for module in self.modules:
            function = getattr(module, hook, None)
            declared = _named(f"plugin {module.__name__}", function) if function else ()
            if not isinstance(declared, tuple) or not all(isinstance(one, made) for one in declared):
                raise DeclarationError(f"plugin {module.__name__}: {hook} must return a tuple of {made.__name__}")
            for one in declared:
                name = key(one)
                if (kind, name) in self.owners:
                    first = self.owners[(kind, name)]
                    raise ClashError(f"{kind} {name!r} is declared by {first} and by {module.__name__}; rename one")
                self.owners[(kind, name)] = module.__name__
                found.append(one)
        return tuple(found)

    def _with_provenance(self, record: Record) -> Record:
        """Where a fact comes from is written by core: a record can't bring fields of its own for that."""
        taken = sorted({f.name for f in (*PROVENANCE, CORRECTS)} & record.by_name.keys())
        if record.owner is Owner.CUSTOMER and taken:
            owner = self.owners[("record", record.name)]
            raise ClashError(
                f"{record.name}.{taken[0]} is declared by {owner} and by kehu, which gives every record of a customer "
                "its provenance; rename it"
            )
        return with_provenance(record)


def _named(who: str, call: Callable[[], T]) -> T:
    """What a plugin's module or hook gives; a declaration that contradicts itself is told with the plugin's name."""
    try:
        return call()
    except StartupError as error:
        raise type(error)(f"{who}: {error}") from error


def _frozen(pairs: Iterable[tuple[str, T]]) -> Mapping[str, T]:
    return MappingProxyType(dict(pairs))


def _extended(schemes: tuple[Scheme, ...], owners: Mapping[tuple[str, str], str]) -> Mapping[str, Scheme]:
    """Schemes by key, each with the terms that plugins add to it; a term has one owner."""
    found = {s.key: s for s in schemes if s.extends is None}
    terms = {(s.key, code): owners[("scheme", s.key)] for s in found.values() for code in s.codes}
    for added in (s for s in schemes if s.extends is not None):
        base, owner = found.get(str(added.extends)), owners[("scheme", added.key)]
        if base is None or not base.extensible:
            raise DeclarationError(
                f"{owner}: scheme {added.key} extends {added.extends!r}, which takes no more terms; extend another"
            )
        for code in added.codes:
            first = terms.setdefault((base.key, code), owner)
            if code in base.codes:
                raise ClashError(f"term {code} of scheme {base.key} is declared by {first} and by {owner}; rename one")
        cites = tuple(sorted({*base.cites, *added.cites}))
        found[base.key] = replace(base, terms=(*base.terms, *added.terms), cites=cites)
    return MappingProxyType(found)


def _versioned(module: ModuleType) -> str:
    return f"{module.__name__} {getattr(module, '__version__', '')}".strip()


def _check_parents(registry: Registry) -> None:
    for name, record in registry.records.items():
        owner = registry.owner("record", name)
        if record.parent is None:
            continue
        if record.parent not in registry.records:
            raise DeclarationError(
                f"{owner}: record {name} has parent {record.parent!r}, which isn't declared; name a record that is"
            )
        if registry.records[record.parent].owner is not record.owner:
            raise DeclarationError(
                f"{owner}: record {name} and its parent {record.parent} belong to different owners; give them the same"
            )


def _check_histories(registry: Registry) -> None:
    for name, record in registry.records.items():
        if record.history is None:
            continue
        where = f"{registry.owner('record', name)}: record {name} keeps its changes in {record.history!r}"
        kept = registry.records.get(record.history)
        if kept is None or {record.parent, kept.parent} != {CUSTOMER} or kept.writable:
            raise DeclarationError(f"{where}; both must stand under Customer, and callers must not write the latter")
        if missing := sorted({"kind", "before", "after", "occurredAt"} - kept.by_name.keys()):
            raise DeclarationError(f"{where}, which has no {', '.join(missing)}")
        codes = registry.schemes[str(kept.by_name["kind"].scheme)].codes
        if missing := sorted(code for f in record.fields if f.sealed and (code := record.change_code(f)) not in codes):
            raise DeclarationError(f"{where}, whose kind has no {', '.join(missing)}")


def _check_names(registry: Registry) -> None:
    """One name, one declaration, whoever makes it: types, roots, mutations, fields, accessors, tables, columns."""
    given = (name for record in registry.records.values() for name in given_names(record))
    taken: dict[Name, tuple[str, str]] = dict.fromkeys((*core_names(), *given), ("kehu", "Kehu itself"))

    def claim(name: Name, owner: str, what: str) -> None:
        if name in taken:
            first, its = taken[name]
            raise ClashError(
                f"{name.where} {name.name!r} is taken by {first} ({its}) and by {owner} ({what}); rename one"
            )
        taken[name] = (owner, what)

    for record in registry.records.values():
        for name in record_names(record):
            claim(name, registry.owner("record", record.name), f"record {record.name}")
    for record in registry.records.values():
        if record.parent is not None:
            accessor = Name(record.parent, str(record.accessor))
            claim(accessor, registry.owner("record", record.name), f"accessor of {record.name}")
    for scheme in registry.schemes.values():
        for name in scheme_names(scheme):
            claim(name, registry.owner("scheme", scheme.key), f"scheme {scheme.key}")
    for form in registry.forms.values():
        for name in form_names(form):
            claim(name, registry.owner("form", form.key), f"form {form.key}")


@enforces("S3.R08", "S6.R12")
def _check_fields(registry: Registry) -> None:
    for name, record in registry.records.items():
        owner = registry.owner("record", name)
        needed = {f"{record.area}:read"} | ({f"{record.area}:write"} if record.writable else set())
        for f in record.fields:
            where = f"{owner}: {name}.{f.name}"
            if f.searchable and name != CUSTOMER:
                raise DeclarationError(f"{where}: name search finds customers by fields of their own; don't mark it")
            if not f.policy.categories:
                raise UnenforcedError(f"{where} is classified in no category system; give its policy categories")
            _check_named(registry, f, where)
            needed |= _scopes_of(f)
        if missing := sorted(needed - set(registry.scopes)):
            raise UnenforcedError(
                f"{owner}: {name} needs scopes that nobody declared: {', '.join(missing)}; return them from kehu_scopes"
            )


def _check_classified(registry: Registry) -> None:
    """Where a scheme classifies by a category system, its plugin's customer fields each have a category of that."""
    for scheme in registry.schemes.values():
        if scheme.classifies is None:
            continue
        owner = registry.owner("scheme", scheme.key)
        for name, record in registry.records.items():
            if record.owner is not Owner.CUSTOMER or registry.owner("record", name) != owner:
                continue
            for f in record.fields:
                if scheme.classifies not in {category.system for category in f.policy.categories}:
                    raise UnenforcedError(
                        f"{owner}: {name}.{f.name} has no category of {scheme.classifies}, by which scheme "
                        f"{scheme.key} classifies every field; give its policy one"
                    )


def _check_named(registry: Registry, f: Field, where: str) -> None:
    """What a field names is there."""
    if f.policy.retention not in registry.retention:
        known = ", ".join(sorted(registry.retention))
        raise DeclarationError(f"{where}: retention class {f.policy.retention!r} isn't declared; there are {known}")
    if unknown := sorted(set(f.policy.purposes) - set(registry.purposes)):
        raise DeclarationError(f"{where}: purposes not declared: {', '.join(unknown)}; return them from kehu_purposes")
    if (f.type.name in ("Code", "AgeBand") or f.scheme is not None) and f.scheme not in registry.schemes:
        raise DeclarationError(f"{where}: scheme {f.scheme!r} isn't declared; return it from kehu_schemes")
    if (f.refers_to is not None) != (f.type.storage is Storage.REFERENCE):
        raise DeclarationError(f"{where}: refers_to and the type Reference go together; give both or neither")
    if f.refers_to is not None:
        target = registry.records.get(f.refers_to)
        if target is None:
            raise DeclarationError(f"{where}: refers to {f.refers_to!r}, which isn't declared; name a record that is")
        if target.owner is not Owner.ENTITY and f.refers_to != CUSTOMER:
            raise DeclarationError(f"{where}: refers to {f.refers_to}, a customer's; use parent and accessor instead")
        if f.refers_to == CUSTOMER and (f.filterable or f.orderable):
            raise DeclarationError(f"{where}: names a customer who may be hidden; it can't be filtered or sorted")
    if f.orderable and not f.required:
        raise DeclarationError(f"{where}: orderable, so every row needs a value; make it required")


def _check_purposes(registry: Registry) -> None:
    for purpose in registry.purposes.values():
        wider = None if purpose.within is None else registry.purposes.get(purpose.within)
        if purpose.within is not None and (wider is None or wider.within is not None):
            owner = registry.owner("purpose", purpose.code)
            widest = ", ".join(sorted(p.code for p in registry.purposes.values() if p.within is None))
            raise DeclarationError(
                f"{owner}: purpose {purpose.code} lies within {purpose.within!r}; choose of {widest}"
            )


def _check_roles(registry: Registry) -> None:
    for role in registry.roles.values():
        known = {*registry.scopes, *(f"purpose:{code}" for code in registry.purposes)}
        if missing := sorted({*role.scopes, *(f"purpose:{code}" for code in role.purposes)} - known):
            owner = registry.owner("role", role.key)
            raise DeclarationError(f"{owner}: role {role.key} carries what nobody declared: {', '.join(missing)}")


def _check_matches(registry: Registry) -> None:
    for rule in registry.match_rules.values():
        where = f"{registry.owner('match rule', rule.key)}: match rule {rule.key}"
        for at in rule.fields:
            name, _, field_name = at.partition(".")
            record = registry.records.get(name)
            f = record.by_name.get(field_name) if record is not None else None
            if record is None or f is None or record.owner is not Owner.CUSTOMER or not f.policy.lookup:
                raise DeclarationError(f"{where} compares {at!r}; name fields of customers that have exact look-up")


def _scopes_of(f: Field) -> set[str]:
    scopes = {str(f.policy.read_scope)}
    if f.policy.mask is not None:
        scopes.add(str(f.policy.reveal_scope))
    if f.policy.lookup:
        scopes.add(str(f.policy.lookup_scope))
    return scopes


def _check_citations(registry: Registry) -> None:
    """Every declaration says which rule it carries out."""
    uncited = [("record", name, "") for name, record in registry.records.items() if not record.cites]
    uncited += [("record", r.name, f".{f.name}") for r in registry.records.values() for f in r.fields if not f.cites]
    uncited += [("grading", f"{g.key}@{g.version}", "") for g in registry.gradings if not g.cites]
    for kind, keyed in (
        ("scheme", registry.schemes), ("form", registry.forms), ("purpose", registry.purposes),
        ("role", registry.roles), ("measure", registry.measures), ("match rule", registry.match_rules),
        ("retention class", registry.retention),
    ):  # fmt: skip
        uncited += [(kind, key, "") for key, declaration in keyed.items() if not declaration.cites]
    for kind, key, part in uncited:
        raise DeclarationError(f"{registry.owner(kind, key)}: {kind} {key}{part} cites no rule; give it cites=(…)")


def _check_gradings(registry: Registry) -> None:
    owners: dict[str, str] = {}
    for grading in registry.gradings:
        owner = registry.owner("grading", f"{grading.key}@{grading.version}")
        first = owners.setdefault(grading.key, owner)
        if first != owner:
            raise ClashError(f"grading {grading.key!r} has versions by {first} and by {owner}; rename one")
        _named(owner, partial(check_grading, grading, registry.records))


def _check_forms(registry: Registry) -> None:
    for form in registry.forms.values():
        _named(registry.owner("form", form.key), partial(bind, form, registry.records, registry.schemes))
    for demo in registry.demos:
        if demo.form not in registry.forms:
            owner = registry.owner("demo", demo.form)
            raise DeclarationError(f"{owner}: demo for form {demo.form!r}, which isn't declared; name a form that is")
