/** A part of a whole in percent, where 100% is all and 0% none of it: `97.5%`; of nothing `–`. */
export function percent(part: number, whole: number): string {
  const rounded = Math.round(1000 * part / whole) / 10;
  if (Number.isNaN(rounded)) return "–";
  if (part === 0 || part === whole) return `${rounded}%`;
  return `${Math.max(.1, Math.min(99.9, rounded))}%`;
}

/** How many answers are right, for titles and texts: `97 of 100 right: 97%`. */
export function score(right: number, count: number): string {
  return `${right} of ${count} right: ${percent(right, count)}`;
}
