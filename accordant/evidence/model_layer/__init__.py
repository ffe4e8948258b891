"""A language model beside the rules, off unless a person turns it on.

One paragraph with its neighbours goes out, words that stand in it come back, and each of them is
looked up in that paragraph before anything is shown. What the report says to the model, and what the
model or its server says to the program, is text that somebody else wrote: it is checked, cut to size
and counted, never obeyed.

==============  ==================================================================
``address``     where the model is, and how that is shown without secrets
``client``      the one place in the package that opens a connection
``deadline``    work that ends by a time, whatever the other side does
``parsing``     text of an answer as JSON, strictly
``outgoing``    what is sent: paragraphs and their neighbours, and what is asked
``answers``     what comes back: strings and closed lists, or why not
``grounding``   every string at its place in the paragraph, or why not
``merging``     with the rules' suggestions, the same attribution once
``asking``      one report, paragraph by paragraph
``use``         what came of it, as results tell it
==============  ==================================================================
"""
