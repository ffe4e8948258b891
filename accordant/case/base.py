"""The small pieces that every object of a case is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dict that refuses to change, so that a frozen object is frozen all the way down."""

    def _refuse(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise TypeError("this mapping belongs to a frozen object; copy it on change")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        # Equal mappings must hash alike, in whatever order they were written.
        return hash(frozenset(self.items()))

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

    def derived(self) -> frozenset[str]:
        """The fields that follow from others here, so that no file needs to hold them."""
        return frozenset()


# A union is read by the shape of what was written, so that a mistake inside one form is reported
# for that form alone. The marks begin with MARK, which tells them from keys in an error's path.
MARK = "~"


def marked(form: str) -> Tag:
    """The mark of one form in a union read by shape."""
    return Tag(MARK + form)


def by_shape(*, mapping: str = "", sequence: str = "", scalar: str = "") -> Discriminator:
    """Choose the form of a union by what was written: a mapping, a list, or text.

    A shape without a form of its own falls to the scalar's, or else to the first form given, where
    it is then reported as a mistake.
    """
    fallback = scalar or sequence or mapping

    def choose(value: object) -> str:
        if isinstance(value, Mapping | BaseModel):
            return MARK + (mapping or fallback)
        if isinstance(value, list | tuple):
            return MARK + (sequence or fallback)
        return MARK + fallback

    return Discriminator(choose)


Pattern = Annotated[dict[str, str], Frozen]
"""Values for some issues; the issues that it does not name are free."""
StateRef = Annotated[
    Annotated[str, marked("name")] | Annotated[Pattern, marked("pattern")],
    by_shape(mapping="pattern", scalar="name"),
]
"""A state by name, or a pattern."""


def short_for(key: str) -> Callable[[object], object]:
    """Widen a shorthand: text alone stands for a mapping with this one key."""

    def widen(value: object) -> object:
        return {key: value} if isinstance(value, str) else value

    return widen


def _flag(value: object) -> object:
    # Scalars arrive as the text that was written; only true and false are flags (YAML 1.2).
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    raise ValueError("must be true or false")


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]


def _version(value: object) -> object:
    return 1 if value == "1" else value


Version = Annotated[Literal[1], BeforeValidator(_version, json_schema_input_type=Literal[1])]


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

    id: str | None = Field(
        default=None, description="a name, where several parts of the case stand on the same assumption"
    )
    says: str = Field(description="the assumption in words")


Assumed = Annotated[Assumption, BeforeValidator(short_for("says"), json_schema_input_type=str | Assumption)]


class Grounded(Node):
    """Something that an answer can depend on, with what it stands on."""

    because: Names = Field(default=(), description="ids of the claims that it stands on")
    assumed: Assumed | None = Field(default=None, description="a stated assumption that it stands on")
    unsure: Flag = Field(default=False, description="may or may not hold: everything is checked both ways")
    note: str | None = Field(default=None, description="a remark for readers; nothing depends on it")
