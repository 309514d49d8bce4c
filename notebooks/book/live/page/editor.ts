/// <reference lib="dom" />
/**
 * The editor of a cell.
 *
 * @module
 */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { typescriptLanguage } from "@codemirror/lang-javascript";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { PageCell } from "./page.ts";

/** An open editor. */
export interface Editor {
  focus(): void;
  close(): void;
}

// The classes of Pygments, whose colours the pages have for light and dark.
const colors = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self, tags.controlKeyword],
    class: "k",
  },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: "s2" },
  { tag: [tags.number, tags.bool, tags.null], class: "mf" },
  { tag: tags.comment, class: "c1" },
  { tag: [tags.typeName, tags.className], class: "kt" },
  { tag: [tags.variableName, tags.propertyName], class: "nx" },
  { tag: tags.operator, class: "o" },
]);

const theme = EditorView.theme({
  "&": { background: "none", fontSize: "inherit" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": {
    fontFamily: "inherit",
    padding: "0.625rem 0.875rem",
    caretColor: "currentColor",
  },
  ".cm-line": { padding: "0" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflowX: "auto" },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid currentColor" },
});

/** Puts an editor in the place of a cell's code. */
export function openEditor(cell: PageCell, change: (text: string) => void): Editor {
  const host = document.createElement("div");
  host.className = "highlight live-editor";
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: cell.text,
      extensions: [
        ...[history(), drawSelection(), indentOnInput(), bracketMatching()],
        typescriptLanguage,
        syntaxHighlighting(colors),
        keymap.of([
          // It is the page's key for Run.
          ...[{ key: "Shift-Enter", run: () => true }, { key: "Mod-Enter", run: () => true }],
          ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
          ...[...historyKeymap, indentWithTab],
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) change(update.state.doc.toString());
        }),
        EditorView.contentAttributes.of({
          "aria-label": `Code of cell ${cell.number}; Escape, then Tab leaves it`,
          ...{ autocapitalize: "off", autocorrect: "off", spellcheck: "false" },
        }),
        theme,
      ],
    }),
  });
  cell.input.replaceChildren(host);
  return { focus: () => view.focus(), close: () => view.destroy() };
}
