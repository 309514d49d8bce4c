/** Texts that have much in common, with what is equal stored once. */
export interface Packed {
  /** Of each text, which frame it is. */
  readonly at: readonly number[];
  /** Of each frame its template, then the pieces for the template's gaps. */
  readonly frames: readonly (readonly number[])[];
  /** Pieces, and −1 where each frame has one of its own. */
  readonly templates: readonly (readonly number[])[];
  /** Parts of texts, each from one `<` to the next. */
  readonly pieces: readonly string[];
}

/**
 * Stores what is equal in texts of HTML once: equal texts, equal pieces, and in
 * texts of as many pieces those that are the same in all.
 */
export function pack(texts: readonly string[]): Packed {
  const places = new Map([...new Set(texts)].map((text, i) => [text, i]));
  const pieces = new Map<string, number>();
  const placeOf = (piece: string) => {
    const place = pieces.get(piece) ?? pieces.size;
    pieces.set(piece, place);
    return place;
  };
  const split = [...places.keys()].map((text) => text.split(/(?=<)/).map(placeOf));
  const lengths = new Set(split.map(({ length }) => length));
  const groups = [...lengths].map((n) => split.filter(({ length }) => length === n));
  const templates = groups.map(([first, ...others]) =>
    first.map((piece, i) => others.every((other) => other[i] === piece) ? piece : -1)
  );
  const templateOf = new Map(groups.flatMap((group, t) => group.map((frame) => [frame, t])));
  const frames = split.map((frame) => {
    const t = templateOf.get(frame)!;
    return [t, ...frame.filter((_, i) => templates[t][i] < 0)];
  });
  return {
    at: texts.map((text) => places.get(text)!),
    frames,
    templates,
    pieces: [...pieces.keys()],
  };
}
