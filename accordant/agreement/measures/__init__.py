"""What can be said of packages beside the lenses: extremes, ranges, opposition, trades, offers, division.

Each measure is one module with one question; all take the arrays of :mod:`accordant.agreement.bargain`
and answer exactly, with every tie.
"""
