"""How Sphinx makes the site of this folder: docs/this-site.md names the command."""

from trialparse import __version__

project = "trialparse"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = "trialparse"
html_extra_path = ["schema.json"]
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False
# the anchors that forges give to headings, so that links hold in both places
myst_heading_anchors = 4
autodoc_class_signature = "separated"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_type_aliases = {"Requirement": "trialparse.Requirement"}
autodoc_default_options = {"exclude-members": "__init__, __new__"}
default_role = "code"  # what stands in backticks in a docstring
python_display_short_literal_types = True
python_maximum_signature_line_length = 100


def setup(app):
    """What stands below an attribute is prose: Napoleon takes what is before its first colon for a type."""

    def as_written(_app, _what, _name, _obj, _options, lines):
        text = "\n".join(lines).strip()
        said, _, kind = text.partition("\n\n:type: ")
        if kind:
            lines[:] = f"{kind}: {said}".split("\n")
        elif text.startswith("Alias for field number"):
            lines.clear()

    app.connect("autodoc-process-docstring", as_written, priority=600)
