"""Collect fields of a document as GraphQL says (spec §6.3.2): fragments, @skip, @include, merged selections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)
from graphql.execution.values import VariableValues, get_directive_values

Applies = Callable[[str], bool]
"""Whether a fragment on a type applies to the type at hand."""


class Selections:
    """Collects fields for one operation: its fragments and its values of directive variables."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], variables: VariableValues) -> None:
        self._fragments = fragments
        self._variables = variables

    def fields(self, sets: Iterable[SelectionSetNode], applies: Applies) -> dict[str, list[FieldNode]]:
        """Fields by response key, in the order in which they are met."""
        found: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for selection_set in sets:
            self._collect(selection_set, applies, found, visited)
        return found

    def _collect(
        self, selection_set: SelectionSetNode, applies: Applies, found: dict[str, list[FieldNode]], visited: set[str]
    ) -> None:
        for selection in selection_set.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                found.setdefault(key, []).append(selection)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                if condition is None or applies(condition.name.value):
                    self._collect(selection.selection_set, applies, found, visited)
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value not in visited:
                visited.add(selection.name.value)
                fragment = self._fragments[selection.name.value]
                if applies(fragment.type_condition.name.value):
                    self._collect(fragment.selection_set, applies, found, visited)

    def _included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables)
        return not include or bool(include["if"])


def directive_variables(nodes: Iterable[object]) -> frozenset[str]:
    """The variables on which @skip and @include of these nodes depend: part of a plan's key."""
    names = set()
    for node in nodes:
        for directive in getattr(node, "directives", None) or ():
            for argument in directive.arguments or ():
                if directive.name.value in ("skip", "include") and isinstance(argument.value, VariableNode):
                    names.add(argument.value.name.value)
    return frozenset(names)
