/** A cell's output, as a notebook file stores it. */
export interface Output {
  /** `stream`, `display_data`, `execute_result` or `error`. */
  output_type: string;
  /** Of a stream: `stdout` or `stderr`. */
  name?: string;
  /** Of a stream: what was printed. */
  text?: string | string[];
  /** Of a display or a result: its content by media type. */
  data?: Record<string, unknown>;
  /** Of an error. */
  ename?: string;
  /** Of an error. */
  evalue?: string;
}

/** A notebook, as its file stores it. */
export interface Notebook {
  /** The cells in order. */
  cells: {
    id?: string;
    cell_type: string;
    source: string | string[];
    outputs?: Output[];
    /**
     * `measured` where the outputs tell of time, which is never twice the same;
     * `source_cell` where the cell reproduces that one of the source. `trusted` is JupyterLab's.
     * The tag `hide-input` folds the code in the book, `source_hidden` elsewhere.
     */
    metadata?: {
      measured?: boolean;
      source_cell?: number;
      trusted?: boolean;
      tags?: string[];
      jupyter?: { source_hidden?: boolean };
    };
  }[];
}

/** How a code cell's fresh outputs differ from the committed ones. */
export interface Difference {
  /** The position of the cell, from 1. */
  cell: number;
  /** Its id, if it has one. */
  id?: string;
  /** `missing`: there is less than was committed. `changed`: it is something else, or more. */
  kind: "missing" | "changed";
  /** What differs, in words. */
  what: string;
}

/**
 * Compares the outputs of two runs of the same notebook, code cell by code cell.
 * A cell that was committed without outputs cannot lack any; of a cell that
 * measures time only the kinds of its outputs count.
 *
 * @param committed the notebook as the project has it.
 * @param fresh the same notebook, executed again.
 * @returns the differences, none for equal outputs.
 */
export function compareOutputs(committed: Notebook, fresh: Notebook): Difference[] {
  return committed.cells.flatMap((cell, i): Difference[] => {
    if (cell.cell_type !== "code") return [];
    const before = joinStreams(cell.outputs ?? []);
    const after = joinStreams(fresh.cells[i]?.outputs ?? []);
    const missing = before.flatMap((output, j) =>
      kinds(output).filter((kind) => j >= after.length || !kinds(after[j]).includes(kind)).map(
        (kind) => `output ${j + 1} has no ${kind}`,
      )
    );
    const position = { cell: i + 1, ...(cell.id === undefined ? {} : { id: cell.id }) };
    if (missing.length > 0) return missing.map((what) => ({ ...position, kind: "missing", what }));
    if (cell.metadata?.measured || content(before) === content(after)) return [];
    const what = before.length === 0 ? "outputs where none were committed" : "other content";
    return [{ ...position, kind: "changed", what }];
  });
}

/** What an output consists of: its media types, the stream's name, or an error. */
function kinds({ output_type, name, data }: Output): string[] {
  return data ? types(data) : [output_type === "stream" ? `${name}` : output_type];
}

/** The media types that a cell has sent: JupyterLab adds a PNG to each chart that it saves. */
function types(data: Record<string, unknown>): string[] {
  const all = Object.keys(data);
  const isChart = all.some((type) => type.startsWith("application/vnd.vega"));
  return isChart ? all.filter((type) => type !== "image/png") : all;
}

/** Where the text of a stream was cut is a matter of timing, so neighbours are joined. */
function joinStreams(outputs: readonly Output[]): Output[] {
  const joined: Output[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === "stream" && last?.name === output.name) {
      last!.text = plain(last!.text) + plain(output.text);
    } else {
      joined.push({ ...output });
    }
  }
  return joined;
}

/** Outputs as comparable text; leaves out what says nothing of the content, such as counters. */
function content(outputs: Output[]): string {
  return JSON.stringify(outputs.map(({ output_type, name, text, data, ename, evalue }) => ({
    output_type,
    name,
    text: plain(text),
    data: data && types(data).sort().map((type) => {
      const value = data[type];
      return [type, isLines(value) ? plain(value) : value];
    }),
    ename,
    evalue,
  })));
}

/** A text of a notebook's file, which stores long ones as a list of lines; of anything else "". */
export function plain(text: unknown): string {
  return Array.isArray(text) ? text.join("") : typeof text === "string" ? text : "";
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}
