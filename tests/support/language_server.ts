import { pathToFileURL } from "node:url";

/** What an editor would underline in a document. */
export interface Diagnostic {
  readonly message: string;
  /** 1 for an error. */
  readonly severity: number;
}

interface Message {
  id?: number;
  method?: string;
  params?: { items?: unknown[] };
  result?: unknown;
  error?: { message: string };
}

/** Deno's language server on a folder, asked as an editor asks it; dispose it when done. */
export class LanguageServer implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #reading: Promise<void>;
  #count = 0;

  private constructor(process: Deno.ChildProcess) {
    this.#process = process;
    this.#input = process.stdin.getWriter();
    this.#reading = this.#read();
  }

  /** Starts the server, with Deno's support switched on as by the setting `deno.enable`. */
  static async start(folder: string): Promise<LanguageServer> {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["lsp"],
      cwd: folder,
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    });
    const server = new LanguageServer(command.spawn());
    const uri = pathToFileURL(folder).href;
    await server.#request("initialize", {
      processId: null,
      rootUri: uri,
      workspaceFolders: [{ uri, name: "project" }],
      initializationOptions: { enable: true },
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        notebookDocument: { synchronization: {} },
        textDocument: { diagnostic: {} },
      },
    });
    await server.#send({ method: "initialized", params: {} });
    return server;
  }

  /** What is wrong with each of the cells of code of a notebook, in their order. */
  async checkNotebook(path: string, cells: readonly string[]): Promise<Diagnostic[][]> {
    const uri = pathToFileURL(path).href;
    const uris = cells.map((_, i) => `${uri.replace(/^file/, "vscode-notebook-cell")}#${i}`);
    await this.#send({
      method: "notebookDocument/didOpen",
      params: {
        notebookDocument: {
          uri,
          notebookType: "jupyter-notebook",
          version: 1,
          cells: uris.map((document) => ({ kind: 2, document })),
        },
        cellTextDocuments: cells.map((text, i) => ({
          uri: uris[i],
          languageId: "typescript",
          version: 1,
          text,
        })),
      },
    });
    const reports = await Promise.all(
      uris.map((uri) =>
        this.#request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } })
      ),
    );
    return reports.map(({ items }) => items);
  }

  /** Ends the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#request("shutdown");
    await this.#send({ method: "exit" });
    await this.#input.close();
    await this.#reading;
    await this.#process.status;
  }

  async #send(message: object): Promise<void> {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    const { length } = new TextEncoder().encode(body);
    await this.#input.write(
      new TextEncoder().encode(`Content-Length: ${length}\r\n\r\n${body}`),
    );
  }

  async #request<T>(method: string, params?: unknown): Promise<T> {
    const id = ++this.#count;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    await this.#send({ id, method, params });
    return await answer.promise as T;
  }

  async #read(): Promise<void> {
    let bytes = new Uint8Array();
    for await (const chunk of this.#process.stdout) {
      bytes = Uint8Array.from([...bytes, ...chunk]);
      for (;;) {
        const head = new TextDecoder().decode(bytes.subarray(0, 100)).match(
          /^Content-Length: (\d+)\r\n\r\n/,
        );
        if (head === null) break;
        const [start, end] = [head[0].length, head[0].length + Number(head[1])];
        if (bytes.length < end) break;
        this.#take(JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))));
        bytes = bytes.slice(end);
      }
    }
  }

  #take({ id, method, params, result, error }: Message): void {
    if (id === undefined) return;
    if (method === undefined) {
      const answer = this.#waiting.get(id)!;
      if (error === undefined) answer.resolve(result);
      else answer.reject(new Error(error.message));
      return;
    }
    // The server asks for settings, one for each folder, and to be told of changes.
    const settings = params?.items?.map(() => ({ enable: true })) ?? null;
    this.#send({ id, result: settings });
  }
}
