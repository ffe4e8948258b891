"""How Sphinx sets the site. Nothing in here names a host: the site opens from a folder, without a network."""

from accordant.version import __version__

project = "Accordant"
author = copyright = "The Accordant maintainers"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
language = "en"

# The same anchors as a page has where it is read on its own.
myst_heading_anchors = 4
myst_links_external_new_tab = False
# Answers are abridged with … in the pages, which no JSON may hold; they are shown plain then.
suppress_warnings = ["misc.highlighting_failure"]
# --into stays --into, and quotation marks stay as they were written.
smartquotes = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"Accordant {__version__}"
pygments_style = "tango"
html_static_path = ["style"]
html_extra_path = ["whole"]  # briefs as they are sent
exclude_patterns = ["files/**", "whole/**"]  # handed out, not set
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_use_index = True
# A summary would be fetched page by page, which browsers refuse for pages opened from a folder.
html_show_search_summary = False
# The same pages give the same bytes: no date of building stands in them.
html_last_updated_fmt = None
