"""Sphinx's settings for the book; build.ts prepares the pages and calls Sphinx."""

import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

project = "chainrule"
html_title = "chainrule"
copyright = "the contributors of chainrule, MIT licence"
language = "en"
extensions = ["myst_nb", "sphinxcontrib.katex", "book_search"]
exclude_patterns = ["files"]

# The notebooks are shown as they are stored.
nb_execution_mode = "off"
nb_merge_streams = True
# Of cells that are tagged "hide-input": how to draw, and what every notebook begins with.
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["static"]
html_extra_path = [os.environ["CHAINRULE_SITE"]]
html_favicon = "static/favicon.svg"
html_css_files = ["book.css", "live.css"]
html_js_files = [
    # build.ts puts it there, from the library.
    ("narrow.js", {"defer": "defer"}),
    ("charts.js", {"defer": "defer"}),
    ("reach.js", {"defer": "defer"}),
    # build.ts tells where it has put what a live page needs.
    ("live.js", {"defer": "defer", "data-live": os.environ["BOOK_LIVE"]}),
]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
# The same colours in both themes, as the charts have them; links keep a contrast of 4.5 to 1.
pygments_style = "github-light"
pygments_dark_style = "github-dark"
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#1f62b0",
        "color-brand-content": "#1f62b0",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7db4f2",
        "color-brand-content": "#7db4f2",
    },
}

# sphinxcontrib-katex brings KaTeX itself; build.ts adds its style sheet and fonts.
katex_css_path = "katex/katex.min.css"
# A formula with a mistake stays text and says so on the console, where the tests see it.
katex_options = "throwOnError: true"
