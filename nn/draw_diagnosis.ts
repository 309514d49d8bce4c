import { draw, type MimeBundle } from "../engine/mod.ts";
import { escape } from "../engine/svg.ts";
import type { Diagnosis } from "./diagnose.ts";

/** The largest number of values in the picture of the place. */
const limit = 7;

/** A diagnosis as a list, with a picture of the value that is not finite. */
export async function renderDiagnosis(diagnosis: Diagnosis): Promise<MimeBundle> {
  const { findings, checked } = diagnosis;
  const text = diagnosis.toString();
  if (findings.length === 0) {
    return { "text/html": `<p><b>All is well.</b> ${escape(checked)}</p>`, "text/plain": text };
  }
  const items = findings.map((finding) => `<li>${escape(finding.text)}</li>`);
  const place = findings.find(({ kind }) => kind === "not finite")?.nodes[0];
  const picture = place === undefined || place.op === null ? [] : [
    `<img alt="where it happened" src="data:image/svg+xml;base64,${
      base64(await draw(place, { limit }).svg())
    }">`,
  ];
  return {
    "text/html": [`<ul>`, ...items, `</ul>`, ...picture].join("\n"),
    "text/plain": text,
  };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
