"""What a person's own earlier decisions say of new suggestions: an order and a mark, never a removal.

Off unless a person names cases to learn from. Naive Bayes over a handful of things that a reader can
see (rule, cue, kind of source, act, depth, hedges, length), with whole counts and nothing random: the
same decisions always say the same.

============  ==========================================================
``features``  what is looked at in a suggestion
``examples``  the decisions of one or more cases, with what was decided on
``bayes``     counts, and what they say
``training``  enough decisions or not, and how far they agree with themselves
``marks``     what results tell
``marking``   marks on the suggestions of a report, and their order
============  ==========================================================
"""
