"""The small pieces that every object of a case is made of."""

from __future__ import annotations

from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dict that refuses to change, so that a frozen object is frozen all the way down."""

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("this mapping belongs to a frozen object; copy it on change")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse  # type: ignore[assignment]
    __ior__ = _refuse  # type: ignore[assignment,misc]

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))

    def __deepcopy__(self, _memo: object) -> FrozenDict[K, V]:
        return self

    def __copy__(self) -> FrozenDict[K, V]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenDict, (dict(self),))


Frozen = AfterValidator(FrozenDict)


class Node(BaseModel):
    """A frozen part of a case; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


def _flag(value: object) -> object:
    # Scalars arrive as the text that was written; only true and false are flags (YAML 1.2).
    if isinstance(value, str):
        lowered = value.strip().lower()
        if lowered in ("true", "false"):
            return lowered == "true"
        raise ValueError("must be true or false")
    return value


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_one_or_many, json_schema_input_type=str | list[str])]
"""A list of names; a single name may be written without brackets."""


class Assumption(Node):
    """A stated ground with no claim behind it.

    ``assumed: some words`` in the file; ``assumed: {id: a1, says: some words}`` where several
    parts of the case stand on the same assumption. Without an id, the id is made from the place
    (see :func:`accordant.case.grounds.elements`).
    """

    says: str
    id: str | None = None


def _assumption(value: object) -> object:
    return {"says": value} if isinstance(value, str) else value


Assumed = Annotated[Assumption, BeforeValidator(_assumption, json_schema_input_type=str | Assumption)]


class Grounded(Node):
    """Something that an answer can depend on, with what it stands on."""

    because: Names = Field(default=(), description="ids of the claims it stands on")
    assumed: Assumed | None = Field(default=None, description="a stated assumption it stands on")
    unsure: Flag = Field(default=False, description="may or may not hold: checked both ways")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")
