"""The documentation site: the pages in ``docs/``, and what is generated beside them, as HTML.

``python -m handbook`` (``make site``) builds ``out/site``. The pages themselves stay where they are and read
as well on their own; the site adds a list of everything to the side, a search, the reference of commands, of
the case format and of the library, made from the program itself, and the shipped cases with their figures.
Nothing on it is loaded from elsewhere.
"""
