"""Turns an executed notebook into one HTML file that fetches nothing from the network."""

import html
import json
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

HERE = Path(__file__).resolve().parent
DELIMITERS = [("$$", "$$", True), ("\\[", "\\]", True), ("\\(", "\\)", False), ("$", "$", False)]


class FormulaError(Exception):
    """A formula that cannot be drawn."""


def mathml(latex, block):
    """A formula as MathML, which browsers draw without a library."""
    # Of the forms with aligned columns the converter knows one; its star leaves out the numbers,
    # which Jupyter does not show either.
    known = re.sub(r"\\(begin|end)\{(?:align|aligned|split)\}", r"\\\1{align*}", latex)
    markup = convert(known, display="block" if block else "inline")
    unknown = re.search(r"<mi>(\\\w*|&)</mi>", markup)
    if unknown:
        raise FormulaError(f"{unknown[1]} is not known in the formula {latex.strip()}")
    return f'<span class="formula">{markup}</span>' if block else markup


def output_mathml(latex):
    """The content of a text/latex output as MathML."""
    latex = latex.strip()
    for opening, closing, block in DELIMITERS:
        if latex.startswith(opening) and latex.endswith(closing):
            return mathml(latex[len(opening) : -len(closing)], block)
    return mathml(latex, True)


def live_spec(data):
    """The specification of a chart that the reader can move, ready to stand in a script element.

    Other charts are well served by their picture, so only these make the page carry Vega.
    """
    spec = next((data[key] for key in data if key.startswith("application/vnd.vegalite")), {})
    if not any("bind" in param for param in spec.get("params", [])):
        return ""
    return json.dumps(spec, ensure_ascii=False).replace("<", "\\u003c")


class Renderer(IPythonRenderer):
    """Markdown to HTML; formulas become MathML, links are followed from where the page lies."""

    def __init__(self, page_folder, **options):
        super().__init__(**options)
        self.page_folder = page_folder

    def block_math(self, body):
        return mathml(body, True)

    def inline_math(self, body):
        return mathml(body, False)

    def latex_environment(self, name, body):
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", True)

    def link(self, text, url, title=None):
        parts = urlsplit(url)
        if not parts.scheme and not parts.netloc and parts.path:
            if parts.path.endswith(".ipynb") and "/" not in parts.path:
                path = parts.path.removesuffix(".ipynb") + ".html"
            else:
                path = Path(os.path.relpath(os.path.join(self.path, parts.path), self.page_folder))
                path = path.as_posix()
            url = parts._replace(path=path).geturl()
        return super().link(text, url, title)


class PageExporter(HTMLExporter):
    """nbconvert's page, with formulas drawn beforehand and nothing fetched."""

    def __init__(self, page_folder):
        super().__init__(
            template_name="template",
            extra_template_basedirs=[str(HERE)],
            embed_images=True,
            exclude_anchor_links=True,
            exclude_input_prompt=True,
            exclude_output_prompt=True,
        )
        self.page_folder = page_folder
        self.register_filter("mathml", output_mathml)
        self.register_filter("live_spec", live_spec)

    @pass_context
    def markdown2html(self, context, source):
        renderer = Renderer(
            self.page_folder,
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            embed_images=True,
            exclude_anchor_links=True,
            path=context["resources"]["metadata"]["path"],
        )
        return MarkdownWithMath(renderer=renderer).render(source)


def title_of(notebook, default):
    """The text of the first heading."""
    for cell in notebook.cells:
        found = re.search(r"^# +(.+)$", cell.source, re.M) if cell.cell_type == "markdown" else None
        if found:
            return re.sub(r"[`*_]", "", found[1]).strip()
    return default


def write_page(notebook, source, page, vega=()):
    """Writes the page of an executed notebook that came from the file `source`.

    `vega` are the files of Vega and Vega-Lite, for pages with a chart that can be moved.
    """
    page.parent.mkdir(parents=True, exist_ok=True)
    resources = {
        "metadata": {
            "name": title_of(notebook, source.stem),
            "path": str(source.parent),
        }
    }
    body, _ = PageExporter(page.parent.resolve()).from_notebook_node(notebook, resources)
    if 'class="live-chart"' in body:
        scripts = [*vega, HERE / "template" / "live_charts.js"]
        texts = [path.read_text(encoding="utf-8").replace("</script", "<\\/script") for path in scripts]
        elements = "\n".join(f"<script>{text}</script>" for text in texts)
        head, end, tail = body.rpartition("</body>")
        body = f"{head}{elements}\n{end}{tail}"
    page.write_text(body, encoding="utf-8")


def write_index(folder):
    """Writes index.html, which links all pages of a folder."""
    items = []
    for page in sorted(folder.glob("*.html")):
        if page.name != "index.html":
            found = re.search(r"<title>(.*?)</title>", page.read_text(encoding="utf-8"), re.S)
            title = found[1].strip() if found else html.escape(page.stem)
            items.append(f'<li><a href="{html.escape(page.name)}">{title}</a></li>')
    template = (HERE / "template" / "index.html").read_text(encoding="utf-8")
    (folder / "index.html").write_text(template.replace("{items}", "\n".join(items)), encoding="utf-8")
