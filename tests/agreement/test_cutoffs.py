"""What is left out is said, and what is still said is true."""

import pytest
from hypothesis import given, settings

from accordant.agreement import analyse, joint, structures
from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from tests.agreement.random_cases import cases

WEAKER = {"yes": {"yes", "unknown"}, "no": {"no", "unknown"}, "unknown": {"unknown"}}


def check_weaker(case, limited):
    """Whatever is answered yes or no within limits is so without them, and a cut is always told."""
    whole, part = analyse(Compiler(case)), limited(case)
    assert part.exists in WEAKER[whole.exists]
    assert part.method.exact == (part.method.cut == "")
    same = part.exists == whole.exists
    for name, said in part.proposals.items():
        full = whole.proposals[name]
        assert said.agreement in WEAKER[full.agreement]
        assert said.efficient in WEAKER[full.efficient]
        same &= (said.agreement, said.efficient) == (full.agreement, full.efficient)
        assert said.counts in (None, full.counts)
        for party, accepts in said.acceptable.items():
            assert accepts.answer in WEAKER[full.acceptable[party].answer]
            assert accepts.counts in (None, full.acceptable[party].counts)
            same &= accepts.answer == full.acceptable[party].answer
    known = {a.state: a for a in whole.agreements}
    for a in part.agreements:
        assert a.efficient in WEAKER[known[a.state].efficient]
        assert known[a.state].certain or not a.certain
        same &= a.efficient == known[a.state].efficient
    assert same or not part.method.exact


@pytest.mark.parametrize(
    ("module", "name"), [(joint, "OWN"), (joint, "TOGETHER"), (joint, "CELLS"), (structures, "STRUCTURES")]
)
def test_answers_within_limits_are_true_without_them(module, name, monkeypatch):
    def limited(case):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, 1)
            return analyse(Compiler(case))

    @settings(max_examples=30)
    @given(cases())
    def check(case):
        check_weaker(case, limited)

    check()


def many_unsure(lines):
    """Two parties, each with many unsure lines that tell two agreements apart."""
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "status_quo": {"x": "no", "y": "no"},
            "preferences": {
                p: {
                    "priorities": [
                        "x or y",
                        *({"want": "x" if k % 2 else "y", "unsure": True} for k in range(lines)),
                    ]
                }
                for p in ("a", "b")
            },
            "proposals": {"p": {"package": {"x": "yes"}}},
        }
    )


def test_counts_are_exact_however_many_settings_there_are():
    said = analyse(Compiler(many_unsure(40))).proposals["p"]
    assert said.acceptable["a"].counts == (2**80, 2**80)
    assert (said.agreement, said.counts) == ("yes", (2**80, 2**80))
    assert said.efficient == "unknown"


def test_what_was_not_gone_through_is_told():
    result = analyse(Compiler(many_unsure(40)))
    assert not result.method.exact
    assert result.method.settings == 2**80
    assert "settings of the lines of one party were not gone through together" in result.method.cut
    assert (result.exists, result.one_serves) == ("yes", ("s2", "s3", "s4"))


def test_a_case_that_fits_only_while_its_unsure_rules_hold_is_answered_as_unknown(monkeypatch):
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
            "feasible": [{"rule": "x -> y", "unsure": True}],
            "status_quo": {"x": "no", "y": "no"},
            "preferences": {"a": {"priorities": ["y"]}, "b": {"priorities": []}},
            "proposals": {"p": {"package": {"y": "yes"}}},
        }
    )
    compiler, whole = Compiler(case), Compiler.space

    def narrow(self, off=frozenset()):
        if off:
            raise TooLargeError("too large")
        return whole(self, off)

    assert analyse(Compiler(case)).proposals["p"].agreement == "yes"
    monkeypatch.setattr(Compiler, "space", narrow)
    result = analyse(compiler)
    assert result.proposals["p"].agreement == "unknown"
    assert result.method.cut == "1 settings of rules, status quo and no deal were not gone through"
