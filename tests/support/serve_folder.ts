import { extname, join } from "node:path";

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** A folder's files at an address of this machine, until disposed. */
export interface FolderServer extends AsyncDisposable {
  /** The address of the folder, with a slash at the end. */
  readonly url: string;
}

/** Serves the files of a folder, as a static host would. */
export function serveFolder(folder: string): FolderServer {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const path = decodeURIComponent(new URL(request.url).pathname).replace(/\/$/, "/index.html");
      const body = await Deno.readFile(join(folder, path)).catch(() => null);
      if (body === null) return new Response("not found", { status: 404 });
      const type = types[extname(path)] ?? "application/octet-stream";
      return new Response(body, { headers: { "content-type": type } });
    },
  );
  const { port } = server.addr;
  return {
    url: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
