"""Models with verdicts that other programs can be checked against, and the check.

A folder of models in a plain JSON form, small and large, published, degenerate and random, with what
is stable for whom under every concept; and the comparison of another program's verdicts with ours.
"""
