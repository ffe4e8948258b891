"""Random problems: few packages, many ties, rules, conditions, red lines and voices."""

from hypothesis import strategies as st

from accordant.agreement.additive import Additive, make_additive


@st.composite
def problems(draw: st.DrawFn, most_parties: int = 4, voices: bool = True) -> Additive:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    k = draw(st.integers(1, most_parties))
    v = draw(st.integers(0, 2)) if voices else 0
    large = draw(st.sampled_from([2, 3, 9, 10**9]))
    number = st.integers(-large, large)
    tables = [[draw(st.lists(number, min_size=n, max_size=n)) for _ in range(k + v)] for n in sizes]
    test = st.builds(
        lambda issue, op, value: f"i{issue + 1} {op} {value % sizes[issue]}",
        st.integers(0, len(sizes) - 1),
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.integers(0, 3),
    )
    expression = st.recursive(
        test,
        lambda inner: st.one_of(
            inner.map(lambda a: f"not ({a})"),
            st.tuples(inner, st.sampled_from(["and", "or", "->", "<->"]), inner).map(
                lambda p: f"({p[0]}) {p[1]} ({p[2]})"
            ),
        ),
        max_leaves=4,
    )
    rules = draw(st.lists(expression, max_size=2))
    additions = draw(
        st.lists(st.tuples(expression, st.lists(number, min_size=k + v, max_size=k + v)), max_size=2)
    )
    least = st.integers(-2 * large, large)
    return make_additive(
        tables,
        draw(st.lists(least, min_size=k, max_size=k)),
        rules=rules,
        additions=additions,
        thresholds=draw(st.lists(least, min_size=v, max_size=v)),
    )
