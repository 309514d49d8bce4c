import { draw, type Value } from "../../engine/mod.ts";
import { escape, imageElement, type MimeBundle, orText } from "../../engine/show/mod.ts";
import type { Diagnosis } from "./diagnose.ts";

/** The largest number of values in the picture of a place. */
const limit = 7;

/** A diagnosis as a list, each finding with a picture of the first value that it is about. */
export async function renderDiagnosis(diagnosis: Diagnosis): Promise<MimeBundle> {
  const { findings, checked } = diagnosis;
  const text = diagnosis.toString();
  if (findings.length === 0) {
    return { "text/html": `<p><b>All is well.</b> ${escape(checked)}</p>`, "text/plain": text };
  }
  return await orText(text, async () => {
    const items = await Promise.all(findings.map(async (finding) => {
      const picture = finding.nodes.length === 0 ? "" : await pictureOf(finding.nodes[0]);
      return `<li>${escape(finding.text)}${picture}</li>`;
    }));
    return { "text/html": [`<ul>`, ...items, `</ul>`].join("\n") };
  });
}

async function pictureOf(node: Value): Promise<string> {
  const svg = await draw(node, { limit }).svg();
  const image = imageElement(svg, "where it is");
  // In a narrow window the picture is scrolled, and not the sentences with it.
  return `<figure style="margin:0;overflow-x:auto">${image}</figure>`;
}
