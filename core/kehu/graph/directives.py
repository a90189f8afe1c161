"""Schema directives, always made from a policy: nobody writes one by hand."""

from __future__ import annotations

import strawberry
from strawberry.schema_directive import Location

from kehu.policy import Policy, RetentionClass

_FIELD = [Location.FIELD_DEFINITION]


@strawberry.schema_directive(
    locations=_FIELD, name="sensitive", description="数据级别、分类与脱敏 / Level, categories, mask"
)
class Sensitive:
    level: int
    categories: list[str]
    mask: str | None
    sealed: bool


@strawberry.schema_directive(locations=_FIELD, name="audit", description="留痕方式 / What evidence says of the field")
class Audited:
    each: str


@strawberry.schema_directive(
    locations=_FIELD, name="requiresScopes", description="授权范围,内层为且、外层为或 / Any of the inner lists suffices"
)
class RequiresScopes:
    scopes: list[list[str]]


@strawberry.schema_directive(locations=_FIELD, name="authenticated", description="需要令牌 / A token is needed")
class Authenticated:
    pass


@strawberry.schema_directive(
    locations=_FIELD, name="retain", description="保存期限 / Retention class and legal minimum"
)
class Retain:
    retention: str = strawberry.directive_field(name="class")
    minimumYears: int | None  # noqa: N815 - reason: the SDL's spelling


@strawberry.schema_directive(locations=_FIELD, name="cites", description="依据的条款 / Rules carried out")
class Cites:
    rules: list[str]


def directives_of(policy: Policy, retention: RetentionClass) -> list[object]:
    """The directives that say what a policy does, in the order in which SDL shows them."""
    scopes = [[str(policy.read_scope)]]
    if policy.mask is not None:
        scopes.append([str(policy.reveal_scope)])
    return [
        Sensitive(
            level=int(policy.level),
            categories=[category.value for category in policy.categories],
            mask=policy.mask,
            sealed=policy.sealed,
        ),
        Audited(each=policy.audit.name),
        RequiresScopes(scopes=scopes),
        Authenticated(),
        Retain(retention=retention.key, minimumYears=retention.minimum_years),
        Cites(rules=list(policy.cites)),
    ]


def area_directives(area: str) -> list[object]:
    """For what a record shows beside its declared fields: rows, their ids and versions."""
    return [RequiresScopes(scopes=[[f"{area}:read"]]), Authenticated()]
